import { byConnection } from "./payload/by_connection.ts";
import { type Beside, closedLoopBeside } from "./traffic/beside.ts";
import { messageOf, type Payload } from "./payload/payload.ts";
import type { CaseParameters } from "./parameters.ts";
import {
  closedByServer,
  lateReplies,
  memoryGrowth,
  memoryKept,
  perSecond,
  resources,
  takenOfEach,
  time,
} from "./metrics/metrics.ts";
import type { Scenario } from "./types.ts";

/** Payload of the messages of those beside the measured connections, in bytes. */
const BULK_SIZE = 16 * 1024;
/** The most messages that each of them sends: 32 MiB. */
const MESSAGES = 2048;

const measured = { connections: 8, size: 64 };

/** The most bytes that all slow readers of a trial are sent: a server may keep all of it in memory. */
const MOST_BYTES = 2 ** 31;

function besideOf(
  { prompt = 0, slow = 0, messages = MESSAGES }: CaseParameters,
): Beside | undefined {
  const connections = slow || prompt;
  if (connections === 0) return undefined;
  return { connections, messages, size: BULK_SIZE, reads: slow > 0 ? "late" : "promptly" };
}

function payloadOf(parameters: CaseParameters): Payload {
  const { connections = measured.connections, size = measured.size, payload } = parameters;
  const own = messageOf(size, payload);
  const beside = besideOf(parameters);
  if (beside === undefined) return own;
  const bytes = beside.connections * beside.messages * BULK_SIZE;
  if (bytes > MOST_BYTES) {
    throw new RangeError(
      `Cannot send ${beside.messages} messages on ${beside.connections} connections beside the others ` +
        `as these take ${bytes / 2 ** 20} MiB, which a server may keep: at most ${
          MOST_BYTES / 2 ** 20
        } MiB`,
    );
  }
  return byConnection([
    { connections, payload: own },
    {
      connections: beside.connections,
      payload: messageOf(BULK_SIZE, payload ?? (own.isText ? "text" : "binary")),
    },
  ]);
}

/** Clients that send a lot and read late, beside others whose latency is measured. */
export const slowReader: Scenario = {
  id: "slow-reader",
  title: "Slow readers",
  question:
    "When clients do not read, does the server's memory grow without a limit, and are the other clients delayed?",
  behaviour: "/echo",
  cases: [
    { ...measured, slow: 0 },
    { ...measured, messages: MESSAGES, prompt: 4 },
    { ...measured, messages: MESSAGES, slow: 4 },
  ],
  isOptional: true,
  onlyWire: true,
  // By then even a slow server has taken all that it will take.
  leastMs: 2000,
  timeline: "replies",
  traffic: (load, parameters) =>
    closedLoopBeside(load, {
      connections: parameters.connections ?? measured.connections,
      beside: besideOf(parameters),
    }),
  payload: payloadOf,
  metrics: [
    ...[99, 50].map((percentile) => {
      const metric = time("serviceTime", { percentile });
      return { ...metric, title: `${metric.title} of the others` };
    }),
    perSecond("others", "Rate of the others", "messages/s", ({ counts }) => counts.replies),
    takenOfEach,
    memoryGrowth,
    memoryKept,
    closedByServer,
    lateReplies,
    ...resources,
  ],
};
