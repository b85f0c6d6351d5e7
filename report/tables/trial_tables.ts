/** Every trial, and every trial's window in slices. */

import type {
  CompletedTrial,
  Figure,
  MetricDefinition,
  Result,
  TimelineSlice,
  Trial,
} from "../../measure/model/result.ts";
import type { CountWords } from "../../measure/record/accounts/account.ts";
import { ACCOUNTS, type CountedAccount } from "../../measure/record/accounts/mod.ts";
import { namer, type Names } from "../summary/names.ts";
import { WRONG_COLUMNS, WRONG_WAYS, wrongCell } from "../summary/standings.ts";
import {
  type Cell,
  type Column,
  EMPTY,
  type Field,
  heading,
  measured,
  metricColumn,
  type Row,
  type Table,
  textColumns,
  textFields,
  words,
} from "./table.ts";

const MIB = 2 ** 20;
const PERCENT = 100;

/** A column of completed trials; the cell of a failed one is empty. */
type TrialField = Field<CompletedTrial>;

/** Columns of figures that share a unit, by their headings. */
function figureFields(
  column: Omit<Column, "title">,
  scale: number,
  figures: Readonly<Record<string, (trial: CompletedTrial) => Figure | undefined>>,
): TrialField[] {
  return Object.entries(figures).map((
    [title, read],
  ) => [{ title, ...column }, (trial) => measured(read(trial), scale)]);
}

const PHASES = figureFields({ unit: "ms", kind: "number", decimals: 0 }, 1, {
  "Start": ({ phases }) => phases.startMs,
  "Connect": ({ phases }) => phases.connectMs,
  "Warm-up": ({ phases }) => phases.warmupMs,
  "Window": ({ phases }) => phases.windowMs,
  "Drain": ({ phases }) => phases.drainMs,
  "Stop": ({ phases }) => phases.stopMs,
});

/** What the accounts of the trials have counted. */
function accountFields({ trials }: Result): TrialField[] {
  return ACCOUNTS.flatMap(({ name, counts }) => {
    const countsOf = (trial: Trial): Readonly<Record<string, number | null>> | undefined =>
      trial.state === "completed" ? trial[name as CountedAccount] : undefined;
    if (trials.every((trial) => countsOf(trial) === undefined)) return [];
    return Object.entries<CountWords>(counts).map(([key, { title, unit }]): TrialField => [
      unit === undefined
        ? { title, kind: "integer" }
        : { title, unit, kind: "number", decimals: 0 },
      (trial) => measured(countsOf(trial)?.[key] ?? undefined),
    ]);
  });
}

const COUNTS: readonly TrialField[] = [
  ...figureFields({ kind: "integer" }, 1, {
    Sent: ({ counts }) => counts.sent,
    Replies: ({ counts }) => counts.replies,
    Handshakes: ({ counts }) => counts.handshakes,
  }),
  ...WRONG_WAYS.map((
    way,
    index,
  ): TrialField => [WRONG_COLUMNS[index]!, ({ integrity }) => wrongCell(integrity[way])]),
];

const AFTER_METRICS: readonly TrialField[] = [
  ...figureFields({ unit: "% of a core", kind: "number", decimals: 1 }, PERCENT, {
    "Server CPU": ({ cpu }) => cpu.server.share,
    "Generator CPU": ({ cpu }) => cpu.generator.share,
  }),
  ...figureFields({ unit: "MiB", kind: "number", decimals: 1 }, 1 / MIB, {
    "Memory before": ({ memory }) => memory.before,
    "Memory peak": ({ memory }) => memory.peak,
    "Memory after": ({ memory }) => memory.after,
  }),
  ...figureFields({ unit: "% of the window", kind: "number", decimals: 1 }, PERCENT, {
    "Server waited": ({ noise }) => noise.serverWait,
    "Generator waited": ({ noise }) => noise.generatorWait,
    "Stolen": ({ noise }) => noise.stolen,
  }),
  ...textFields<CompletedTrial>({
    Warnings: ({ warnings }) => warnings.map(({ kind }) => kind).join(", "),
  }),
];

/** Every trial in the order in which they ran. */
export function trialsTable(result: Result): Table {
  const name = namer(result);
  const before = [...PHASES, ...accountFields(result), ...COUNTS];
  const own = new Set([...before, ...AFTER_METRICS].map(([column]) => heading(column)));
  const metrics = metricFields(result).filter(([column]) => !own.has(heading(column)));
  const fields = [...before, ...metrics, ...AFTER_METRICS];
  return {
    id: "trials",
    title: "Trials",
    note:
      "One row per trial, in the order in which they ran. Lost to Corrupted count the whole trial, all else the window.",
    columns: [
      { title: "Trial", kind: "integer" },
      { title: "Round", kind: "integer" },
      { title: "Started at", unit: "UTC", kind: "time" },
      ...textColumns("Server", "Client", "Scenario", "Case", "State", "Reason"),
      ...fields.map(([column]) => column),
    ],
    keyColumns: 1,
    rows: result.trials.map((trial) => trialRow(trial, name(trial), fields)),
    empty: "No trial has ended.",
  };
}

/** Scenarios may use one id for metrics of different units: a column is an id with its title and unit. */
function metricFields(result: Result): TrialField[] {
  const scenarios = new Map(result.scenarios.map((scenario) => [scenario.id, scenario.metrics]));
  const same = (a: MetricDefinition, b: MetricDefinition): boolean =>
    a.id === b.id && a.title === b.title && a.unit === b.unit;
  const union: MetricDefinition[] = [];
  for (const metric of [...scenarios.values()].flat()) {
    if (!union.some((known) => same(known, metric))) union.push(metric);
  }
  return union.map((metric) => [
    metricColumn(metric),
    (trial) =>
      scenarios.get(trial.scenario)?.some((own) => same(own, metric))
        ? measured(trial.metrics[metric.id])
        : EMPTY,
  ]);
}

function trialRow(trial: Trial, names: Names, fields: readonly TrialField[]): Row {
  const identity: Cell[] = [
    { value: trial.trial },
    { value: trial.round },
    { value: trial.startedAt },
    words(names.server),
    words(names.client),
    words(names.scenario),
    words(names.case),
  ];
  if (trial.state === "completed") {
    return [...identity, words("completed"), EMPTY, ...fields.map(([, cell]) => cell(trial))];
  }
  const reason: Cell = { ...words(trial.reason), mark: "failed" };
  return [...identity, { value: "failed", mark: "failed" }, reason, ...fields.map(() => EMPTY)];
}

/** The columns of a slice of the timeline. */
const SLICE_FIELDS: readonly (readonly [Column, (slice: TimelineSlice) => number | null])[] = [
  [{ title: "At", unit: "ms", kind: "number", decimals: 0 }, ({ atMs }) => atMs],
  [{ title: "Length", unit: "ms", kind: "number", decimals: 0 }, ({ lengthMs }) => lengthMs],
  [{ title: "Count", kind: "integer" }, ({ count }) => count],
  [
    { title: "Rate", unit: "1/s", kind: "number", decimals: 0 },
    ({ count, lengthMs }) => lengthMs > 0 ? (count / lengthMs) * 1000 : null,
  ],
  [{ title: "Mean", unit: "ms", kind: "number" }, ({ meanMs }) => meanMs],
  [{ title: "p50", unit: "ms", kind: "number" }, ({ p50Ms }) => p50Ms],
  [{ title: "p99", unit: "ms", kind: "number" }, ({ p99Ms }) => p99Ms],
  [{ title: "Max", unit: "ms", kind: "number" }, ({ maxMs }) => maxMs],
];

/** The windows of all completed trials in slices of 100 ms. */
export function timelineTable(result: Result): Table {
  const name = namer(result);
  return {
    id: "timeline",
    title: "Timeline",
    note:
      "Replies read (handshakes finished, where the scenario sends no messages) and their latency, by time since the window began.",
    columns: [
      { title: "Trial", kind: "integer" },
      ...textColumns("Server", "Scenario", "Case"),
      { title: "Round", kind: "integer" },
      ...SLICE_FIELDS.map(([column]) => column),
    ],
    keyColumns: 1,
    rows: result.trials.flatMap((trial) =>
      trial.state === "failed" ? [] : sliceRows(trial, name(trial))
    ),
    empty: result.trials.length === 0 ? "No trial has ended." : "No trial has completed.",
  };
}

function sliceRows(trial: CompletedTrial, names: Names): Row[] {
  const before: Cell[] = [
    { value: trial.trial },
    words(names.server),
    words(names.scenario),
    words(names.case),
  ];
  return trial.timeline.map((slice) => [
    ...before,
    { value: trial.round },
    ...SLICE_FIELDS.map(([, read]) => measured(read(slice) ?? undefined)),
  ]);
}
