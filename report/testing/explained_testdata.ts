/** Results of seven rounds whose servers were explained, for the tests. */

import type { Explanation, Result } from "../../measure/model/result.ts";
import { ROUNDS } from "./rounds_testdata.ts";

function explanation(
  server: string,
  place: string,
  perSecond: number,
  counters: Explanation["counters"],
): Explanation {
  return {
    server,
    client: "wire",
    scenario: "throughput",
    case: place,
    startedAt: "2026-01-31T14:06:09.000Z",
    replies: perSecond,
    windowMs: 1000,
    counters,
  };
}

/** In the first case ws and socket.io take more CPU time than Deno.serve, each for one reason. */
export const EXPLAINED: Result = {
  ...ROUNDS,
  explanations: [
    explanation("native", "size=64", 152_000, {
      "time.cpu": 6.1,
      "syscalls.all": 0.13,
      "time.user": 3,
      "gc.share": 1,
    }),
    explanation("ws", "size=64", 122_000, {
      "time.cpu": 7.9,
      "syscalls.all": 2.5,
      "time.user": 3,
      "gc.share": 1,
    }),
    explanation("socketio", "size=64", 47_500, {
      "time.cpu": 20.2,
      "syscalls.all": 0.13,
      "time.user": 17,
      "gc.share": 30,
    }),
    explanation("native", "size=16384", 55_000, { "syscalls.all": 0.13 }),
    explanation("ws", "size=16384", 55_000, { "syscalls.all": 9 }),
  ],
};
