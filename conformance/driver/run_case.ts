/** Runs one case on a connection of its own, and judges it. */

import {
  createHandshake,
  HandshakeError,
  type HandshakeOffer,
} from "../../clients/wire/handshake/handshake.ts";
import { type Case, type CaseResult, DEADLINE_MS, type SendStep } from "../types.ts";
import { joined } from "./bytes.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import { sentBytes } from "./frame_bytes.ts";
import { breaksIntegrity, judge } from "./judge.ts";
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
          ...told(one, transcript),
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
  return { ...told(one, transcript), durationMs: clock.now() - start };
}

/** What is said when a connection cannot end sending alone. */
const NOT_TRIED =
  "not tried: with a client certificate, or without a check of the server's, the connection cannot be closed by halves";

function told(one: Case, transcript: Transcript): Omit<CaseResult, "durationMs"> {
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

interface Opened {
  readonly connection: Connection;
  readonly transcript: Transcript;
  readonly clock: Clock;
  readonly deadline: number;
}

async function converse(one: Case, server: ServerUnderTest, opened: Opened): Promise<void> {
  const { connection, transcript, clock, deadline } = opened;
  const early = one.isEarly ? (one.steps[0] as SendStep).send : [];
  const rest = await shakeHands(server, opened, early.map((sent) => sentBytes(sent, "client")));
  const conversation = new Conversation({
    ...{ connection, side: "client", transcript, clock },
    ignoresMessages: server.isLayerOnly === true,
  });
  await conversation.run(one, rest, one.isEarly ? 1 : 0, deadline);
}

/**
 * Opens the WebSocket.
 *
 * @param early sent with the request
 * @returns what came after the head of the answer
 * @throws {HandshakeError} if the answer is not right
 * @throws {Error} if none comes
 */
async function shakeHands(
  { url, offer }: ServerUnderTest,
  { connection, clock, deadline }: Opened,
  early: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { request, reader } = createHandshake(url, offer);
  let isLate = false;
  using late = clock.after(deadline - clock.now());
  late.over.then(() => {
    isLate = true;
    connection.close();
  });
  try {
    await writeAll(connection, joined([request, ...early]));
    const target = new Uint8Array(2 ** 16);
    for (;;) {
      const count = await connection.read(target);
      if (count === null) throw new Error("the connection ended amid the handshake");
      const end = reader.push(target, 0, count);
      if (end >= 0) return target.slice(end, count);
    }
  } catch (error) {
    throw isLate ? new Error("no answer to the handshake in time") : error;
  }
}

async function writeAll(connection: Connection, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
