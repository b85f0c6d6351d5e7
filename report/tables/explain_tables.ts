/** What the trials of `--explain` counted: a table for each case, and every figure in a row of its own. */

import { type Counter, COUNTERS } from "../../measure/explain/counters.ts";
import { median } from "../../measure/statistics/statistics.ts";
import type {
  CaseDescription,
  CompletedTrial,
  Explanation,
  Figure,
  Result,
  ScenarioDescription,
  ServerDescription,
} from "../../measure/model/result.ts";
import { namer } from "../summary/names.ts";
import { decimalsOf, oneLine, uncapitalized } from "../summary/text.ts";
import { hasMany } from "./field_table.ts";
import {
  type Cell,
  type Column,
  measured,
  type Row,
  type Section,
  type Table,
  textColumns,
  words,
} from "./table.ts";

const ALL: readonly Counter[] = COUNTERS;
const PERCENT = 100;
/** A thousandth of a system call says enough; what would be shown as 0 then has all that numbers have. */
const MOST_DECIMALS = 4;
const LEAST_SHORT = 10 ** -MOST_DECIMALS;

const NOTE =
  "Counted in one more trial of each server, after the rounds, which is not scored: watching slows a server a little. " +
  "A message is a reply.";

/** What is in a row of such a table. */
interface Line {
  readonly group: string;
  readonly title: string;
  readonly unit: string;
  /** One for each server. */
  readonly cells: readonly Cell[];
}

/** A case with what was counted of each server; undefined for one that was not watched. */
interface ExplainedCase {
  readonly scenario: ScenarioDescription;
  readonly case: CaseDescription;
  readonly found: readonly (Explanation | undefined)[];
}

/** A section with a table for each case; none if nothing was watched. */
export function explainSections(result: Result): Section[] {
  const cases = explainedCases(result);
  if (cases.length === 0) return [];
  const isOnly = new Set(cases.map(({ scenario }) => scenario.id)).size === 1;
  return [{
    id: "explain",
    title: "Why",
    about: "What the servers did for each message: one more trial of each case, not scored.",
    tables: cases.map((one, place) => {
      const title = [...isOnly ? [] : [one.scenario.title], one.case.title].map(oneLine)
        .filter((part) => part !== "").join(", ");
      return tableOfCase(result, one, place, title === "" ? oneLine(one.scenario.title) : title);
    }),
  }];
}

function explainedCases({ explanations = [], scenarios, servers }: Result): ExplainedCase[] {
  return scenarios.flatMap((scenario) =>
    scenario.cases.flatMap((one): ExplainedCase[] => {
      const own = explanations.filter((each) =>
        each.scenario === scenario.id && each.case === one.id
      );
      if (own.length === 0) return [];
      const found = servers.map(({ id }) => own.find(({ server }) => server === id));
      return [{ scenario, case: one, found }];
    })
  );
}

/** Servers are columns; many are rows. What no server has is in the note, with the reason. */
function tableOfCase(result: Result, one: ExplainedCase, place: number, title: string): Table {
  const counted = ALL.map((counter) => ({ counter, line: lineOf(counter, one) }));
  const hasAny = ({ cells }: Line): boolean => cells.some(({ value }) => value !== null);
  const isKnown = one.found.some((each) => each !== undefined && each.failed === undefined);
  const lines = [
    ...trialLines(result, one),
    ...counted.map(({ line }) => line).filter(hasAny),
  ];
  const missing = isKnown ? counted.filter(({ line }) => !hasAny(line)) : [];
  const table = { id: `explain-${place + 1}`, title, empty: "" };
  const note = [NOTE, ...missingWords(missing)].join(" ");
  const { servers } = result;
  return hasMany(result)
    ? { ...table, note, ...serversDown(servers, lines) }
    : { ...table, note, ...serversAcross(servers, lines) };
}

function serversAcross(
  servers: readonly ServerDescription[],
  lines: readonly Line[],
): Pick<Table, "columns" | "rows" | "keyColumns"> {
  return {
    columns: [
      ...textColumns("Group", "Counted", "Unit"),
      ...servers.map(({ title }): Column => ({ title: oneLine(title), kind: "number" })),
    ],
    keyColumns: 2,
    rows: lines.map(({ group, title, unit, cells }) => [
      ...[group, title, unit].map(words),
      ...cells,
    ]),
  };
}

function serversDown(
  servers: readonly ServerDescription[],
  lines: readonly Line[],
): Pick<Table, "columns" | "rows" | "keyColumns"> {
  return {
    columns: [
      ...textColumns("Server"),
      ...lines.map(({ title, unit }): Column => ({ title, unit, kind: "number" })),
    ],
    keyColumns: 1,
    rows: servers.map(({ title }, place) => [
      words(title),
      ...lines.map(({ cells }) => cells[place]!),
    ]),
  };
}

/** How the trial itself went, for those who ask what watching cost. */
function trialLines(result: Result, { scenario, case: { id }, found }: ExplainedCase): Line[] {
  const group = "While it was watched";
  const rates = found.map((each): Figure =>
    each === undefined || each.failed !== undefined || each.windowMs <= 0
      ? { absent: whyUnknown(each) ?? "there was no window" }
      : each.replies / each.windowMs * 1000
  );
  const shares = found.map((each, place): Figure => {
    const rate = rates[place]!;
    if (typeof rate !== "number") return rate;
    const scored = scoredRate(result, scenario.id, id, each!.server);
    return scored > 0 ? rate / scored : { absent: "no message was answered in the rounds" };
  });
  return [
    { group, title: "Rate", unit: "messages/s", cells: rates.map((rate) => cellOf(rate)) },
    {
      group,
      title: "Of the rounds' rate",
      unit: "%",
      cells: shares.map((share) => cellOf(share, PERCENT)),
    },
  ];
}

/** Messages per second in the scored trials of a case on a server: the median; 0 if none completed. */
function scoredRate({ trials }: Result, scenario: string, one: string, server: string): number {
  const rates = trials.filter((trial): trial is CompletedTrial =>
    trial.state === "completed" && trial.round > 0 && trial.scenario === scenario &&
    trial.case === one && trial.server === server
  ).map(({ counts, phases }) => counts.replies / phases.windowMs * 1000);
  return rates.length === 0 ? 0 : median(rates);
}

function lineOf({ id, group, title, unit }: Counter, { found }: ExplainedCase): Line {
  return {
    group,
    title,
    unit,
    cells: found.map((each) => {
      const reason = whyUnknown(each);
      const figure = each?.counters[id] ?? { absent: "it is not counted of this server" };
      return cellOf(reason === undefined ? figure : { absent: reason });
    }),
  };
}

/** Why nothing is known of a server; undefined if something is. */
function whyUnknown(each: Explanation | undefined): string | undefined {
  if (each === undefined) return "it was not watched";
  return each.failed === undefined ? undefined : `its trial failed: ${uncapitalized(each.failed)}`;
}

function cellOf(figure: Figure, scale: number = 1): Cell {
  const cell = measured(figure, scale);
  if (typeof cell.value !== "number") return cell;
  const decimals = decimalsOf(cell.value);
  return cell.value < LEAST_SHORT ? cell : { ...cell, decimals: Math.min(MOST_DECIMALS, decimals) };
}

/** `Not counted: instructions, cycles (this machine does not count it).`, a sentence for all reasons. */
function missingWords(
  missing: readonly { readonly counter: Counter; readonly line: Line }[],
): string[] {
  const said = missing.map(({ counter: { title }, line: { cells } }) => ({
    title: uncapitalized(title),
    reason: [...new Set(cells.map(({ note = "" }) => note))].join("; "),
  }));
  const byReason = [...Map.groupBy(said, ({ reason }) => reason)].map(([reason, those]) =>
    `${those.map(({ title }) => title).join(", ")} (${reason})`
  );
  return byReason.length === 0 ? [] : [`Not counted: ${byReason.join("; ")}.`];
}

/** Every counter of every case and server in a row of its own, for programs. */
export function explainLongTable(result: Result): Table | undefined {
  const { explanations = [] } = result;
  if (explanations.length === 0) return undefined;
  const name = namer(result);
  const rows = explanations.flatMap((one): Row[] => {
    const names = name({ ...one, trial: 0, round: 0 });
    const place = [one.scenario, one.case, names.case, one.server, names.server];
    const known = ALL.filter(({ id }) => one.counters[id] !== undefined);
    if (one.failed !== undefined) {
      return [[...place, "", "", "", ""].map(words).concat({ value: null }, words(one.failed))];
    }
    return known.map(({ id, group, title, unit }): Row => {
      const { value, note } = measured(one.counters[id]);
      return [...[...place, id, group, title, unit].map(words), { value }, words(note)];
    });
  });
  return {
    id: "explain",
    title: "Why",
    columns: [
      ...textColumns("scenario", "case", "case_title", "server", "server_title"),
      ...textColumns("counter", "group", "title", "unit"),
      { title: "value", kind: "number" },
      ...textColumns("note"),
    ],
    keyColumns: 6,
    rows,
    empty: "",
  };
}
