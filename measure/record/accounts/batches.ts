/** How long batches of messages take. */

import { type Account, type AccountKind, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** How long batches of messages take. */
export const BATCHES = {
  name: "batches",
  about: "How long batches of messages take.",
  counts: {},
  histograms: {
    batchTime: {
      title: "Burst",
      prefix: "burst.",
      name: "Burst",
      question: "How long do the slowest bursts take?",
    },
  },
} as const satisfies AccountKind;

const NS_PER_MS = 1e6;

/** Records the batches of one trial. */
export class BatchAccount extends WindowAccount implements Account {
  readonly kind = BATCHES;
  /** From the first send of a batch to its last reply, of those that began in the window. */
  readonly histograms = { batchTime: new Histogram() };

  /** Notes a finished batch. */
  finish(startedMs: number, nowMs: number): void {
    if (!this.inWindow(startedMs)) return;
    this.histograms.batchTime.record((nowMs - startedMs) * NS_PER_MS);
  }

  counts(): undefined {}
}
