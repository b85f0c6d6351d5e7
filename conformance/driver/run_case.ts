/** Runs one case on a connection of its own to a server or of a client, and judges it. */

import { type Case, type CaseResult, DEADLINE_MS, type Role } from "../types.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import type { Inflate } from "./frame_reader.ts";
import { answersMayFit, breaksIntegrity, judge, outcomesOf, stayedOpen } from "./judge.ts";
import type { Transcript } from "./transcript.ts";
import { cameWords, expectedWords } from "./words.ts";

/** Who cases are run on: what it takes to have an open WebSocket with it. */
export interface Peer {
  /** The side that the suite takes. */
  readonly side: Role;
  /** Connects; rejects with a message of one line. */
  connect(one: Case): Promise<Connection>;
  /**
   * Does the opening handshake on the connection; rejects with a message of one line if the usual one fails.
   *
   * @returns undefined if nothing more can be said: the transcript tells why
   */
  open(one: Case, opening: Opening): Promise<Opened | undefined>;
  /** Whether what `open` rejects with is an answer to a case that sends early. */
  isRefusal?(error: unknown): boolean;
  /** Set if it says something of its own that is no answer: messages are not looked at. */
  readonly isLayerOnly?: true;
}

/** A connection on which the handshake is still to be done. */
export interface Opening {
  readonly connection: Connection;
  readonly transcript: Transcript;
  readonly clock: Clock;
  /** By the clock. */
  readonly deadline: number;
}

/** What the handshake has brought. */
export interface Opened {
  /** What came after the head. */
  readonly rest: Uint8Array<ArrayBuffer>;
  /** Set if messages of the other side may be compressed. */
  readonly inflate?: Inflate;
}

/** Runs a case; never rejects, as whatever happens is a result. */
export async function runCase(
  one: Case,
  peer: Peer,
  clock: Clock = systemClock,
): Promise<CaseResult> {
  const start = clock.now();
  const transcript: Transcript = { frames: [], answers: [] };
  const deadline = start + (one.deadlineMs ?? DEADLINE_MS);
  try {
    const connection = await peer.connect(one);
    try {
      if (connection.closeWrite === undefined && one.steps.some((step) => "end" in step)) {
        const came = NOT_TRIED;
        return { ...resultOf(one, transcript), verdict: "informational", came, durationMs: 0 };
      }
      await converse(one, peer, { connection, transcript, clock, deadline });
    } finally {
      connection.close();
    }
  } catch (error) {
    // Who sends early may be refused.
    if (one.isEarly && peer.isRefusal?.(error)) transcript.end = "ended";
    else transcript.notOpened = (error as Error).message;
  }
  return { ...resultOf(one, transcript), durationMs: clock.now() - start };
}

/** What is said when a connection cannot end sending alone. */
const NOT_TRIED =
  "not tried: with a client certificate, or without a check of the server's, the connection cannot be closed by halves";

async function converse(one: Case, peer: Peer, opening: Opening): Promise<void> {
  const { connection, transcript, clock, deadline } = opening;
  const opened = await peer.open(one, opening);
  if (opened === undefined) return;
  const { rest, inflate } = opened;
  const conversation = new Conversation({
    ...{ connection, side: peer.side, transcript, clock },
    ...(inflate !== undefined && { inflate }),
    ignoresMessages: peer.isLayerOnly === true,
  });
  await conversation.run(one, rest, one.isEarly ? 1 : 0, deadline);
}

/** The result of a case, but its time. */
export function resultOf(one: Case, transcript: Transcript): Omit<CaseResult, "durationMs"> {
  const verdict = judge(one, transcript);
  return {
    id: one.id,
    verdict,
    expected: expectedWords(one),
    came: cameWords(one, transcript),
    ...(verdict === "failed" && breaksIntegrity(one, transcript) &&
      { breaksIntegrity: true as const }),
    ...(transcript.notOpened !== undefined && !one.isEarly && { isNotOpened: true as const }),
    ...(verdict === "failed" && lacksAnswers(one, transcript) && { isUnanswered: true as const }),
  };
}

/** Whether all that came is right, and more of it, or the end of the connection, was not there when it was closed. */
function lacksAnswers(one: Case, transcript: Transcript): boolean {
  const { notOpened, violation, hasSurvived = false } = transcript;
  return (notOpened ?? violation) === undefined && stayedOpen(transcript) &&
    outcomesOf(one).some((outcome) =>
      (outcome.ending.is === "open" || !hasSurvived) && answersMayFit(outcome, transcript)
    );
}

/** What leaves a busy machine time to send and to answer, in milliseconds. */
const PATIENT = { deadlineMs: 20_000, lateMs: 4000 } as const;

/** The same case for a second try: what is missing is waited for longer. */
export function patient(one: Case): Case {
  return { ...one, ...PATIENT, deadlineMs: Math.max(one.deadlineMs ?? 0, PATIENT.deadlineMs) };
}
