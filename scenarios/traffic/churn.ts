/**
 * Churn: a connection is opened, carries one message, and is closed when its reply is in. In the closed form a fixed
 * number is under way, and the next one begins when one has ended; in the open form they begin by a schedule.
 */

import { arriving } from "./timing/arrivals.ts";
import type { ScheduleOptions } from "./timing/schedule.ts";
import type { Load, Traffic } from "./types.ts";

/**
 * @param options.concurrency how many connections are under way at once; if there is a schedule, the most that are: one
 * that is due beyond that is dropped
 * @param options.limit how many connections are opened in all, so that the ports of the machine suffice
 */
export function churn(
  load: Load,
  { concurrency, limit, schedule }: {
    concurrency: number;
    limit: number;
    schedule?: ScheduleOptions | undefined;
  },
): Traffic {
  const startedMs = new Float64Array(concurrency);
  /** Slots without a connection; only used if there is a schedule. */
  const free = Array.from({ length: concurrency }, (_, index) => concurrency - 1 - index);
  let begun = 0;
  let pending = 0;
  let stopped = false;

  function begin(slot: number, atMs: number): void {
    begun++;
    pending++;
    startedMs[slot] = atMs;
    load.open(slot);
  }

  function next(slot: number): void {
    if (!stopped && begun < limit) begin(slot, load.now());
  }

  function arrive(): void {
    const slot = begun < limit ? free.pop() : undefined;
    if (slot === undefined) load.drop();
    else begin(slot, arrivals!.pace.intendedMs);
  }

  const arrivals = schedule && arriving("connections", [{ ...schedule, arrive }]);
  const loop = {
    start(): void {
      for (let slot = 0; slot < concurrency; slot++) next(slot);
    },
    stop(): void {
      stopped = true;
    },
  };

  return {
    ...(arrivals ?? loop),
    connections: 0,
    slots: concurrency,
    depth: 1,
    phases: "any time",
    get pending() {
      return pending;
    },
    opened: (slot) => load.send(slot),
    replied: (slot) => load.close(slot),
    closed(slot, nowMs) {
      pending--;
      load.batchDone(startedMs[slot]!, nowMs);
      if (arrivals === undefined) next(slot);
      else free.push(slot);
    },
  };
}
