/** The quality of a run as a traffic light: what the measurement itself was worth, whatever the servers did. */

import type { Result, Warning } from "../../../measure/model/result.ts";
import type { Finding } from "../findings.ts";
import { counted } from "../text.ts";

/** How good a run is. */
export interface Light {
  readonly colour: "green" | "amber" | "red";
  /** It in words. */
  readonly title: string;
  /** At most two, the worst first, a sentence each. */
  readonly reasons: readonly string[];
}

const TITLES = {
  green: "Sound",
  amber: "Read with care",
  red: "Do not rely on it",
} as const satisfies Record<Light["colour"], string>;

/** How much a warning weighs: from 1 on alone it makes the light amber, in a small part of the trials it does not. */
const WEIGHTS = {
  "wrong replies": 4,
  "breaks integrity": 1.5,
  "trials failed": 3,
  "run is partial": 2,
  "disturbed": 2,
  "stolen time": 2,
  "window held up": 2,
  "window empty": 2,
  "generators apart": 2,
  "agent at its limit": 2,
  "clock drifts": 2,
  "priority differs": 1,
  "machine is busy": 1.5,
  "connections unserved": 1.5,
  "rate not reached": 1.9,
  "late sends": 1.9,
  "generator saturated": 1,
  "near the ceiling": 1,
  "agent near its ceiling": 1,
  "warm-up not over": 1,
  "rounds differ": 1,
  "pongs missing": 1,
  "too few rounds": 1,
  "not pinned": 1,
  "cores shared": 1,
  "resumed": 1,
  "one round holds the tail": 0.5,
  "damaged lines": 0.5,
  "torn last line": 0,
  "too few samples": 0,
  "memory growing": 0,
  "timer too coarse": 0,
} as const satisfies Record<Warning["kind"], number>;

/** Of these a run is worth little if they are in most of its trials. */
const GRAVE = 2;
const MOST = 0.5;
/** In a smaller share of the trials a warning does not change the light. */
const FEW = 0.05;
/** Above this share of failed trials the rest is no fair sample. */
const MANY_FAILED = 0.1;
const MOST_REASONS = 2;

/**
 * Judges the measurement.
 *
 * @param wrong a sentence for each server that replied wrongly
 * @param found the warnings of the run
 */
export function lightOf(
  { trials }: Pick<Result, "trials">,
  wrong: readonly string[],
  found: readonly Finding[],
): Light {
  const failed = trials.filter(({ state }) => state === "failed").length;
  const ranked = found.filter(({ kind }) => kind !== "wrong replies").map((one) => {
    const share = one.trials.length === 0 ? 1 : one.trials.length / trials.length;
    return { ...one, share, weight: share < FEW ? 0 : WEIGHTS[one.kind] };
  }).filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight * Math.sqrt(b.share) - a.weight * Math.sqrt(a.share));
  const isRed = trials.length === 0 || wrong.length > 0 || failed > trials.length * MANY_FAILED ||
    ranked.some(({ kind, weight, share }) =>
      kind !== "run is partial" && kind !== "trials failed" && weight >= GRAVE && share > MOST
    );
  const colour = isRed ? "red" : ranked.some(({ weight }) => weight >= 1) ? "amber" : "green";
  const reasons = [
    ...wrong,
    ...(trials.length === 0 ? ["No trial has ended."] : []),
    ...ranked.map(({ finding, places }) => `${finding.replace(/\.$/, "")}${places}.`),
  ];
  return {
    colour,
    title: TITLES[colour],
    reasons: reasons.length > 0
      ? reasons.slice(0, MOST_REASONS)
      : [`${counted(trials.length, "trial")}, and no warning that matters.`],
  };
}
