/** CPUs that the user gives to the server and to the generator. */

import type { Settings } from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { cut, shown } from "../../measure/text/shown.ts";
import { parseCpuList } from "../machine/cpu_list.ts";
import type { System } from "../machine/system.ts";
import { UsageError } from "../usage.ts";

/** Lists of CPUs as Linux writes them: `0-3,8`. A side without one has the cores that the other leaves. */
export interface GivenCpus {
  /** The CPUs of the server. */
  readonly server?: string;
  /** The CPUs of the generator, or of all generators together. */
  readonly generator?: string;
}

/** Who can be given CPUs. */
export const SIDES = ["server", "generator"] as const;

/** More than any kernel of Linux is built for. */
const MOST_CPU = 65_535;
/** The most of a list that an error shows, in characters. */
const SHOWN = 60;

/**
 * Pins server and generator to the CPUs that the user gives.
 *
 * @param cores the CPUs that this process may use, by their cores
 * @throws {UsageError} for a list that cannot be read, CPUs that are not there or may not be used, and those that both have
 */
export function pinnedByHand(
  { server, generator }: GivenCpus,
  cores: readonly (readonly number[])[],
  system: System,
): Settings["pinning"] {
  const usable = cores.flat();
  const read = (side: typeof SIDES[number], list: string | undefined): number[] | undefined => {
    if (list === undefined) return undefined;
    const cpus = readList(side, list);
    checkUsable(side, cpus, usable, system);
    return cpus;
  };
  const given = { server: read("server", server), generator: read("generator", generator) };
  const both = given.server?.filter((cpu) => given.generator?.includes(cpu)) ?? [];
  if (both.length > 0) {
    throw new UsageError(
      `--cpus gives ${named(both)} to the server and to the generator: give each its own`,
    );
  }
  const rest = (side: typeof SIDES[number], others: readonly number[]): number[] => {
    const whole = cores.filter((core) => core.every((cpu) => !others.includes(cpu))).flat();
    const left = whole.length > 0 ? whole : usable.filter((cpu) => !others.includes(cpu));
    if (left.length > 0) return left;
    throw new UsageError(
      `--cpus leaves no CPU to the ${side}: there are ${cpuRanges(usable)}`,
    );
  };
  return {
    server: given.server ?? rest("server", given.generator ?? []),
    generator: given.generator ?? rest("generator", given.server ?? []),
    reason: "--cpus was given",
  };
}

function readList(side: string, list: string): number[] {
  const ranges = list.split(",").map((range) => /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range));
  const isRight = ranges.every((range) => {
    const [, first, last = first] = range ?? [];
    return Number(first) <= Number(last) && Number(last) <= MOST_CPU;
  });
  if (isRight) return [...new Set(parseCpuList(list))];
  throw new UsageError(
    `The CPUs of the ${side} (--cpus) must be numbers and ranges of them, as 0-3,8: received "${
      shown(list, SHOWN)
    }"`,
  );
}

function checkUsable(
  side: string,
  cpus: readonly number[],
  usable: readonly number[],
  system: System,
): void {
  const online = system.read("/sys/devices/system/cpu/online");
  const missing = online === null ? [] : outside(cpus, parseCpuList(online));
  if (missing.length > 0) {
    throw new UsageError(
      `--cpus gives the ${side} ${named(missing)}, which this machine does not have: it has ${
        online!.trim()
      }`,
    );
  }
  const forbidden = outside(cpus, usable);
  if (forbidden.length === 0) return;
  throw new UsageError(
    `--cpus gives the ${side} ${
      named(forbidden)
    }, which wsmark may not use: its affinity and its control group ` +
      `allow ${cpuRanges(usable)}`,
  );
}

function outside(cpus: readonly number[], all: readonly number[]): number[] {
  const there = new Set(all);
  return cpus.filter((cpu) => !there.has(cpu));
}

function named(cpus: readonly number[]): string {
  return `${cpus.length === 1 ? "CPU" : "CPUs"} ${cut(cpuRanges(cpus), SHOWN)}`;
}
