/** Runs one case on a connection of its own, and judges it. */

import { HandshakeError, type HandshakeOffer } from "../../clients/wire/handshake/handshake.ts";
import { type Case, type CaseResult, DEADLINE_MS } from "../types.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import { inflateOf } from "./inflate.ts";
import { breaksIntegrity, judge } from "./judge.ts";
import { type Opened, openServer } from "./server_opening.ts";
import type { Transcript } from "./transcript.ts";
import { cameWords, expectedWords } from "./words.ts";

/** A server that cases are run on. */
export interface ServerUnderTest {
  /** `ws://host:port/path` of what returns messages as they came. */
  readonly url: string;
  /** What the handshake has in addition. */
  readonly offer?: HandshakeOffer;
  /** Opens a connection to it; rejects with a message of one line. */
  connect(): Promise<Connection>;
  /** Set if it says something of its own that is no answer: messages are not looked at. */
  readonly isLayerOnly?: true;
}

/** Runs a case on a server; never rejects, as whatever happens is a result. */
export async function runCase(
  one: Case,
  server: ServerUnderTest,
  clock: Clock = systemClock,
): Promise<CaseResult> {
  const start = clock.now();
  const transcript: Transcript = { frames: [], answers: [] };
  const deadline = start + (one.deadlineMs ?? DEADLINE_MS);
  try {
    const connection = await server.connect();
    try {
      if (connection.closeWrite === undefined && one.steps.some((step) => "end" in step)) {
        return {
          ...resultOf(one, transcript),
          verdict: "informational",
          came: NOT_TRIED,
          durationMs: 0,
        };
      }
      await converse(one, server, { connection, transcript, clock, deadline });
    } finally {
      connection.close();
    }
  } catch (error) {
    // Who sends early may be refused; but an answer in place of that to the handshake is wrong.
    const isRefused = one.isEarly &&
      !(error instanceof HandshakeError && error.kind === "not HTTP");
    if (isRefused) transcript.end = "ended";
    else transcript.notOpened = (error as Error).message;
  }
  return { ...resultOf(one, transcript), durationMs: clock.now() - start };
}

/** What is said when a connection cannot end sending alone. */
const NOT_TRIED =
  "not tried: with a client certificate, or without a check of the server's, the connection cannot be closed by halves";

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
  };
}

async function converse(one: Case, server: ServerUnderTest, opened: Opened): Promise<void> {
  const { connection, transcript, clock, deadline } = opened;
  const accepted = await openServer(one, server.url, server.offer, opened);
  if (accepted === undefined) return;
  const { rest, deflate } = accepted;
  const conversation = new Conversation({
    ...{ connection, side: "client", transcript, clock },
    ...(deflate !== undefined && { inflate: inflateOf(deflate) }),
    ignoresMessages: server.isLayerOnly === true,
  });
  await conversation.run(one, rest, one.isEarly ? 1 : 0, deadline);
}
