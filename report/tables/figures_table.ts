/** The figures of the summary one by one: each with its interval, how it compares, and the CPU time beside it. */

import type { MetricDefinition, Result } from "../../measure/model/result.ts";
import { bestNote, detailOf, type Entry, type SummaryLine } from "../summary/lines.ts";
import { titleOf } from "../summary/names.ts";
import { summaryOf } from "../summary/summary.ts";
import { outcomeOf, signOf } from "../summary/verdicts.ts";
import { INTERVAL_NOTE } from "./comparison_tables.ts";
import {
  type Cell,
  type Column,
  EMPTY,
  type Field,
  type Table,
  tableOf,
  textFields,
  words,
} from "./table.ts";

/** A figure with its metric. */
interface Known {
  readonly metric: MetricDefinition;
  readonly entry: Entry;
}

/** A server in a case of the summary. */
interface Place {
  readonly line: SummaryLine;
  readonly primary: Known;
  readonly cpu: Known | undefined;
}

/** A row for each case and server of the summary. */
export function figuresTable(result: Result): Table {
  const places = summaryOf(result).lines.flatMap((line) =>
    line.primary.entries.map((entry, index): Place => ({
      line,
      primary: { metric: line.primary.metric, entry },
      cpu: line.cpu && { metric: line.cpu.metric, entry: line.cpu.entries[index]! },
    }))
  );
  // CPU time has the same unit in all scenarios.
  const cpuUnit = places.find(({ cpu }) => cpu !== undefined)?.cpu?.metric.unit;
  const { baseline } = result.settings;
  const against = (known: Known | undefined): Cell =>
    known === undefined ? EMPTY : againstCell(known.entry, baseline);
  const title = titleOf(result, baseline);
  return tableOf(
    {
      id: "figures",
      title: "Intervals, verdicts and CPU time",
      note:
        `${INTERVAL_NOTE} CPU time: of the server for a message, or for a handshake where no messages are sent.`,
      bestNote: bestNote(result),
      signNote: `better or worse than ${title}`,
      keyColumns: 3,
      empty: "The run has no cases.",
    },
    places,
    [
      ...textFields<Place>({
        Scenario: ({ line }) => line.scenario.title,
        Case: ({ line }) => line.case.title,
        Server: ({ primary }) => primary.entry.server.title,
        Metric: ({ primary }) => primary.metric.title,
      }),
      ...knownFields<Place>(["Figure", "Low", "High"], ({ primary }) => primary),
      ...textFields<Place>({ Unit: ({ primary }) => primary.metric.unit }),
      ...knownFields<Place>(["CPU time", "CPU low", "CPU high"], ({ cpu }) => cpu, cpuUnit),
      [{ title: `Against ${title}`, kind: "text" }, ({ primary }) => against(primary)],
      [{ title: `CPU time against ${title}`, kind: "text" }, ({ cpu }) => against(cpu)],
    ],
  );
}

/** A figure and the ends of its interval. */
function knownFields<T>(
  [figure, low, high]: readonly [string, string, string],
  read: (item: T) => Known | undefined,
  unit?: string,
): Field<T>[] {
  const column = (title: string): Column => (
    { title, kind: "number", ...(unit !== undefined && { unit }) }
  );
  const end = (title: string, which: "low" | "high"): Field<T> => [
    column(title),
    (item) => {
      const { interval, cell: { decimals } } = read(item)?.entry ?? { cell: EMPTY };
      return { value: interval?.[which] ?? null, ...(decimals !== undefined && { decimals }) };
    },
  ];
  return [
    [column(figure), (item) => figureCell(read(item)?.entry.cell ?? EMPTY)],
    end(low, "low"),
    end(high, "high"),
  ];
}

/** The table of the servers side by side says what was wrong with a figure. */
function figureCell(cell: Cell): Cell {
  if (cell.mark !== "wrong" || cell.value === null) return cell;
  const { note: _, ...rest } = cell;
  return rest;
}

/** How a figure compares with the baseline's: `−38 % (−41…−35)` with its sign, or a few words. */
function againstCell(entry: Entry, baseline: string): Cell {
  const { verdict } = entry;
  if (verdict === undefined) return words(entry.server.id === baseline ? "baseline" : "");
  const outcome = outcomeOf(verdict);
  const detail = detailOf(entry);
  if (detail === undefined || detail.kind === "same" || detail.kind === "level") {
    return words(outcome);
  }
  const change = detail.text.replace("? ", "");
  const { sign } = signOf(verdict);
  return sign === undefined ? words(`${outcome}: ${change}`) : { ...words(change), sign };
}
