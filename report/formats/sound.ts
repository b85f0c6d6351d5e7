/** The figures that go into others' systems, and how they name what a figure is of. */

import type { EveryFigure } from "./every_figure.ts";
import { everyFigure } from "./every_figure.ts";
import type { Result } from "../../measure/model/result.ts";
import { oneLine } from "../summary/text.ts";

/** A figure that was measured. */
export interface SoundFigure extends EveryFigure {
  readonly value: number;
}

/**
 * All figures that count. Those that were not measured, and those of a server that replied wrongly in the case, are left
 * out: where figures are kept for years nobody would see the mark beside them.
 */
export function soundFigures(result: Result): SoundFigure[] {
  return everyFigure(result).flatMap((figure): SoundFigure[] => {
    const { value, mark } = figure.cell;
    if (typeof value !== "number" || !Number.isFinite(value)) return [];
    return mark === "wrong" || mark === "failed" ? [] : [{ ...figure, value }];
  });
}

/** What a figure is of, as assertions name it: `ws.throughput[connections=16,size=64]`. */
export function placeName(server: string, scenario: string, caseId: string): string {
  return oneLine(`${server}.${scenario}${caseId === "" ? "" : `[${caseId}]`}`);
}

/** The same of a figure. */
export function placeOf(
  { standing, scenario, case: one }: Pick<EveryFigure, "standing" | "scenario" | "case">,
): string {
  return placeName(standing.server.id, scenario.id, one.id);
}
