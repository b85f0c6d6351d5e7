/**
 * What stands behind a figure in a terminal: how well it is known, or how it differs from the baseline's.
 *
 * @module
 */

import type { Interval } from "../../measure/judge/bootstrap.ts";
import type { Judgement } from "../../measure/judge/judge.ts";
import { isBetter, type Verdict } from "../../measure/judge/verdicts.ts";
import type { Entry } from "./summary.ts";
import { formatNumber } from "./text.ts";

/** What is behind a figure. */
export interface Detail {
  /** How far the figure may be off; that it is no different from the baseline's, or in which way it is. */
  readonly kind: "precision" | "level" | "better" | "worse" | "different";
  /** In short, as `±4 %`, `−20 % (−25…−15)` or `≈`. */
  readonly text: string;
}

/**
 * The detail of a figure: its precision where it is compared with nothing, else the verdict. Undefined where there are
 * too few rounds for either, and where the replies were wrong.
 *
 * @param withInterval whether a change is followed by its interval
 */
export function detailOf(
  { cell, interval, verdict }: Entry,
  withInterval: boolean,
): Detail | undefined {
  if (verdict !== undefined) return changeOf(verdict, withInterval);
  const isSound = cell.mark !== "wrong" && cell.mark !== "failed";
  return isSound && interval !== undefined && typeof cell.value === "number" && cell.value !== 0
    ? { kind: "precision", text: halfWidth(cell.value, interval) }
    : undefined;
}

/** Half the width of an interval, in per cent of the figure. */
function halfWidth(figure: number, { low, high }: Interval): string {
  const percent = (high - low) / 2 / Math.abs(figure) * 100;
  return `±${formatNumber(percent, percent < 0.95 ? 1 : 0)} %`;
}

function changeOf({ metric, judgement }: Verdict, withInterval: boolean): Detail | undefined {
  if ("absent" in judgement) return undefined;
  if (judgement.difference === "none") return { kind: "level", text: "≈" };
  const isAhead = isBetter(metric, judgement);
  const kind = isAhead === undefined ? "different" : isAhead ? "better" : "worse";
  return { kind, text: changeInShort(judgement, withInterval) };
}

function changeInShort(
  { ratio, interval: { low, high } }: Judgement,
  withInterval: boolean,
): string {
  const [show, sign] = ratio >= 2 ? [times, "×"] : [signedPercent, " %"];
  const range = withInterval ? ` (${show(low)}…${show(high)})` : "";
  return `${show(ratio)}${sign}${range}`;
}

function times(ratio: number): string {
  return formatNumber(ratio, ratio < 9.95 ? 1 : 0);
}

function signedPercent(ratio: number): string {
  const change = Math.round((ratio - 1) * 100);
  return change < 0 ? `−${-change}` : `+${change}`;
}
