/** Every trial, and the window of every trial in slices. */

import type {
  CompletedTrial,
  MetricDefinition,
  Result,
  TimelineSlice,
  Trial,
} from "../../measure/model/result.ts";
import type { CountWords } from "../../measure/record/accounts/account.ts";
import { ACCOUNTS, type CountedAccount } from "../../measure/record/accounts/mod.ts";
import { namer, type Names } from "../summary/names.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import { WRONG_COLUMNS, wrongCell } from "../summary/standings.ts";
import {
  type Cell,
  EMPTY,
  type Field,
  figureFields,
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

/** A column for completed trials; the cell of a failed trial is empty. */
type TrialField = Field<CompletedTrial>;

const PHASES = figureFields<CompletedTrial>({ unit: "ms", kind: "number", decimals: 0 }, {
  "Start": ({ phases }) => phases.startMs,
  "Connect": ({ phases }) => phases.connectMs,
  "Warm-up": ({ phases }) => phases.warmupMs,
  "Window": ({ phases }) => phases.windowMs,
  "Drain": ({ phases }) => phases.drainMs,
  "Stop": ({ phases }) => phases.stopMs,
});

/** What the accounts of the trials counted. */
function accountFields({ trials }: Result): TrialField[] {
  return ACCOUNTS.flatMap(({ name, counts }) => {
    const countsOf = (trial: Trial): Readonly<Record<string, number | null>> | undefined =>
      trial.state === "completed" ? trial[name as CountedAccount] : undefined;
    if (trials.every((trial) => countsOf(trial) === undefined)) return [];
    return Object.entries<CountWords>(counts).map(([key, { title, unit }]): TrialField => [
      unit === undefined
        ? { title, kind: "integer" }
        : { title, unit, kind: "number", decimals: 0 },
      (trial) => measured(countsOf(trial)?.[key]),
    ]);
  });
}

const COUNTS: readonly TrialField[] = [
  ...figureFields<CompletedTrial>({ kind: "integer" }, {
    Sent: ({ counts }) => counts.sent,
    Replies: ({ counts }) => counts.replies,
    Handshakes: ({ counts }) => counts.handshakes,
  }),
  ...WRONG_COLUMNS.map((
    column,
    index,
  ): TrialField => [column, ({ integrity }) => wrongCell(integrity[WRONG_WAYS[index]!])]),
];

const AFTER_METRICS: readonly TrialField[] = [
  ...figureFields<CompletedTrial>({ unit: "% of a core", kind: "number", decimals: 1 }, {
    "Server CPU": ({ cpu }) => cpu.server.share,
    "Generator CPU": ({ cpu }) => cpu.generator.share,
  }, PERCENT),
  ...figureFields<CompletedTrial>({ unit: "MiB", kind: "number", decimals: 1 }, {
    "Memory before": ({ memory }) => memory.before,
    "Memory peak": ({ memory }) => memory.peak,
    "Memory after": ({ memory }) => memory.after,
  }, 1 / MIB),
  ...figureFields<CompletedTrial>({ unit: "% of the window", kind: "number", decimals: 1 }, {
    "Server waited": ({ noise }) => noise.serverWait,
    "Generator waited": ({ noise }) => noise.generatorWait,
    "Stolen": ({ noise }) => noise.stolen,
  }, PERCENT),
  ...textFields<CompletedTrial>({
    Warnings: ({ warnings }) => warnings.map(({ kind }) => kind).join(", "),
  }),
];

/** Every trial, in the order in which they ran. */
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

const SLICE_FIELDS = [
  ...figureFields<TimelineSlice>({ unit: "ms", kind: "number", decimals: 0 }, {
    "At": ({ atMs }) => atMs,
    "Length": ({ lengthMs }) => lengthMs,
  }),
  ...figureFields<TimelineSlice>({ kind: "integer" }, {
    "Count": ({ count }) => count,
    "Offered": ({ offered }) => offered ?? null,
    "Connections": ({ connections }) => connections ?? null,
  }),
  ...figureFields<TimelineSlice>({ unit: "1/s", kind: "number", decimals: 0 }, {
    "Rate": ({ count, lengthMs }) => lengthMs > 0 ? (count / lengthMs) * 1000 : null,
  }),
  ...figureFields<TimelineSlice>({ unit: "ms", kind: "number" }, {
    "Mean": ({ meanMs }) => meanMs,
    "p50": ({ p50Ms }) => p50Ms,
    "p99": ({ p99Ms }) => p99Ms,
    "Max": ({ maxMs }) => maxMs,
  }),
];

/** The windows of all completed trials, in slices of 100 ms. */
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
    ...SLICE_FIELDS.map(([, cell]) => cell(slice)),
  ]);
}
