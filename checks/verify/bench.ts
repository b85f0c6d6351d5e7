/** Runs the trials of checks, with the same code as a run. */

import type { CompletedTrial, Settings, Warning } from "../../measure/model/result.ts";
import { runTrial } from "../../bench/run/trial.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { curve } from "../../scenarios/curve.ts";
import { push } from "../../scenarios/push.ts";
import { rate } from "../../scenarios/rate.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { Fleet } from "../../bench/agents/fleet.ts";
import type { GeneratorReport } from "../../bench/generator/messages.ts";
import type { Bench, TrialRequest } from "./types.ts";

const WARMUP_MS = 300;

/** Warnings that say that others took CPU time. */
const DISTURBANCES: ReadonlyMap<Warning["kind"], string> = new Map([
  ["disturbed", "other programs took CPU time"],
  ["stolen time", "the hypervisor took CPU time"],
]);

export interface BenchOptions {
  readonly pinning: Settings["pinning"];
  readonly engine: Settings["engine"];
  readonly seed: number;
  /** The agents that make the load; this machine's own generator when left out. */
  readonly fleet?: Fleet;
}

/** A bench that knows what disturbed it. */
export interface RealBench extends Bench {
  /** What took CPU time from the trials since the last call, a phrase each. */
  disturbances(): string[];
}

/** Makes a bench; its trials are driven by the wire client. */
export function createBench(
  { pinning, engine, seed, fleet }: BenchOptions,
  signal: AbortSignal,
): RealBench {
  let count = 0;
  let disturbances = new Set<string>();
  return {
    seed,
    disturbances() {
      const found = [...disturbances];
      disturbances = new Set();
      return found;
    },
    async trial(
      { server, parameters, durationMs, started, part = () => {} }: TrialRequest,
    ): Promise<CompletedTrial> {
      const paced = parameters.rate === undefined ? throughput : rate;
      const known = parameters.pushRate === undefined ? paced : push;
      const scenario = parameters.sloMs === undefined ? known : curve;
      const trial = await runTrial(
        {
          trial: ++count,
          round: 1,
          server,
          client: "wire",
          scenario,
          case: describeCase(parameters),
          seed: seed + count,
        },
        {
          warmupMs: WARMUP_MS,
          durationMs,
          pinning,
          engine,
          generators: fleet?.agents.length ?? 1,
          ...(fleet && { fleet: heard(fleet, part) }),
          samples: 0,
          ...(started && { started: ([pid]: readonly number[]) => started(pid!) }),
        },
        signal,
      );
      for (const { kind } of trial.state === "completed" ? trial.warnings : []) {
        const phrase = DISTURBANCES.get(kind);
        if (phrase !== undefined) disturbances.add(phrase);
      }
      if (trial.state === "completed") return trial;
      throw new Error(`The trial of ${server.title} failed: ${trial.reason}`);
    },
  };
}

/** A fleet whose generators also tell somebody else what they reported. */
function heard({ start }: Fleet, part: (report: GeneratorReport) => void): Pick<Fleet, "start"> {
  return {
    start(index, title, client, options) {
      const generator = start(index, title, client, options);
      return {
        agent: generator.agent!,
        connect: (task) => generator.connect(task),
        clock: () => generator.clock(),
        async run(news, startMs) {
          const report = await generator.run(news, startMs);
          if (report.state === "completed") part(report);
          return report;
        },
        learn: (messages) => generator.learn(messages),
        stop: () => generator.stop(),
      };
    },
  };
}
