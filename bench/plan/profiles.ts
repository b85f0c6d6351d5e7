/** Profiles: how long and how often is measured by default. */

import type { Settings } from "../../measure/model/result.ts";

/** Lengths of window and warm-up, and rounds. */
export interface Profile extends Pick<Settings, "rounds" | "durationMs" | "warmupMs"> {
  readonly id: string;
  /** What it is for. */
  readonly title: string;
}

export const profiles: readonly Profile[] = [
  { id: "quick", title: "a first look", rounds: 1, durationMs: 300, warmupMs: 250 },
  { id: "standard", title: "a comparison", rounds: 10, durationMs: 400, warmupMs: 250 },
  { id: "thorough", title: "for publication", rounds: 10, durationMs: 3000, warmupMs: 1000 },
];

export const DEFAULT_PROFILE = "standard";
