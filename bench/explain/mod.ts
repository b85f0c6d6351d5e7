/** What watches the servers of explaining trials. */

import { acknowledgementsObserver } from "./acknowledgements.ts";
import { instructionsObserver } from "./instructions.ts";
import type { Observer } from "./observer.ts";
import { profileObserver } from "./profile/mod.ts";
import { runtimesObserver } from "./runtimes/observer.ts";
import { schedulerObserver } from "./scheduler.ts";
import { systemCallsObserver } from "./system_calls.ts";

/** What makes the observers of a trial: a new one is its file, a line here, and its counters in `measure/explain/counters.ts`. */
export const observers: readonly (() => Observer)[] = [
  systemCallsObserver,
  schedulerObserver,
  runtimesObserver,
  instructionsObserver,
  acknowledgementsObserver,
  () => profileObserver(),
];
