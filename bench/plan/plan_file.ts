/** `plan.json`: what a run was asked to do, so that it can be planned again exactly. */

import { parseJson } from "../../measure/model/limits.ts";
import type { Config, RunOptions } from "./run_options.ts";
import { AUTO } from "./generators.ts";
import type { RunPlan } from "./options.ts";
import { nameOf } from "./own_servers/custom_server.ts";
import { UsageError } from "../usage.ts";

/** The order of plans that say nothing of it. */
const OLD_ORDER = "shuffled";

/** The largest that is read, in bytes. */
export const MOST_PLAN_BYTES = 4_000_000;

export interface PlanRecord {
  /** The command line, as typed after the program's name, secrets masked. */
  readonly command: string;
  /** Everything that decides which trials there are, with nothing left to defaults or to chance. */
  readonly run: Config;
}

/**
 * Makes the record of a plan: planned again it gives the same trials in the same order, also if the defaults of
 * wsmark have changed. Secrets are masked, as the plan has them.
 *
 * @param more what must hold for the run, and which reports are made
 */
export function recordPlan(
  options: RunOptions,
  { settings, contenders, scenarios, findsGenerators }: RunPlan,
  more: Pick<Config, "assert" | "abortOn" | "reports">,
): PlanRecord {
  const { command, profile, rounds, durationMs, warmupMs, seed, engine } = settings;
  const generators = findsGenerators ? AUTO : settings.generators;
  const { samples, baseline, order = OLD_ORDER, until } = settings;
  const run: Config = {
    servers: contenders.map(({ server }) => nameOf(server)),
    scenarios: scenarios.map(({ scenario: { id }, cases }) => ({
      id,
      cases: cases.map(({ parameters }) => parameters),
    })),
    clients: options.clients ?? ["auto"],
    ...{ profile, rounds, durationMs, warmupMs, seed, order, samples, baseline },
    ...(settings.agents === undefined ? { generators } : { agents: settings.agents }),
    ...(until !== undefined && { until }),
    ...(settings.class !== undefined && { class: settings.class }),
    ...(settings.workers !== undefined && { workers: settings.workers }),
    ...(settings.sources !== undefined && { sources: settings.sources }),
    ...(settings.ceiling === false && { ceiling: false }),
    ...(settings.explain && { explain: true }),
    engine: engine.id,
    pin: options.pin ?? true,
    ...(options.cpus !== undefined && { cpus: options.cpus }),
    ...more,
  };
  return { command, run };
}

/**
 * Reads the record of a plan. It may be somebody else's file, so each value is checked.
 *
 * @param file its name, for the message
 * @throws {UsageError} that names the first wrong value
 */
export async function parsePlan(json: string, file: string): Promise<PlanRecord> {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${(error as Error).message}`);
  }
  const { command, run } = (value ?? {}) as Record<string, unknown>;
  if (typeof command !== "string" || typeof run !== "object" || run === null) {
    throw new UsageError(`${file} must be an object with "command" and "run": it is damaged`);
  }
  const { checkConfig } = await import("./config/schema.ts");
  return { command, run: { order: OLD_ORDER, ...checkConfig(run, file) } };
}
