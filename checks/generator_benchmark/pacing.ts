/** How late the generator sends by a schedule, beside the machine's own floor at the same time. */

import { decodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { Trial } from "../../measure/model/result.ts";
import { wrongInWords } from "../../measure/record/wrong_replies.ts";
import { describeEnd, startChild } from "../../bench/process/child.ts";

/** Messages per second. */
export const RATES: readonly number[] = [5_000, 20_000, 50_000, 100_000];

/** How late the messages of a trial were sent. All histograms are in nanoseconds. */
export interface Pacing {
  readonly state: "measured";
  /** What a loop that only looks at the clock saw just before. */
  readonly floor: Histogram;
  /** From the intended send to the actual one. */
  readonly late: Histogram;
  /** The same without the time in which the generator had no CPU. */
  readonly own: Histogram;
  /** Messages sent more than 1 ms late, as a share of those offered. */
  readonly lateShare: number;
}

/** Why a trial has no figures: it failed, or replies were wrong. */
export interface Problem {
  readonly state: "failed" | "wrong";
  readonly reason: string;
}

/**
 * Measures the floor in a fresh process.
 *
 * @param cpus where; anywhere if there are none
 * @throws {Error} if the process ends without a result
 */
export async function measureFloor(
  rate: number,
  durationMs: number,
  cpus: readonly number[],
): Promise<Histogram> {
  const program = import.meta.resolve("./floor.ts");
  const flags = ["--allow-all", "--quiet", "--v8-flags=--max-opt=2"];
  const child = startChild(
    [Deno.execPath(), "run", ...flags, program, String(rate), String(durationMs)],
    cpus,
  );
  try {
    const { value } = await child.lines.next();
    if (value !== undefined) return Histogram.from(JSON.parse(value));
    const end = describeEnd(await child.ended);
    throw new Error(`The floor was not measured: ${end} ${child.lastWords()}`.trimEnd());
  } finally {
    await child.stop();
  }
}

/** What is shown of a trial's pacing. One with wrong replies did other work, so it has no figures. */
export function pacingOf(trial: Trial, floor: Histogram): Pacing | Problem {
  if (trial.state === "failed") return { state: "failed", reason: trial.reason };
  const wrong = wrongInWords([trial.integrity]);
  if (wrong !== "") return { state: "wrong", reason: wrong };
  const { pacingError, ownPacingError } = trial.histograms;
  const { arrivals } = trial;
  if (pacingError === undefined || ownPacingError === undefined || arrivals === undefined) {
    return { state: "failed", reason: "No message was due" };
  }
  return {
    state: "measured",
    floor,
    late: decodeHistogram(pacingError),
    own: decodeHistogram(ownPacingError),
    lateShare: arrivals.late / arrivals.offered,
  };
}
