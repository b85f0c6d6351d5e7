/** What both Markdown reports say in the same words. */

import type { Fact, Result } from "../../measure/model/result.ts";
import { detailOf, type Entry } from "../summary/lines.ts";
import { repeatLine } from "../summary/repeat.ts";
import { formatTime } from "../summary/text.ts";
import { figureText } from "../tables/table.ts";
import { code, plain } from "./table.ts";

/** With more servers these are the rows of tables, not the columns. */
export const MOST_COLUMNS = 5;

const FIRST_FACTS: readonly (readonly [group: string, name: string])[] = [
  ["Processor", "Model"],
  ["Processor", "Logical CPUs available"],
  ["Memory", "Total"],
  ["Operating system", "Name"],
  ["Operating system", "Kernel"],
  ["Software", "Deno"],
];

/** Machine and versions, the command, and when the run began. */
export function machineLine(result: Result): string {
  const facts = FIRST_FACTS.flatMap(([group, name]) => {
    const fact = result.machine.find((one) => one.group === group && one.name === name);
    return fact === undefined || typeof fact.value === "object" ? [] : [factInWords(fact)];
  });
  return [
    ...(facts.length === 0 ? [] : [`Machine: ${facts.map(plain).join(", ")}.`]),
    `Repeat it with ${code(repeatLine(result.settings))}. wsmark ${plain(result.wsmark)}, started ${
      plain(formatTime(result.startedAt))
    } UTC.`,
  ].join(" ");
}

function factInWords({ group, name, value, unit }: Fact): string {
  if (unit === "bytes") return `${((value as number) / 2 ** 30).toFixed(1)} GiB of memory`;
  if (name === "Logical CPUs available") return `${value} logical CPUs`;
  return group === "Software" || name === "Kernel" ? `${name} ${value}` : String(value);
}

/** `112,396, −29 % (−33…−15)`; null for an empty cell. */
export function withDetail(entry: Entry, withInterval: boolean = true): string | null {
  if (entry.cell.value === null) return null;
  return [figureText(entry.cell), detailOf(entry, withInterval)?.text ?? ""].join(" ").trimEnd();
}
