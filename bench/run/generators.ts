/**
 * How many generators a run needs (`--generators auto`), found by short windows before its first trial: so many that
 * what they reach against the reference server is well above what the fastest server answers.
 */

import { isMeasured, type Settings } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { CEILING_SHARE } from "../../measure/warnings/warnings.ts";
import { connectionsOf } from "../../scenarios/parameters.ts";
import { estimateMs } from "../plan/estimate.ts";
import { mostGenerators } from "../plan/generators.ts";
import type { RunPlan } from "../plan/options.ts";
import { RATE } from "../plan/plan.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import { chooseReference } from "../plan/reference.ts";
import { runTrial, type TrialSettings } from "./trial.ts";

/** What was found, and how. */
export type GeneratorChoice = NonNullable<Settings["generatorChoice"]>;

/** How many times the rate of the fastest server the ceiling is to be. */
const WANTED = 1.5;
/** The share of what more generators promise by their number that the ceiling rises by at least, unless all is used up. */
const LEAST_GAIN = 0.2;
/** How many servers that one generator may have limited are tried again with more. */
const MOST_AGAIN = 3;
/** How long each window, and the warm-up before it, lasts, in milliseconds. */
const WINDOW_MS = 250;
/** How long servers are tried for, in milliseconds, or as a share of the run if that is longer. */
const BUDGET_MS = 8000;
const BUDGET_SHARE = 0.01;

/** What is measured to find the number. */
export interface Measuring {
  /** Ids of the servers with their titles. */
  readonly servers: readonly { readonly id: string; readonly title: string }[];
  /** The most generators that are of use. */
  readonly most: number;
  /** How long servers may be tried for, in milliseconds. */
  readonly budgetMs: number;
  /** What a server answers to so many generators, per second; NaN if that could not be measured. */
  rateOf(server: string, generators: number): Promise<number>;
  /** What so many generators reach against the reference server, per second; NaN if that could not be measured. */
  ceilingOf(generators: number): Promise<number>;
  /** Whether the run is to end. */
  isStopped(): boolean;
  /** A clock in milliseconds. */
  now(): number;
}

/** What {@linkcode findNumber} finds. */
interface Found {
  readonly generators: number;
  readonly choice: GeneratorChoice;
}

/**
 * Finds how many generators it takes.
 *
 * @returns undefined if it was stopped
 */
export async function findNumber(
  { servers, most, budgetMs, rateOf, ceilingOf, isStopped, now }: Measuring,
): Promise<Found | undefined> {
  const startMs = now();
  const tries: GeneratorChoice["tries"][number][] = [];
  const rates = new Map<string, number>();
  let generators = 1;

  function chosen(reason: string, number = generators): Found {
    return { generators: number, choice: { reason, tries, tookMs: Math.round(now() - startMs) } };
  }

  async function measure(server: string): Promise<void> {
    const rate = await rateOf(server, generators);
    // One that answers less to more generators, or fails, has still answered so much to fewer.
    if (rate > (rates.get(server) ?? 0)) rates.set(server, rate);
  }

  for (const { id } of servers) {
    if (isStopped()) return undefined;
    if (rates.size > 0 && now() - startMs > budgetMs) break;
    await measure(id);
  }
  const fastest = (): [server: string, rate: number] =>
    [...rates].reduce((best, one) => one[1] > best[1] ? one : best);
  if (rates.size === 0) return chosen("no server answered when their number was to be found");
  const among = rates.size < servers.length ? ` of the ${rates.size} that were tried` : "";
  for (;;) {
    if (isStopped()) return undefined;
    const ceiling = await ceilingOf(generators);
    if (!(ceiling > 0)) {
      return chosen("the reference server did not answer when their number was to be found");
    }
    const [server, rate] = fastest();
    const before = tries.at(-1);
    tries.push({ generators, ceiling, fastest: rate, server });
    const title = servers.find(({ id }) => id === server)!.title;
    const ratio = (of: number): string =>
      `${(of / rate).toFixed(1)} × the rate of ${title}, the fastest server${among}`;
    if (ceiling >= WANTED * rate) return chosen(`the ceiling is then ${ratio(ceiling)}`);
    if (before !== undefined) {
      const promised = generators / before.generators - 1;
      if (ceiling / before.ceiling - 1 < LEAST_GAIN * promised) {
        return chosen(
          `more hardly raise the ceiling, which is ${ratio(before.ceiling)}: ${WANTED} × is wanted`,
          before.generators,
        );
      }
    }
    if (generators === most) {
      return chosen(
        `there are CPUs for no more; the ceiling is ${ratio(ceiling)}: ${WANTED} × is wanted`,
      );
    }
    const limited = [...rates].filter(([, rate]) => rate > CEILING_SHARE * ceiling)
      .toSorted(([, a], [, b]) => b - a).slice(0, MOST_AGAIN);
    // A server that generators limit answers more to more of them: how much is not known.
    const needed = limited.length > 0
      ? 2 * generators
      : Math.max(generators + 1, Math.ceil(generators * WANTED * rate / ceiling));
    generators = Math.min(most, needed);
    for (const [id] of limited) {
      if (isStopped()) return undefined;
      await measure(id);
    }
  }
}

/** How much work there is at a time for the generators in a case. */
function demandOf({ case: { parameters } }: PlannedTrial): number {
  const { inFlight = 1, concurrency = 0 } = parameters;
  return Math.max(connectionsOf(parameters) * inFlight, concurrency);
}

/** The case that asks most of the generators, of those that show their ceiling; undefined if none does. */
function hardestCase({ trials, reference }: RunPlan): PlannedTrial | undefined {
  const shown = trials.filter(({ round, server, scenario }) =>
    round === 0 && server.id === reference?.server.id && scenario.search === undefined &&
    scenario.isUndivided === undefined
  );
  const most = largest(shown.map(demandOf), 0);
  const sizeOf = ({ case: { parameters } }: PlannedTrial): number => parameters.size ?? 0;
  return shown.filter((one) => demandOf(one) === most).toSorted((a, b) => sizeOf(a) - sizeOf(b))[0];
}

/**
 * Finds the number of generators for a plan, if there is a choice.
 *
 * @param settings what its trials are run with
 * @param isStopped whether the run is to end
 * @param signal stops it
 * @returns the plan with what was found, and why; undefined if it was stopped
 */
export async function chooseGenerators(
  plan: RunPlan,
  settings: TrialSettings,
  isStopped: () => boolean,
  signal: AbortSignal,
): Promise<{ readonly plan: RunPlan; readonly reason: string } | undefined> {
  try {
    const found = await findFor(plan, settings, isStopped, signal);
    return found && {
      plan: withGenerators(plan, found.generators, found.choice),
      reason: found.choice.reason,
    };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function findFor(
  plan: RunPlan,
  settings: TrialSettings,
  isStopped: () => boolean,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const without = (reason: string): Found => ({
    generators: 1,
    choice: { reason, tries: [], tookMs: 0 },
  });
  const most = mostGenerators(plan.settings);
  if (most === 1) return without("there is 1 CPU for them");
  if (plan.reference === undefined) {
    return without("the reference server, which shows the ceiling, cannot run here");
  }
  const hardest = hardestCase(plan);
  if (hardest === undefined) return without("no case of the run shows the ceiling");
  const { scenario, case: one } = hardest;
  const first = plan.trials.filter((trial) =>
    trial.round === 1 && trial.scenario === scenario && trial.case === one
  );

  async function rate(trial: PlannedTrial, generators: number): Promise<number> {
    const done = await runTrial(
      trial,
      { ...settings, generators, warmupMs: WINDOW_MS, durationMs: WINDOW_MS, samples: 0 },
      signal,
    );
    const found = done.state === "completed" ? done.metrics[RATE] : undefined;
    return isMeasured(found) ? found : NaN;
  }

  const found = await findNumber({
    servers: first.map(({ server }) => server),
    most,
    budgetMs: Math.max(BUDGET_MS, BUDGET_SHARE * estimateMs(plan)),
    rateOf: (id, generators) => rate(first.find(({ server }) => server.id === id)!, generators),
    ceilingOf: (generators) =>
      rate(
        { ...hardest, ...chooseReference(plan.contenders, { ...plan.settings, generators }) },
        generators,
      ),
    isStopped,
    now: () => performance.now(),
  });
  return found && {
    generators: found.generators,
    choice: { ...found.choice, scenario: scenario.id, case: one.id },
  };
}

/** A plan with the number of generators that was found, and the reference server that is right for so many. */
export function withGenerators(
  plan: RunPlan,
  generators: number,
  generatorChoice: GeneratorChoice,
): RunPlan {
  const settings = { ...plan.settings, generators, generatorChoice };
  const reference = plan.reference && chooseReference(plan.contenders, settings);
  return {
    ...plan,
    settings,
    reference,
    trials: plan.trials.map((trial) =>
      trial.server.id === reference?.server.id ? { ...trial, ...reference } : trial
    ),
  };
}
