/** Runs one case on a client: the suite is the server that it connects to. */

import { type Case, type CaseResult, DEADLINE_MS } from "../types.ts";
import { answerClient, type Asked } from "./client_opening.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Conversation } from "./conversation.ts";
import { inflateOf } from "./inflate.ts";
import { resultOf } from "./run_case.ts";
import type { Transcript } from "./transcript.ts";

/** A client that cases are run on. */
export interface ClientUnderTest {
  /** Waits for its connection; rejects with a message of one line. */
  connect(one: Case): Promise<Asked>;
  /** Set if it says something of its own that is no answer: messages are not looked at. */
  readonly isLayerOnly?: true;
}

/** Runs a case on a client; never rejects, as whatever happens is a result. */
export async function runClientCase(
  one: Case,
  client: ClientUnderTest,
  clock: Clock = systemClock,
): Promise<CaseResult> {
  const start = clock.now();
  const transcript: Transcript = { frames: [], answers: [] };
  const deadline = start + (one.deadlineMs ?? DEADLINE_MS);
  try {
    const asked = await client.connect(one);
    try {
      await converse(one, client, asked, { transcript, clock, deadline });
    } finally {
      asked.connection.close();
    }
  } catch (error) {
    transcript.notOpened ??= (error as Error).message;
  }
  return { ...resultOf(one, transcript), durationMs: clock.now() - start };
}

async function converse(
  one: Case,
  client: ClientUnderTest,
  asked: Asked,
  { transcript, clock, deadline }: {
    readonly transcript: Transcript;
    readonly clock: Clock;
    readonly deadline: number;
  },
): Promise<void> {
  if (asked.problem !== undefined) {
    transcript.violation = asked.problem;
    return;
  }
  const deflate = await answerClient(one, asked, transcript);
  if (transcript.isDeclined) return;
  const conversation = new Conversation({
    ...{ connection: asked.connection, side: "server", transcript, clock },
    ...(deflate !== undefined && { inflate: inflateOf(deflate) }),
    ignoresMessages: client.isLayerOnly === true,
  });
  await conversation.run(one, asked.rest, one.isEarly ? 1 : 0, deadline);
}
