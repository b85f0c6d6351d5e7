/** The table of faults: on the terminal a line for each cell, and in Markdown faults × phases. */

import type { Engine } from "../../bench/generator/wire/exchange.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import type { NoCell, Seen } from "./cells.ts";
import { mib } from "./judge.ts";
import { PHASES } from "./phases.ts";
import type { Fault } from "./types.ts";

const verdict = ({ wrong, skipped }: Seen): string =>
  skipped !== undefined ? "not tried" : wrong.length === 0 ? "ok" : "FAIL";

export function lineOf(seen: Seen): string {
  const { cell, outcome, code, ms, wrong, skipped } = seen;
  const parts = [
    cell.name.padEnd(34),
    verdict(seen).padEnd(9),
    `exit ${code}`.padEnd(8),
    `${ms ?? "–"} ms`.padStart(9),
    outcome.slice(0, 150),
  ];
  return [
    parts.join(" "),
    ...wrong.map((one) => `    ! ${one}`),
    ...(skipped ? [`    ${skipped}`] : []),
  ]
    .join("\n");
}

const escaped = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** All cells that were tried, and those that cannot occur, in Markdown. */
export function markdownOf(
  faults: readonly Fault[],
  all: readonly Seen[],
  none: readonly NoCell[],
  engine: Engine,
): string {
  const find = (fault: Fault, phase: string): string => {
    const seen = all.filter(({ cell }) => cell.fault.id === fault.id && cell.phase === phase);
    if (seen.length === 0) {
      return none.some((one) => one.fault.id === fault.id && one.phase === phase) ? "–" : "";
    }
    return seen.map((one) => {
      const over = one.cell.carrier === engine ? "" : `${one.cell.carrier}: `;
      const state = one.skipped !== undefined ? "not tried" : shortOf(one);
      return `${over}${state}${one.wrong.length > 0 ? " **FAIL**" : ""}`;
    }).join("<br>");
  };
  const shown = faults.filter(({ id }) => all.some(({ cell }) => cell.fault.id === id));
  const peak = (field: "runnerBytes" | "generatorBytes"): string =>
    mib(largest(all.map((one) => one[field]), 0));
  return [
    row(["fault", ...PHASES]),
    row(["---", ...PHASES.map(() => "---")]),
    ...shown.map((fault) =>
      row([
        `${fault.by === "server" ? "server " : ""}${fault.title}`,
        ...PHASES.map((phase) => find(fault, phase)),
      ])
    ),
    "",
    `Each cell: what became of the trial, the exit code, and the time from the fault to the end of the trial. ` +
    `Most memory: runner ${peak("runnerBytes")}, generator ${peak("generatorBytes")}.`,
    "",
    row(["cell", "outcome", "exit code", "ms", "generator", ""]),
    row(["---", "---", "---:", "---:", "---:", "---"]),
    ...all.map((one) =>
      row([
        one.cell.name,
        one.skipped === undefined ? one.outcome : `not tried: ${one.skipped}`,
        String(one.code),
        String(one.ms ?? "–"),
        mib(one.generatorBytes),
        verdict(one),
      ])
    ),
    "",
    ...reasonsOf(none.filter(({ fault }) => shown.includes(fault))),
    "",
  ].join("\n");
}

function shortOf({ outcome, code, ms }: Seen): string {
  const word = outcome.startsWith("failed") ? "failed" : outcome.split(/[;|]/)[0]!.trim();
  return `${outcome.includes("wrong replies") ? "completed, warned" : word} (${code}), ${
    ms ?? "–"
  } ms`;
}

function reasonsOf(none: readonly NoCell[]): string[] {
  if (none.length === 0) return [];
  const groups = Map.groupBy(none, ({ fault, cannot }) => `${fault.title}: ${cannot}`);
  return [
    "Cells that cannot occur:",
    "",
    ...[...groups].map(([reason, cells]) =>
      `- ${cells.map(({ phase }) => phase).join(", ")}: ${reason}`
    ),
  ];
}
