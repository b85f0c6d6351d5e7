/** One more trial of a case on a server, not scored, in which the server is watched. */

import { COUNTERS, type Per } from "../../measure/explain/counters.ts";
import {
  type Absent,
  type CompletedTrial,
  type Explanation,
  type Figure,
  isMeasured,
} from "../../measure/model/result.ts";
import { shown } from "../../measure/text/shown.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import { explainingWindowMs } from "../plan/explaining.ts";
import type { GeneratorReport } from "../generator/messages.ts";
import type { TcpTotals } from "../generator/tcp_totals.ts";
import type { Equipment } from "../process/server_process.ts";
import { joined } from "../../servers/launch/variables.ts";
import { runTrial, type TrialSettings, type Watcher } from "../run/trial.ts";
import { observers as all } from "./mod.ts";
import { tcpCounters } from "./tcp.ts";
import type { Observation, Observer, Preparation, Watch, Window } from "./observer.ts";

/** An explanation, and the profile that belongs to it. */
export interface Explained {
  /** What was counted. */
  readonly explanation: Explanation;
  /** CPU profile in speedscope's format; absent if there is none. */
  readonly profile?: string;
}

const NO_SOCKETS = "the connections are of another program than wsmark's own client";
const NOT_HERE = { absent: "the server is not a process of this machine" };

/**
 * Runs a trial once more and watches its server. What goes wrong makes a failed explanation, not an exception.
 *
 * @param signal stops the trial; the promise then rejects with its reason
 */
export async function explainTrial(
  plan: PlannedTrial,
  settings: TrialSettings,
  signal: AbortSignal,
  observersOf: readonly (() => Observer)[] = all,
): Promise<Explained> {
  const observers = observersOf.map((make) => make());
  const { server, client, scenario, case: { id } } = plan;
  const startedAt = new Date().toISOString();
  const folder = await Deno.makeTempDir({ prefix: "wsmark-explain-" });
  const identity = { server: server.id, client, scenario: scenario.id, case: id, startedAt };
  const failed = (reason: string): Explained => ({
    explanation: { ...identity, failed: reason, replies: 0, windowMs: 0, counters: {} },
  });
  let watches: readonly Watch[] = [];
  let isHere = true;
  let isAttached = false;
  let tcp: TcpTotals | Absent = {
    absent: settings.fleet === undefined ? NO_SOCKETS : "the load came from agents",
  };
  async function detach(): Promise<void> {
    if (!isAttached) return;
    isAttached = false;
    await Promise.all(watches.map((watch) => watch.detach?.()));
  }
  const watcher: Watcher = {
    async attach({ ready: { pid } }) {
      isHere = isMeasured(pid) && settings.fleet?.host === undefined;
      if (!isHere || !isMeasured(pid)) return;
      isAttached = true;
      watches = await Promise.all(observers.map((one) => one.attach({ server, pid, folder })));
    },
    window(moment) {
      for (const watch of watches) {
        if (moment === "window starts") watch.windowStarts?.();
        else watch.windowEnds?.();
      }
    },
    detach,
  };
  try {
    const preparations = server.launch.by === "url"
      ? []
      : observers.map((one) => one.prepare?.(server, folder) ?? {});
    const durationMs = explainingWindowMs(settings);
    const reported = (report: GeneratorReport): void => void (tcp = report.tcp ?? tcp);
    const trial = await runTrial(
      plan,
      { ...settings, durationMs, watcher, reported, equipment: equipmentOf(preparations) },
      signal,
    );
    if (trial.state === "failed") return failed(trial.reason);
    const window = { replies: trial.counts.replies, windowMs: trial.phases.windowMs };
    const found: Observation[] = isHere
      ? await Promise.all(watches.map((watch) => watch.read(window)))
      : [{ totals: nowhere(), profile: NOT_HERE }];
    found.push({ totals: tcpCounters(tcp) }, ofTrial(trial));
    const profile = found.map((one) => one.profile).find((one) => one !== undefined);
    return {
      explanation: {
        ...identity,
        ...window,
        counters: countersOf(found, window),
        ...(typeof profile === "object" && { noProfile: shown(profile.absent) }),
      },
      ...(typeof profile === "string" && { profile }),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    return failed(shown((error as Error).message));
  } finally {
    await detach();
    observers.forEach((one) => one.close?.());
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** What a server is started with for all observers. */
function equipmentOf(preparations: readonly Preparation[]): Equipment {
  return {
    variables: joined(preparations.map(({ variables = {} }) => variables)),
    command: (command) => preparations.reduce((made, one) => one.command?.(made) ?? made, command),
  };
}

/** Why nothing is counted of a server elsewhere. */
function nowhere(): Record<string, Figure> {
  return Object.fromEntries(COUNTERS.map(({ id }) => [id, NOT_HERE]));
}

/** What the trial itself counts. */
function ofTrial({ cpu, noise, phases: { windowMs } }: CompletedTrial): Observation {
  const { serverWait: outside, generatorWait } = noise;
  const { server: { timeNs }, generator: { share } } = cpu;
  // A client that waits for a CPU sends no more than one that uses it.
  const isBusy = isMeasured(share) && isMeasured(generatorWait);
  return {
    totals: {
      "time.cpu": isMeasured(timeNs) ? timeNs / 1000 : timeNs,
      "time.outside": isMeasured(outside) ? outside * windowMs * 1000 : outside,
      "client.busy": !isMeasured(share) ? share : 100 * (isBusy ? share + generatorWait : share),
    },
  };
}

/** The figures of totals, in the order of the counters. */
function countersOf(found: readonly Observation[], window: Window): Record<string, Figure> {
  const totals = merged<Figure>(found.map((one) => one.totals));
  const figures = COUNTERS.flatMap(({ id, per }): [string, Figure][] => {
    const total = totals[id];
    return total === undefined ? [] : [[id, figureOf(total, per, window)]];
  });
  return Object.fromEntries(figures);
}

/** What a total is per message, second, or as it is. */
export function figureOf(total: Figure, per: Per, { replies, windowMs }: Window): Figure {
  if (!isMeasured(total) || per === "share" || per === "window") return total;
  if (per === "second") return total / windowMs * 1000;
  return replies > 0 ? total / replies : { absent: "no reply came in the window" };
}

/** All entries of several objects. */
function merged<Value>(all: readonly { readonly [name: string]: Value }[]): Record<string, Value> {
  return Object.fromEntries(all.flatMap((one) => Object.entries(one)));
}
