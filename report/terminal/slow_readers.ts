/**
 * What each server does with clients that read late, on a terminal.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { hanging, type Screen } from "./screen.ts";
import { policySentence, slowReaders } from "../summary/slow_readers.ts";
import { oneLine } from "../summary/text.ts";

/** A line for each server, below the case where there are several; nothing where no client read late. */
export function slowReaderLines(result: Result, { width, paint }: Screen): string {
  const found = result.scenarios.flatMap((scenario) => slowReaders(result, scenario));
  if (found.length === 0) return "";
  const byCase = [...Map.groupBy(found, ({ case: one }) => one.id).values()];
  return [
    paint("heading", "What each server does with slow readers"),
    ...byCase.flatMap((group) => [
      ...(byCase.length === 1 ? [] : hanging("", "  ", oneLine(group[0]!.case.title), width)),
      ...group.flatMap((one) => hanging("", "  ", policySentence(one), width)),
    ]),
  ].join("\n");
}
