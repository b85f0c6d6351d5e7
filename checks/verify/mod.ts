/** The list of checks by which wsmark proves, on the machine at hand, that it measures what it claims. */

import { delay } from "./delay.ts";
import { overload } from "./overload.ts";
import { push } from "./push.ts";
import { replies } from "./replies.ts";
import { same } from "./same.ts";
import { sharing } from "./sharing.ts";
import { stall } from "./stall.ts";
import { stoppedClient } from "./stopped_client.ts";
import type { Check } from "./types.ts";
import { work } from "./work.ts";

export { type BenchOptions, createBench, type RealBench } from "./bench.ts";
export { type Attempt, attempts } from "./attempts.ts";
export { type OwnAgents, startOwnAgents } from "./agents.ts";
export type { Bench, Check, CheckFinding } from "./types.ts";

/** Every check; a new one is a file in this folder, a line here and its name in `CHECK_IDS`. */
export const checks: readonly Check[] = [
  delay,
  stall,
  replies,
  push,
  stoppedClient,
  same,
  work,
  overload,
  sharing,
];
