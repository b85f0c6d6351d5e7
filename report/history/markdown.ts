/** A history as Markdown. */

import { plain, renderTable } from "../markdown/table.ts";
import { counted, formatTime, oneLine } from "../summary/text.ts";
import { changesTable, type History, levelsTable } from "./tables.ts";
import { headline } from "./words.ts";

/** The history as Markdown; all text of runs is escaped. */
export function renderHistoryMarkdown(history: History, version: string): string {
  const { machines, leftOut, from, to, runs } = history;
  return [
    `# History of ${counted(runs, "run")}`,
    `${formatTime(from)} to ${formatTime(to)} UTC. ${headline(history)}`,
    [
      ...machines.map(({ machine, runs }) =>
        `- ${counted(runs, "run")}: ${plain(oneLine(machine))}`
      ),
      ...leftOut.map((line) => `- ${plain(oneLine(line))}`),
    ].join("\n"),
    "## Changes",
    renderTable(changesTable(history)),
    "## Figures now",
    renderTable(levelsTable(history)),
    `Made by wsmark ${version}.`,
  ].join("\n\n") + "\n";
}
