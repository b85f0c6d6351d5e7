/** What should have come of a case, and what came, in words. */

import { headerSize, writeHeader } from "../../clients/wire/frame/frame_encoder.ts";
import { OPCODE } from "../../clients/wire/frame/protocol.ts";
import { cut, shown } from "../../measure/text/shown.ts";
import type { Answer, Bytes, Case, Ending, Outcome, Refused } from "../types.ts";
import { bytesOf } from "./bytes.ts";
import { outcomesOf, stayedOpen } from "./judge.ts";
import type { SeenFrame, SeenRefusal, Transcript } from "./transcript.ts";

/** The most that is shown: characters of a text, bytes of a payload, answers or frames of a list, outcomes. */
const MOST_TEXT = 24;
const MOST_BYTES = 16;
const MOST_LISTED = 4;
const MOST_OUTCOMES = 3;
/** The most that a line has, in characters. */
const MOST_LINE = 400;

/** What should have come, in words; the best outcomes only. */
export function expectedWords({ judgement }: Case): string {
  const { should, must } = judgement;
  const wanted = (should ?? must).map(outcomeWords);
  // With or without a close frame it is an end.
  const short = wanted.filter((words) =>
    !words.endsWith(ANY_CLOSE) || !wanted.includes(words.replace(ANY_CLOSE, END))
  );
  return cut([...new Set(short)].slice(0, MOST_OUTCOMES).join("; or "), MOST_LINE);
}

const ANY_CLOSE = "a close frame with a code that may be sent";
const END = "the end of the connection";

function outcomeWords({ answers = [], atLeast = answers.length, ending }: Outcome): string {
  const list = listed(answers.map(answerWords));
  const isOptional = answers.length > 0 && atLeast === 0;
  return [isOptional ? `${list}, or nothing` : list, endingWords(ending)]
    .filter((part) => part !== "").join(", then ");
}

function answerWords(answer: Answer): string {
  const [[kind, payload]] = Object.entries(answer) as [[string, Bytes]];
  return `${kind} ${payloadWords(bytesOf(payload), kind !== "binary")}`;
}

function endingWords(ending: Ending): string {
  switch (ending.is) {
    case "open":
      return "an open connection";
    case "refused":
      return refusedWords(ending);
    case "declined":
      return "an accepted request without the extension";
    case "dropped":
      return `${END}${earlyWords(ending.isEarly)}`;
    case "closed":
      return `a close frame ${codesWords(ending.codes)}${
        ending.reason === undefined ? "" : ` and the reason ${quoted(ending.reason)}`
      }${earlyWords(ending.isEarly)}${ending.isEnded ? ", then the end of the connection" : ""}`;
  }
}

function refusedWords({ statuses, field }: Refused): string {
  const answer = statuses === undefined
    ? "an answer other than 101"
    : `the answer ${statuses.join(" or ")}`;
  return answer + (field === undefined ? "" : ` with ${field[0]}: ${field[1]}`);
}

const earlyWords = (isEarly: true | undefined): string => isEarly ? " as soon as it is wrong" : "";

function codesWords(codes: readonly number[] | undefined): string {
  if (codes === undefined) return "with a code that may be sent";
  return codes.map((code) => code === 1005 ? "without a code" : `with ${code}`).join(" or ");
}

/** What came, in words: frames with the start of their bytes in hex. */
export function cameWords(one: Case, transcript: Transcript): string {
  const { notOpened, frames, violation, end, refusal } = transcript;
  if (notOpened !== undefined) return shown(`no connection: ${notOpened}`, MOST_LINE);
  if (refusal !== undefined) return shown(refusalWords(refusal), MOST_LINE);
  if (transcript.isAwaited) return "no answer to the request; the connection stayed open";
  if (transcript.disagreement !== undefined) {
    return shown(`the extension was not agreed on: ${transcript.disagreement}`, MOST_LINE);
  }
  if (transcript.isDeclined) return "the request was accepted without the extension";
  const parts = [
    listed(frames.filter((frame) => !isFarewellClose(frame, transcript)).map(frameWords)),
    violation === undefined ? "" : `what is not allowed: ${shown(violation, MOST_LINE / 2)}`,
    violation !== undefined
      ? ""
      : stayedOpen(transcript)
      ? "the connection stayed open"
      : end === undefined
      ? "the connection did not end"
      : end === "reset"
      ? "the connection was reset"
      : "the connection ended",
  ];
  return cut(
    parts.filter((part) => part !== "").join(", then ") + lateWords(one, transcript),
    MOST_LINE,
  );
}

/** The status, and the fields that cases ask for. */
function refusalWords({ status, fields }: SeenRefusal): string {
  const version = fields.get("sec-websocket-version")?.join(", ");
  return `the answer ${status}${
    version === undefined ? "" : ` with sec-websocket-version: ${version}`
  }`;
}

/** That the connection was closed after all was sent, if it should have been before. */
function lateWords(one: Case, transcript: Transcript): string {
  const isAsked = outcomesOf(one).some(({ ending }) => "isEarly" in ending && ending.isEarly);
  const isLate = transcript.isEarly === false && transcript.violation === undefined;
  return isAsked && isLate && !stayedOpen(transcript) ? ", after all was sent" : "";
}

/** Whether a frame answers the close of the suite, which says nothing of the case. */
function isFarewellClose({ first }: SeenFrame, transcript: Transcript): boolean {
  return (first & 0x0f) === OPCODE.close && transcript.isFarewell === true &&
    stayedOpen(transcript);
}

const NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(OPCODE).map(([name, opcode]) => [opcode, name]),
);

/** A frame in words and hex: `text "Hello" [81 05 48 65 …]`. */
export function frameWords({ first, payload }: SeenFrame): string {
  const opcode = first & 0x0f;
  const name = (NAMES[opcode] ?? `opcode ${opcode}`) +
    (first >= 0x80 ? "" : " (to be continued)") + ((first & 0x40) === 0 ? "" : " (compressed)");
  const words = opcode === OPCODE.close
    ? closeWords(payload)
    : payloadWords(payload, opcode !== OPCODE.binary && (first & 0x40) === 0);
  const head = new Uint8Array(headerSize(payload.length, false));
  writeHeader(head, 0, opcode, payload.length, undefined);
  head[0] = first;
  const start = [...head, ...payload.subarray(0, MOST_BYTES)];
  return `${name} ${words} [${hex(start)}${payload.length > MOST_BYTES ? " …" : ""}]`;
}

function closeWords(payload: Uint8Array): string {
  if (payload.length < 2) return payload.length === 0 ? "without a code" : "with one byte";
  const reason = new TextDecoder().decode(payload.subarray(2));
  return `with ${payload[0]! << 8 | payload[1]!}${reason === "" ? "" : ` and ${quoted(reason)}`}`;
}

/** A payload: a short text as it is, else its length. */
function payloadWords(payload: Uint8Array, isText: boolean): string {
  const length = `${payload.length.toLocaleString("en-US")} byte${payload.length === 1 ? "" : "s"}`;
  if (payload.length === 0) return "without content";
  return isText && payload.length <= MOST_TEXT && isUtf8(payload)
    ? quoted(new TextDecoder().decode(payload))
    : `of ${length}`;
}

function isUtf8(payload: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(payload);
    return true;
  } catch {
    return false;
  }
}

function quoted(text: string): string {
  return `"${shown(text, MOST_TEXT)}"`;
}

/** Bytes in hex: `c2 80`. */
export function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** `a, b and 7 more`; repeated ones are counted. */
function listed(words: readonly string[]): string {
  const runs: { word: string; times: number }[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.word === word) last.times++;
    else runs.push({ word, times: 1 });
  }
  const told = runs.map(({ word, times }) => times === 1 ? word : `${times} × ${word}`);
  const left = told.length - MOST_LISTED;
  return told.slice(0, MOST_LISTED).join(", ") + (left > 0 ? ` and ${left} more` : "");
}
