/**
 * Words of plots.
 *
 * @module
 */

import type { Figure, MetricDefinition, Result } from "../../measure/model/result.ts";
import { decimalsOf, formatNumber, oneLine } from "../summary/text.ts";

/** Puts a text on one line of at most so many characters, with an ellipsis for what is missing. */
export function cut(text: string, length: number): string {
  const line = oneLine(text);
  // A letter and what combines with it are not torn apart.
  const letters = [...new Intl.Segmenter("en").segment(line)].map(({ segment }) => segment);
  return letters.length <= length ? line : `${letters.slice(0, length - 1).join("").trimEnd()}…`;
}

/** Makes names differ that do not: the second `a` becomes `a (2)`, cut to the length again. */
export function distinct(names: readonly string[], length: number): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) {
      const suffix = ` (${number})`;
      free = `${cut(name, length - suffix.length)}${suffix}`;
    }
    taken.add(free);
    return free;
  });
}

/** A figure of a metric as text with its unit, as `152,000 messages/s`. */
export function figureText(value: number, { unit, decimals }: MetricDefinition): string {
  return `${formatNumber(value, decimals ?? decimalsOf(value))} ${oneLine(unit)}`.trimEnd();
}

/** A number of five significant digits: a plot shows no more, and its data stay short. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

function fact({ machine }: Result, group: string, name: string): string | undefined {
  const value: string | Figure | undefined = machine.find((one) =>
    one.group === group && one.name === name
  )?.value;
  if (typeof value === "number") return formatNumber(value, 0);
  return typeof value === "string" ? oneLine(value) : undefined;
}

/** Machine, versions and date, as every plot of a run says them. */
export function captionOf(result: Result): string {
  const cpus = fact(result, "Processor", "Logical CPUs available");
  const machine = [
    fact(result, "Processor", "Model"),
    cpus === undefined ? undefined : `${cpus} ${cpus === "1" ? "CPU" : "CPUs"}`,
    fact(result, "Operating system", "Name"),
  ].filter((part) => part !== undefined);
  const runtimes = new Set(result.servers.map(({ runtime }) => oneLine(runtime ?? "")));
  const isOne = runtimes.size === 1;
  const libraries = new Set(result.servers.flatMap(({ library, runtime }) => {
    const parts = [library, isOne ? "" : runtime].map((part) => oneLine(part ?? ""));
    return parts.filter((part) => part !== "").join(" on ") || [];
  }));
  const versions = [[...libraries].join(", "), isOne ? [...runtimes][0]! : ""];
  return [
    machine.join(", "),
    versions.filter((part) => part !== "").join(" on "),
    `wsmark ${oneLine(result.wsmark)}`,
    oneLine(result.startedAt).slice(0, 10),
  ].filter((part) => part !== "").join("; ") + ".";
}
