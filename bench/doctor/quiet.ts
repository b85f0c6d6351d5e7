/** Whether others take CPU time just now: other guests of the host, and other programs. */

import process from "node:process";
import { STOLEN_SHARE } from "../../measure/warnings/detect_trial.ts";
import { createStealProbe, stealBetween } from "../machine/usage/steal.ts";
import type { Finding } from "./finding.ts";

/** A second has 100 ticks for each CPU. */
const WATCHED_MS = 1000;
/** A CPU that is asleep takes some per cent to wake up. */
const UNDISTURBED_SHARE = 0.9;
const LEAST_SHARE = 0.5;

/** What a second of computing showed. */
export interface Watched {
  /** Share of the time of all CPUs that the hypervisor took; or why it is not known. */
  readonly stolen: ReturnType<typeof stealBetween>;
  /** Share of one CPU that this process got, while it computed without a pause. */
  readonly got: number;
  /** Mean number of threads that ran or wanted to in the last minute; undefined if the system has no such figure. */
  readonly load: number | undefined;
}

/** Computes for a second: only a CPU that is busy can be taken away. */
export function watch(): Watched {
  const probe = createStealProbe();
  const load = Deno.build.os === "windows" ? undefined : Deno.loadavg()[0];
  const [before, startUs] = [probe.sample(), cpuUs()];
  const startMs = performance.now();
  let wallMs = 0;
  while (wallMs < WATCHED_MS) wallMs = performance.now() - startMs;
  const got = (cpuUs() - startUs) / 1000 / wallMs;
  return { stolen: stealBetween(before, probe.sample(), []), got: Math.min(1, got), load };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What that means for a run that would start now. */
export function quietFindings({ stolen, got, load }: Watched, cpus: number): Finding[] {
  return [steal(stolen), others(got, load, cpus)];
}

function steal(stolen: Watched["stolen"]): Finding {
  const name = "Steal now";
  if (typeof stolen === "object") {
    return { name, state: "unknown", said: `Not known: ${stolen.absent}` };
  }
  const said = `The hypervisor took ${percent(stolen)} of the CPUs' time in a second`;
  return stolen <= STOLEN_SHARE ? { name, state: "good", said } : {
    name,
    state: "care",
    said,
    remedy: "Run at another hour, with more rounds, or on a machine that is not shared",
  };
}

function others(got: number, load: number | undefined, cpus: number): Finding {
  const name = "Others now";
  const said = `A thread that computed got ${percent(got)} of a CPU` +
    (load === undefined ? "" : `, and in the last minute ${load.toFixed(1)} threads wanted one`);
  if (got >= UNDISTURBED_SHARE && (load ?? 0) < cpus / 2) return { name, state: "good", said };
  return {
    name,
    state: got < LEAST_SHARE ? "not" : "care",
    said,
    remedy: "End other programs, or wait until they are done",
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
