/** What must be the same in two runs for their figures to be joined, and what is only told where it changes. */

import type { Result, Settings } from "../model/result.ts";

/** Facts that make a machine another one. */
const MACHINE = [
  ["Processor", "Model"],
  ["Processor", "Logical CPUs available"],
  ["Container limits", "CPU quota"],
  ["Memory", "Total"],
  ["Operating system", "Name"],
] as const;

const GIB = 2 ** 30;

function factOf({ machine }: Result, group: string, name: string): string | undefined {
  const fact = machine.find((one) => one.group === group && one.name === name);
  if (fact === undefined || typeof fact.value === "object" || fact.value === "none") {
    return undefined;
  }
  const { value, unit } = fact;
  // The kernel keeps some memory for itself, not always the same amount.
  if (typeof value === "number" && unit === "bytes") return `${Math.round(value / GIB)} GiB`;
  if (name === "Logical CPUs available") return `${value} CPUs`;
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

/** Settings that make figures others: how the load is made, and for how long. */
function loadOf(
  { engine, generators, sources, agents, pinning, class: setUp, workers, durationMs, warmupMs }:
    Settings,
): string[] {
  return [
    `engine ${engine.id}`,
    ...(generators === 1 ? [] : [`${generators} generators`]),
    ...(sources === undefined ? [] : [`from ${sources.join(", ")}`]),
    ...(agents === undefined ? [] : [`agents ${agents.ids.join(", ")}`]),
    ...("absent" in pinning ? ["not pinned"] : []),
    ...(setUp === undefined ? [] : [`class ${setUp}`]),
    ...(workers === undefined ? [] : [`${workers} workers`]),
    `${durationMs / 1000} s after ${warmupMs / 1000} s`,
  ];
}

/** Machine and settings in words: runs in which they are the same can be compared. */
export function machineOf(result: Result): string {
  const facts = MACHINE.flatMap(([group, name]) => factOf(result, group, name) ?? []);
  return [...facts, ...loadOf(result.settings)].join(", ");
}

/** Versions of what a run is made of, by name. */
export function versionsOf(result: Result): Record<string, string> {
  const { wsmark, servers, clients } = result;
  const entries = [
    ["wsmark", wsmark],
    ["Deno", factOf(result, "Software", "Deno")],
    ["Kernel", factOf(result, "Operating system", "Kernel")],
    ...servers.map(({ id, runtime, library }) => [
      id,
      [runtime, library].filter((one) => one !== undefined).join(", "),
    ]),
    ...clients.map(({ id, library }) => [`client ${id}`, library]),
  ];
  return Object.fromEntries(
    entries.filter(([, version]) => version !== undefined && version !== ""),
  );
}
