/** What makes the comparison of two runs doubtful: another machine, other versions, other settings, too few rounds. */

import { type OptionNames, withoutCommonCase } from "./overlap.ts";
import type { Fact, Result, Settings } from "../model/result.ts";
import { cpuRanges } from "../text/cpu_ranges.ts";

/**
 * What to know before believing a difference between two runs, a line each; what differs is given with both values.
 *
 * @param options the options that set parameters, for the remedy
 */
export function doubtsOf(
  before: Result,
  after: Result,
  options: OptionNames = {},
): string[] {
  return [
    ...orderOf(before, after),
    ...FACTS.flatMap(([title, group, name]) =>
      differing(title, factOf(before, group, name), factOf(after, group, name))
    ),
    ...differing("wsmark", before.wsmark, after.wsmark),
    ...alike(serversOf(before, after)),
    ...alike(clientsOf(before, after)),
    ...SETTINGS.flatMap(([title, read]) =>
      differing(title, read(before.settings), read(after.settings))
    ),
    ...[["OLD", before] as const, ["NEW", after] as const]
      .filter(([, { state }]) => state !== "finished")
      .map(([name]) => `${name} was stopped before its end`),
    ...withoutCommonCase(before, after, options),
  ];
}

function orderOf(before: Result, after: Result): string[] {
  if (before.startedAt === after.startedAt) return ["OLD and NEW are the same run"];
  return before.startedAt > after.startedAt
    ? ["OLD began after NEW: the two may be in the wrong order"]
    : [];
}

function differing(title: string, before: string, after: string): string[] {
  return before === after ? [] : [`${title}: ${before} in OLD, ${after} in NEW`];
}

const FACTS: readonly (readonly [title: string, group: string, name: string])[] = [
  ["Processor", "Processor", "Model"],
  ["Logical CPUs", "Processor", "Logical CPUs available"],
  ["Physical cores", "Processor", "Physical cores"],
  ["CPU quota", "Container limits", "CPU quota"],
  ["Memory", "Memory", "Total"],
  ["Operating system", "Operating system", "Name"],
  ["Kernel", "Operating system", "Kernel"],
  ["Deno", "Software", "Deno"],
];

const UNKNOWN = "unknown";
const GIB = 2 ** 30;

function factOf({ machine }: Result, group: string, name: string): string {
  const fact: Fact | undefined = machine.find((one) => one.group === group && one.name === name);
  if (fact === undefined || typeof fact.value === "object") return UNKNOWN;
  const { value, unit } = fact;
  // The kernel keeps some memory for itself, not always the same amount.
  if (typeof value === "number" && unit === "bytes") return `${(value / GIB).toFixed(1)} GiB`;
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

/** A difference that several servers or clients may share. */
interface Difference {
  readonly what: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** One line for all that differ in the same way. */
function alike(differences: readonly Difference[]): string[] {
  const groups = Map.groupBy(
    differences,
    ({ what, before, after }) => JSON.stringify([what, before, after]),
  );
  return [...groups.values()].flatMap((group) => {
    const { what, before, after } = group[0]!;
    return differing(`${what} ${group.map(({ name }) => name).join(", ")}`, before, after);
  });
}

function serversOf(before: Result, after: Result): Difference[] {
  return pairs(before.servers, after.servers).flatMap(([a, b]) => [
    ...(["runtime", "library"] as const).map((which) => ({
      what: `${which === "runtime" ? "Runtime" : "Library"} of`,
      name: b.id,
      before: a[which] ?? UNKNOWN,
      after: b[which] ?? UNKNOWN,
    })),
    { what: "Client of", name: b.id, before: clientOf(before, b.id), after: clientOf(after, b.id) },
  ]);
}

/** Ids of the clients that drove a server. */
function clientOf({ trials }: Result, server: string): string {
  const own = trials.filter((trial) => trial.round > 0 && trial.server === server);
  return [...new Set(own.map(({ client }) => client))].sort().join(", ") || "none";
}

function clientsOf(before: Result, after: Result): Difference[] {
  return pairs(before.clients, after.clients).map(([a, b]) => ({
    what: "Library of the client",
    name: b.id,
    before: a.library,
    after: b.library,
  }));
}

function pairs<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): (readonly [T, T])[] {
  return after.flatMap((b) => {
    const a = before.find(({ id }) => id === b.id);
    return a === undefined ? [] : [[a, b] as const];
  });
}

const SETTINGS: readonly (readonly [title: string, read: (settings: Settings) => string])[] = [
  ["Engine of the client", ({ engine }) => engine.id],
  ["Addresses of the client", ({ sources = [] }) => sources.join(", ") || "any"],
  ["Generators", ({ generators }) => String(generators)],
  [
    "Pinning",
    ({ pinning }) =>
      "absent" in pinning
        ? "none"
        : `server on CPU ${cpuRanges(pinning.server)} and generator on CPU ${
          cpuRanges(pinning.generator)
        }`,
  ],
  ["Window", ({ durationMs }) => `${durationMs / 1000} s`],
  ["Warm-up", ({ warmupMs }) => `${warmupMs / 1000} s`],
];
