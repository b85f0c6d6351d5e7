/**
 * Verdicts at a glance: a sign and a word beside the colour, for who cannot tell the colours or prints in black.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { isBetter, type Verdict } from "../../measure/judge/verdicts.ts";
import { summaryOf } from "../summary/summary.ts";
import type { Cell, Row, Section, Table } from "../tables/table.ts";
import { oneLine } from "../summary/text.ts";
import { groupedVerdicts } from "../tables/verdict_tables.ts";

/** What a verdict claims of a server against the baseline. */
export type Sign = "better" | "worse";

/** A cell with what a verdict claims of it. */
export interface SignedCell extends Cell {
  /** What is claimed; absent where nothing is. */
  readonly sign?: Sign;
}

/** The signs as characters that every font has. */
export const SIGNS = { better: "▲", worse: "▼" } as const satisfies Record<Sign, string>;

/** The claim about a cell; undefined for one without. */
export function signOf(cell: SignedCell): Sign | undefined {
  return cell.sign;
}

/** What a verdict claims; undefined where it claims no difference, or neither way is better. */
export function claimOf(verdict: Verdict | undefined): Sign | undefined {
  if (verdict === undefined || "absent" in verdict.judgement) return undefined;
  const better = isBetter(verdict.metric, verdict.judgement);
  return better === undefined ? undefined : better ? "better" : "worse";
}

/** Puts signs onto the cells of a section that verdicts are about: in the summary and in the table of verdicts. */
export function withSigns(result: Result, section: Section): Section {
  const sign = SIGNERS.get(section.id);
  return sign === undefined
    ? section
    : { ...section, tables: section.tables.map((table) => sign(result, table)) };
}

/** By id of the section; a map, as a scenario of somebody else's file may be called `toString`. */
const SIGNERS: ReadonlyMap<string, (result: Result, table: Table) => Table> = new Map([
  ["summary", signSummary],
  ["verdicts", signVerdicts],
]);

function signSummary(result: Result, table: Table): Table {
  const first = table.columns.findIndex(({ title }) => title === "Better") + 1;
  const claims = summaryOf(result).lines.map(({ primary }) =>
    primary.entries.map(({ verdict }) => claimOf(verdict))
  );
  if (!claims.flat().some((claim) => claim !== undefined)) return table;
  const { servers, settings } = result;
  const baseline = servers.find(({ id }) => id === settings.baseline)?.title ?? settings.baseline;
  const legend =
    `${SIGNS.better} ${SIGNS.worse}: better or worse than ${oneLine(baseline)}, as the sheet ` +
    "Verdicts says; without a sign no difference is shown, or none was judged.";
  return {
    ...table,
    note: table.note === undefined ? legend : `${table.note} ${legend}`,
    rows: table.rows.map((row, index) =>
      row.map((cell, at) => signed(cell, claims[index]?.[at - first]))
    ),
  };
}

function signVerdicts(result: Result, table: Table): Table {
  const groups = groupedVerdicts(result);
  const columns = [
    { aspect: "primary", at: table.columns.findIndex(({ title }) => title === "Verdict") },
    { aspect: "cpu", at: table.columns.findIndex(({ title }) => title === "CPU verdict") },
  ] as const;
  return {
    ...table,
    rows: table.rows.map((row, index): Row =>
      row.map((cell, at) => {
        const aspect = columns.find((column) => column.at === at)?.aspect;
        const claim = claimOf(groups[index]?.find((verdict) => verdict.aspect === aspect));
        return aspect === undefined || claim === undefined ? cell : spelled(cell, claim);
      })
    ),
  };
}

function signed(cell: Cell, sign: Sign | undefined): SignedCell {
  return sign === undefined ? cell : { ...cell, sign };
}

/** A cell of words with the sign as a word before them. */
function spelled(cell: Cell, sign: Sign): SignedCell {
  return { ...cell, value: `${SIGNS[sign]} ${sign}: ${cell.value ?? ""}`, sign };
}
