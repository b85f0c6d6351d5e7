/**
 * How fine the clock is that latencies are taken with.
 *
 * @module
 */

import type { Fact } from "../measure/result.ts";
import { fact } from "./fact.ts";
import type { System } from "./types.ts";

/** Readings that are compared: about 1 ms in all. */
const READINGS = 10_000;

/**
 * Finds the smallest step between two readings of a clock that differ: its resolution, or the cost
 * of one reading where that is longer.
 *
 * @param now the clock, in milliseconds
 * @param readings how many to take
 * @returns nanoseconds, or null where the clock stood still
 */
export function smallestStepNs(now: () => number, readings: number): number | null {
  let smallestMs = Infinity;
  let previousMs = now();
  for (let reading = 1; reading < readings; reading++) {
    const currentMs = now();
    const stepMs = currentMs - previousMs;
    if (stepMs > 0 && stepMs < smallestMs) smallestMs = stepMs;
    previousMs = currentMs;
  }
  return smallestMs === Infinity ? null : Math.round(smallestMs * 1e6);
}

/** Facts about the clock. */
export function clockFacts(system: System): Fact[] {
  const source = (): string | undefined =>
    system.read("/sys/devices/system/clocksource/clocksource0/current_clocksource")?.trim();
  const step = (): number | null => smallestStepNs(() => performance.now(), READINGS);
  return [
    // Only Linux lets the source be chosen.
    ...(system.platform === "linux"
      ? [fact("Clock", "Kernel clock source", source, "the kernel does not name it")]
      : []),
    fact(
      "Clock",
      "Smallest step of performance.now()",
      step,
      "the clock stood still while it was read",
      "ns",
    ),
  ];
}
