import { messageOf } from "./payload/payload.ts";
import { push as streaming } from "./traffic/push.ts";
import { cpuPer, memoryAtRest, resources } from "./metrics/metrics.ts";
import { ages, gaps, pushed, pushedShare, pushesWhole, silent } from "./metrics/pushes.ts";
import type { Scenario } from "./types.ts";

/** The smallest message of a stream: with its number and its time. */
const LEAST_SIZE = 64;
const MOST_SIZE = 2 ** 20;

/** Messages that the server sends by itself. */
export const push: Scenario = {
  id: "push",
  title: "Push",
  question: "Does all that the server sends by itself arrive, evenly and soon?",
  behaviour: "/push/{rate}/{size}",
  cases: [
    { connections: 100, pushRate: 100, size: 128 },
    { connections: 1000, pushRate: 10, size: 128 },
    { connections: 10, pushRate: 1000, size: 128 },
  ],
  isOptional: true,
  isStream: true,
  refuses: { payload: "the server makes the messages" },
  timeline: "replies",
  problem({ size = LEAST_SIZE }) {
    return size < LEAST_SIZE || size > MOST_SIZE
      ? `A message that is pushed has ${LEAST_SIZE} bytes to 1 MiB: received ${size}`
      : undefined;
  },
  traffic: (load, { connections = 100 }) => streaming(load, { connections }),
  // Nothing is sent, and nothing is longer by much than this.
  payload: ({ size = LEAST_SIZE }) => messageOf(size),
  metrics: [
    ...gaps,
    ...ages,
    pushed,
    pushedShare,
    ...pushesWhole,
    silent,
    cpuPer("message"),
    memoryAtRest,
    ...resources,
  ],
};
