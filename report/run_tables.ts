/**
 * The run itself: machine, settings, servers, clients and the findings about the measurement.
 *
 * @module
 */

import type { Absent, Fact, Result, Settings, TrialIdentity } from "../measure/result.ts";
import { findings } from "./findings.ts";
import { namer } from "./names.ts";
import { type Cell, type Column, measured, type Row, type Table, words } from "./table.ts";

const BYTE_UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;
const EMPTY: Cell = { value: null };

/** The machine and the software. */
export function hardwareTable(result: Result): Table {
  return {
    id: "hardware",
    title: "Hardware",
    columns: [
      { title: "Group", kind: "text" },
      { title: "Name", kind: "text" },
      { title: "Value", kind: "text" },
      { title: "Unit", kind: "text" },
      { title: "Note", kind: "text" },
    ],
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

/** A number and its unit; bytes in the unit that leaves the fewest digits. */
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

const SETTING_COLUMNS: readonly Column[] = [
  { title: "Setting", kind: "text" },
  { title: "Value", kind: "text" },
  { title: "Unit", kind: "text" },
];

/** What the run was asked to do, and how far it came. */
export function runTable(result: Result): Table {
  const { settings, trials } = result;
  const failed = trials.filter(({ state }) => state === "failed").length;
  const rows: readonly (readonly [string, Cell, string?])[] = [
    ["Version of wsmark", words(result.wsmark)],
    ["State", words(result.state)],
    ["Started", { value: result.startedAt, kind: "time" }, "UTC"],
    ["Ended", ended(result), "UTC"],
    ["Command", words(settings.command)],
    ["Profile", words(settings.profile)],
    ["Rounds", { value: settings.rounds, kind: "integer" }],
    ["Warm-up", number(settings.warmupMs), "ms"],
    ["Measured window", number(settings.durationMs), "ms"],
    ["Seed", { value: settings.seed, kind: "identifier" }],
    ["CPUs of the server", pinned(settings.pinning, "server")],
    ["CPUs of the generator", pinned(settings.pinning, "generator")],
    ["Trials planned", { value: result.planned, kind: "integer" }],
    ["Trials ended", { value: trials.length, kind: "integer" }],
    ["Trials failed", {
      value: failed,
      kind: "integer",
      ...(failed > 0 ? { mark: "failed" } : {}),
    }],
  ];
  return {
    id: "run",
    title: "Run",
    columns: SETTING_COLUMNS,
    keyColumns: 1,
    rows: rows.map(([name, value, unit]) => [words(name), value, words(unit)]),
    empty: "",
  };
}

function ended({ endedAt }: Result): Cell {
  if (endedAt === undefined) return { value: null, note: "the run had not ended" };
  return { value: endedAt, kind: "time" };
}

function pinned(pinning: Settings["pinning"], who: "server" | "generator"): Cell {
  return isAbsent(pinning)
    ? words(`not pinned: ${pinning.absent}`)
    : words(pinning[who].join(", "));
}

function isAbsent(pinning: Settings["pinning"]): pinning is Absent {
  return "absent" in pinning;
}

/** The servers in their own words. */
export function serversTable(result: Result): Table {
  return {
    id: "servers",
    title: "Servers",
    columns: [
      { title: "Server", kind: "text" },
      { title: "Protocol", kind: "text" },
      { title: "Runtime", kind: "text" },
      { title: "Library", kind: "text" },
      { title: "Notes", kind: "text" },
    ],
    keyColumns: 1,
    rows: result.servers.map(({ title, protocol, runtime, library, notes }) => [
      words(title),
      words(protocol),
      words(runtime),
      words(library),
      words(notes?.join(" ")),
    ]),
    empty: "The run has no servers.",
  };
}

/** The clients that drove them. */
export function clientsTable(result: Result): Table {
  return {
    id: "clients",
    title: "Clients",
    columns: [
      { title: "Client", kind: "text" },
      { title: "Library", kind: "text" },
      { title: "Notes", kind: "text" },
    ],
    keyColumns: 1,
    rows: result.clients.map(({ title, library, notes }) => [
      words(title),
      words(library),
      words(notes?.join(" ")),
    ]),
    empty: "No client has been used.",
  };
}

/** The findings about the measurement, one row for each place where one occurred. */
export function warningsTable(result: Result): Table {
  const name = namer(result);
  const placeOf = ({ scenario, case: one, server }: TrialIdentity): string =>
    JSON.stringify([scenario, one, server]);
  return {
    id: "warnings",
    title: "Warnings",
    columns: [
      { title: "Finding", kind: "text" },
      { title: "Advice", kind: "text" },
      { title: "Scenario", kind: "text" },
      { title: "Case", kind: "text" },
      { title: "Server", kind: "text" },
      { title: "Trials", kind: "integer" },
    ],
    keyColumns: 1,
    rows: findings(result, placeOf).map(({ finding, advice, trials }) => {
      const [first] = trials;
      const said = [words(finding), words(advice)];
      if (first === undefined) return [...said, words("the whole run"), EMPTY, EMPTY, EMPTY];
      const { scenario, case: one, server } = name(first);
      return [...said, words(scenario), words(one), words(server), { value: trials.length }];
    }),
    empty: "There are no warnings.",
  };
}
