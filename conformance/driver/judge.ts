/** Compares what came with what must, should and may come. */

import { Buffer } from "node:buffer";
import { isCloseCode } from "../../clients/wire/frame/protocol.ts";
import type { Answer, Bytes, Case, Closed, Ending, Outcome, Refused, Verdict } from "../types.ts";
import { bytesOf } from "./bytes.ts";
import type { SeenAnswer, SeenRefusal, Transcript } from "./transcript.ts";

/** The codes with which the other side may answer the close of the suite, which has 1000. */
const FAREWELL_CODES: readonly number[] = [1000, 1005];

/** The verdict on what came of a case. */
export function judge({ judgement }: Case, transcript: Transcript): Verdict {
  const { should, must, lacks = [], may = [] } = judgement;
  const fits = (outcomes: readonly Outcome[]): boolean =>
    outcomes.some((outcome) => outcomeFits(outcome, transcript));
  if (transcript.notOpened !== undefined || transcript.violation !== undefined) return "failed";
  if (fits(should ?? must)) return "ok";
  if (fits(must)) return "non-strict";
  if (fits(lacks)) return "unimplemented";
  return may === "anything" || fits(may) ? "informational" : "failed";
}

/**
 * Whether what came of a case of integrity is a message that must not come, or a frame that must not; pongs aside. What is
 * wrong with a close frame says nothing of messages.
 */
export function breaksIntegrity(one: Case, transcript: Transcript): boolean {
  const { notOpened, violation, isNotBegun, close, hasGoneOn } = transcript;
  if (one.integrity === undefined || notOpened !== undefined || isNotBegun) return false;
  const messages = transcript.answers.filter(({ kind }) => kind !== "pong");
  return violation !== undefined && (close === undefined || hasGoneOn === true) ||
    !outcomesOf(one).some(({ answers = [], ...outcome }) =>
      answersMayFit(
        { ...outcome, answers: answers.filter((answer) => !("pong" in answer)) },
        { ...transcript, answers: messages },
      )
    );
}

/** All outcomes that a case knows. */
export function outcomesOf({ judgement }: Case): readonly Outcome[] {
  const { should = [], must, lacks = [], may = [] } = judgement;
  return [...should, ...must, ...lacks, ...(may === "anything" ? [] : may)];
}

/** Whether exactly that came. */
function outcomeFits(outcome: Outcome, transcript: Transcript): boolean {
  const { answers = [], mayLack, atLeast = mayLack ? 1 : answers.length, ending } = outcome;
  const last = transcript.answers.at(-1);
  if (mayLack && (last === undefined || !isSame(last, answers.at(-1)!))) return false;
  return transcript.answers.length >= atLeast && answersMayFit(outcome, transcript) &&
    endingFits(ending, transcript);
}

/** Whether all that an outcome has in answers has come, and nothing else. */
export function answersAreComplete(outcome: Outcome, transcript: Transcript): boolean {
  return transcript.answers.length === (outcome.answers ?? []).length &&
    answersMayFit(outcome, transcript);
}

/** Whether the answers that came are some of those of an outcome, from the first on: more may follow. */
export function answersMayFit(
  { answers = [], anyOrder, mayLack }: Outcome,
  seen: Transcript,
): boolean {
  if (mayLack) {
    const rest = answers.values();
    return seen.answers.every((one) => rest.some((answer) => isSame(one, answer)));
  }
  if (!anyOrder) {
    return seen.answers.every((one, index) =>
      index < answers.length && isSame(one, answers[index]!)
    );
  }
  const left = [...answers];
  return seen.answers.every((one) => {
    const index = left.findIndex((answer) => isSame(one, answer));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function isSame({ kind, payload }: SeenAnswer, answer: Answer): boolean {
  const expected = (answer as { readonly [kind in SeenAnswer["kind"]]?: Bytes })[kind];
  return expected !== undefined && Buffer.compare(payload, bytesOf(expected)) === 0;
}

function endingFits(ending: Ending, transcript: Transcript): boolean {
  const { close, end, isEarly = false, refusal, isDeclined = false } = transcript;
  if (ending.is === "refused") return refusal !== undefined && refusalFits(ending, refusal);
  if (ending.is === "declined" || isDeclined) return ending.is === "declined" && isDeclined;
  if (refusal !== undefined) return false;
  const isOpen = stayedOpen(transcript);
  if (ending.is === "open") return isOpen;
  if (isOpen || ending.isEarly && !isEarly) return false;
  return ending.is === "closed"
    ? close !== undefined && closeFits(ending, close) && !(ending.isEnded && end === undefined)
    : close === undefined && end !== undefined;
}

function closeFits({ codes, reason }: Closed, close: { code: number; reason: string }): boolean {
  const fits = codes?.includes(close.code) ?? (close.code === 1005 || isCloseCode(close.code));
  return fits &&
    (reason === undefined || reason === close.reason);
}

function refusalFits({ statuses, field }: Refused, { status, fields }: SeenRefusal): boolean {
  if (statuses !== undefined && !statuses.includes(status)) return false;
  if (field === undefined) return true;
  const [name, element] = field;
  const elements = (fields.get(name) ?? []).flatMap((value) => value.split(","));
  return elements.some((one) => one.trim() === element);
}

/** Whether the connection was open until the suite closed it, or is still. */
export function stayedOpen(transcript: Transcript): boolean {
  const { close, end, isFarewell = false, refusal, isDeclined } = transcript;
  if (refusal !== undefined || isDeclined) return false;
  if (close !== undefined) return isFarewell && FAREWELL_CODES.includes(close.code);
  return isFarewell || end === undefined;
}
