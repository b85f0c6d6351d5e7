/** The run itself: machine, settings, servers, clients and the findings about the measurement. */

import { RULES } from "../../measure/judge/judge.ts";
import type {
  Fact,
  Result,
  ServerDescription,
  Settings,
  TrialIdentity,
} from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { passedWords } from "../summary/conformance.ts";
import { findings } from "../summary/findings.ts";
import { repeatLine } from "../summary/repeat.ts";
import { roundsRun } from "../summary/lines.ts";
import { namer, titleOf } from "../summary/names.ts";
import { runTime } from "../summary/run_time.ts";
import { formatNumber } from "../summary/text.ts";
import {
  type Cell,
  EMPTY,
  type FactRow,
  factsTable,
  measured,
  type Row,
  type Table,
  tableOf,
  textColumns,
  textFields,
  words,
} from "./table.ts";

type LeftOut = NonNullable<Result["leftOut"]>[number];

const BYTE_UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

/** The machine and the software. */
export function hardwareTable(result: Pick<Result, "machine">): Table {
  return {
    id: "hardware",
    title: "Hardware",
    columns: textColumns("Group", "Name", "Value", "Unit", "Note"),
    keyColumns: 2,
    rows: result.machine.map(factRow),
    empty: "Nothing about the machine was recorded.",
  };
}

function factRow({ group, name, value, unit }: Fact): Row {
  const before = [words(group), words(name)];
  if (typeof value === "string") return [...before, words(value), words(unit), EMPTY];
  if (typeof value !== "number") return [...before, EMPTY, words(unit), words(value.absent)];
  return [...before, ...quantity(value, unit), EMPTY];
}

/** A number and its unit; bytes in the unit that needs the fewest digits. */
function quantity(value: number, unit: string | undefined): [Cell, Cell] {
  if (unit !== "bytes") return [number(value), words(unit)];
  const step = Math.min(
    BYTE_UNITS.length - 1,
    Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10),
  );
  return [number(value / 2 ** (10 * step)), words(BYTE_UNITS[step])];
}

function number(value: number): Cell {
  return Number.isInteger(value)
    ? { value, kind: "integer" }
    : { ...measured(value), kind: "number" };
}

/** What the run was asked to do, and how far it got. */
export function runTable(result: Result): Table {
  const { settings, trials } = result;
  const failed = trials.filter(({ state }) => state === "failed").length;
  const facts: readonly FactRow[] = [
    ["Version of wsmark", words(result.wsmark)],
    ["State", words(result.state)],
    ["Started", { value: result.startedAt, kind: "time" }, "UTC"],
    ["Ended", ended(result), "UTC"],
    ["Command", words(repeatLine(settings))],
    ["Profile", words(settings.profile)],
    ["Baseline", words(titleOf(result, settings.baseline))],
    ...(settings.class === undefined ? [] : [["Class", words(settings.class)] as const]),
    ...(settings.workers === undefined
      ? []
      : [["Workers", { value: settings.workers, kind: "integer" }] as const]),
    ["Rounds", { value: roundsRun(result), kind: "integer" }],
    ...(settings.until === undefined ? [] : [
      ["Rounds at most", { value: settings.rounds, kind: "integer" }] as const,
      ["Until rates are known to ±", { value: settings.until * 100, decimals: 1 }, "%"] as const,
    ]),
    ["Order of a round", words(settings.order ?? "shuffled")],
    ["Judged by the rules", words(RULES)],
    ["Warm-up", number(settings.warmupMs), "ms"],
    ["Measured window", number(settings.durationMs), "ms"],
    ["Seed", { value: settings.seed, kind: "identifier" }],
    ["CPUs of the server", pinned(settings.pinning, "server")],
    ["CPUs of the generator", pinned(settings.pinning, "generator")],
    ["Engine of the wire client", words(engineInWords(settings))],
    ...(settings.sources === undefined
      ? []
      : [["Connections come from", words(settings.sources.join(", "))] as const]),
    ["Generators", { value: settings.generators, kind: "integer" }],
    ...generatorFacts(result),
    ...(settings.agents === undefined ? [] : [
      ["Agents", words(settings.agents.ids.join(", "))] as const,
      ...(settings.agents.server === undefined
        ? []
        : [["Agent with the servers", words(settings.agents.server)] as const]),
      ["NATS of the agents", words(settings.agents.nats)] as const,
    ]),
    ["Trials planned", { value: result.planned, kind: "integer" }],
    ["Trials ended", { value: trials.length, kind: "integer" }],
    ["Trials failed", { value: failed, kind: "integer", ...(failed > 0 && { mark: "failed" }) }],
    ...timeFacts(result),
  ];
  return factsTable({ id: "run", title: "Run" }, "Setting", facts);
}

/** How the number of generators was found, if it was not given. */
function generatorFacts(result: Result): FactRow[] {
  const { generatorChoice } = result.settings;
  if (generatorChoice === undefined) return [];
  const { reason, tries, tookMs } = generatorChoice;
  return [
    ["Why so many generators", words(reason)],
    ...tries.map(({ generators, ceiling, fastest, server }): FactRow => [
      `Ceiling with ${generators} when they were chosen`,
      words(
        `${formatNumber(ceiling, 0)} per second; the fastest server, ${titleOf(result, server)}, ${
          formatNumber(fastest, 0)
        }`,
      ),
    ]),
    ...(tries.length === 0
      ? []
      : [["Choosing them took", number(tookMs / 1000), "s"] satisfies FactRow]),
  ];
}

/** How long the run took without its reports, and the share of each part. */
function timeFacts(result: Result): FactRow[] {
  const time = runTime(result);
  if ("absent" in time) return [["Took", { value: null, note: time.absent }, "s"]];
  const { totalMs, windowMs, warmupMs, connectMs, drainMs, processesMs, describingMs } = time;
  const share = (ms: number): string => `${(100 * ms / totalMs).toFixed(1)} %`;
  const parts = [
    `windows ${share(windowMs)}`,
    `warm-ups ${share(warmupMs)}`,
    `connecting and draining ${share(connectMs + drainMs)}`,
    `start and end of processes ${share(processesMs)}`,
    `describing servers ${share(describingMs)}`,
  ];
  return [
    ["Took", { value: totalMs / 1000, kind: "number", decimals: 1 }, "s"],
    ["Of that", words(parts.join(", "))],
  ];
}

function engineInWords({ engine: { id, reason } }: Settings): string {
  return reason === undefined ? id : `${id}: ${reason}`;
}

function ended({ endedAt }: Result): Cell {
  if (endedAt === undefined) return { value: null, note: "the run had not ended" };
  return { value: endedAt, kind: "time" };
}

function pinned(pinning: Settings["pinning"], who: "server" | "generator"): Cell {
  if ("absent" in pinning) return words(`not pinned: ${pinning.absent}`);
  const { reason } = pinning;
  return words(cpuRanges(pinning[who]) + (reason === undefined ? "" : ` (${reason})`));
}

/** What the servers say about themselves. */
export function serversTable({ servers }: Result): Table {
  return tableOf(
    { id: "servers", title: "Servers", keyColumns: 1, empty: "The run has no servers." },
    servers,
    textFields({
      Server: ({ title }) => title,
      Protocol: ({ protocol }) => protocol,
      Runtime: ({ runtime }) => runtime,
      Library: ({ library }) => library,
      ...(servers.some((server) => server.class !== undefined) && {
        Class: (server: ServerDescription) => server.class ?? "production",
      }),
      ...(servers.some(({ workers }) => workers !== undefined) && {
        Workers: ({ workers }: ServerDescription) => workers?.toString() ?? "its own default",
      }),
      ...(servers.some(({ conformance }) => conformance !== undefined) && {
        Conformance: ({ conformance }: ServerDescription) =>
          conformance && passedWords(conformance),
      }),
      Notes: ({ notes }) => notes?.join(" "),
    }),
  );
}

/** The table of the servers that could not be started; empty if all could. */
export function leftOutTables({ leftOut = [] }: Result): Table[] {
  if (leftOut.length === 0) return [];
  const about = { id: "left-out", title: "Servers left out", keyColumns: 1, empty: "" };
  const fields = { Server: ({ title }: LeftOut) => title, Reason: ({ reason }: LeftOut) => reason };
  return [tableOf(about, leftOut, textFields(fields))];
}

/** The clients that drove the servers. */
export function clientsTable({ clients }: Result): Table {
  return tableOf(
    { id: "clients", title: "Clients", keyColumns: 1, empty: "No client has been used." },
    clients,
    textFields({
      Client: ({ title }) => title,
      Library: ({ library }) => library,
      Notes: ({ notes }) => notes?.join(" "),
    }),
  );
}

/** The findings about the measurement, a row for each place where one occurred. */
export function warningsTable(result: Result): Table {
  const name = namer(result);
  const placeOf = ({ scenario, case: one, server }: TrialIdentity): string =>
    JSON.stringify([scenario, one, server]);
  const rows = findings(result, placeOf).map(({ finding, advice, trials }) => (
    { finding, advice, count: trials.length, names: trials[0] && name(trials[0]) }
  ));
  return tableOf(
    { id: "warnings", title: "Warnings", keyColumns: 1, empty: "There are no warnings." },
    rows,
    [
      ...textFields<typeof rows[0]>({
        Finding: ({ finding }) => finding,
        Advice: ({ advice }) => advice,
        Scenario: ({ names }) => names?.scenario ?? "the whole run",
        Case: ({ names }) => names?.case,
        Server: ({ names }) => names?.server,
      }),
      [{ title: "Trials", kind: "integer" }, ({ count }) => ({ value: count || null })],
    ],
  );
}
