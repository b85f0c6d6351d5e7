/** What the machine gives: CPUs, what limits them, how fast they run, the clock, memory. */

import { FACTS } from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { cpuQuota } from "../machine/container.ts";
import type { describeMachine } from "../machine/machine.ts";
import type { System } from "../machine/system.ts";
import { choosePinning } from "../process/pinning.ts";
import type { Finding } from "./finding.ts";

type Facts = ReturnType<typeof describeMachine>;

const GIB = 2 ** 30;
/** What the scenario with most connections needs beside a server that holds much for each of them, in bytes. */
const AMPLE_MEMORY = 2 * GIB;
/** What Deno takes twice, for the run and its generator, and a small server, in bytes. */
const LEAST_MEMORY = GIB / 4;
/** The latency of one message over loopback is some 20 µs: a step of the clock must be far below, in nanoseconds. */
const FINE_STEP_NS = 1000;
const COARSEST_STEP_NS = 100_000;

/** Clock sources whose reading is a call into the kernel, and takes about as long as a message does. */
const SLOW_CLOCKS = /^(hpet|acpi_pm|jiffies|refined-jiffies)$/;

/**
 * Looks at what the machine has.
 *
 * @param facts what {@linkcode describeMachine} found
 */
export function machineFindings(system: System, facts: Facts): Finding[] {
  return [
    cpus(system),
    pinning(system),
    quota(system),
    governor(facts),
    ...clock(facts),
    memory(facts),
  ];
}

/** The value of a fact; undefined if it is absent or there is no such fact. */
function valueOf(facts: Facts, name: string): string | number | undefined {
  const value = facts.find((fact) => fact.name === name)?.value;
  return typeof value === "object" ? undefined : value;
}

function cpus(system: System): Finding {
  const name = "CPUs";
  const count = usableCpus(system);
  if (count >= 4) return { name, state: "good", said: `${count} may be used` };
  const remedy = "Compare servers with one another, and take a machine with 4 or more for figures";
  return count >= 2
    ? {
      name,
      state: "care",
      said: `${count} may be used: a server has ${
        count === 2 ? "one" : "two"
      }, and one that has several threads cannot show it`,
      remedy,
    }
    : {
      name,
      state: "not",
      said: "Only 1 may be used: a server and what makes its load take time from one another",
      remedy: "Allow a second one, or take a machine that has more",
    };
}

function usableCpus(system: System): number {
  const pinned = choosePinning({}, system);
  return "absent" in pinned
    ? navigator.hardwareConcurrency
    : pinned.server.length + pinned.generator.length;
}

function pinning(system: System): Finding {
  const name = "Pinning";
  const chosen = choosePinning({}, system);
  if ("absent" in chosen) {
    return {
      name,
      state: "care",
      said: `Server and generator are not kept apart: ${chosen.absent}`,
      ...(/taskset/.test(chosen.absent) && {
        remedy: "Install taskset (Debian: apt-get install util-linux)",
      }),
    };
  }
  const said = `The server has CPU ${cpuRanges(chosen.server)}, the generator CPU ${
    cpuRanges(chosen.generator)
  }`;
  return { name, state: "good", said };
}

function quota(system: System): Finding {
  const name = "CPU quota";
  if (system.platform !== "linux") {
    return { name, state: "unknown", said: "Only control groups of Linux have one" };
  }
  const limit = cpuQuota(system);
  if (limit === Infinity) return { name, state: "good", said: "No control group limits CPU time" };
  return {
    name,
    state: limit < 2 ? "not" : "care",
    said: `The control group gives the time of ${limit} ${
      limit === 1 ? "CPU" : "CPUs"
    }, and stops both sides for the rest of a period when it is used up`,
    remedy: "Start the container with whole CPUs of its own (docker run --cpuset-cpus, not --cpus)",
  };
}

function governor(facts: Facts): Finding {
  const name = "Governor";
  const found = valueOf(facts, "Scaling governor");
  if (found === undefined) {
    return {
      name,
      state: "unknown",
      said: "The system does not say how the CPUs' frequency is chosen",
    };
  }
  return found === "performance" ? { name, state: "good", said: "performance" } : {
    name,
    state: "care",
    said: `${found}: the CPUs slow down when there is little to do, which lengthens latencies`,
    remedy: "As root: cpupower frequency-set --governor performance",
  };
}

function clock(facts: Facts): Finding[] {
  const stepNs = Number(valueOf(facts, FACTS.clockStep.name) ?? NaN);
  const source = valueOf(facts, "Kernel clock source");
  const step: Finding = Number.isNaN(stepNs)
    ? { name: "Clock", state: "not", said: "The program's clock stands still" }
    : {
      name: "Clock",
      state: stepNs <= FINE_STEP_NS ? "good" : stepNs <= COARSEST_STEP_NS ? "care" : "not",
      said: `Two readings that differ are ${stepNs} ns apart${
        stepNs <= FINE_STEP_NS ? "" : ": short latencies cannot be told apart"
      }`,
    };
  if (!SLOW_CLOCKS.test(String(source))) return [step];
  return [step, {
    name: "Clock source",
    state: "care",
    said: `${source}, whose every reading is a slow call of the system`,
    remedy: "Where the kernel trusts it: echo tsc > " +
      "/sys/devices/system/clocksource/clocksource0/current_clocksource",
  }];
}

function memory(facts: Facts): Finding {
  const name = "Memory";
  const available = Number(valueOf(facts, "Available") ?? NaN);
  if (Number.isNaN(available)) {
    return { name, state: "unknown", said: "The system does not say how much is available" };
  }
  const limit = Number(valueOf(facts, "Memory limit") ?? Infinity);
  const isLimited = limit < available;
  const least = isLimited ? limit : available;
  const said = `${(least / GIB).toFixed(1)} GiB ${
    isLimited ? "are what the control group allows" : "are available"
  }`;
  if (least >= AMPLE_MEMORY) return { name, state: "good", said };
  return {
    name,
    state: least >= LEAST_MEMORY ? "care" : "not",
    said,
    remedy: "End other programs, or leave out crowd, idle and slow-reader",
  };
}
