/** Runs the trials of checks, with the same code as a run. */

import type { CompletedTrial, Settings } from "../../measure/model/result.ts";
import { runTrial } from "../../bench/run/trial.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { rate } from "../../scenarios/rate.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { Bench, TrialRequest } from "./types.ts";

const WARMUP_MS = 300;

export interface BenchOptions {
  readonly pinning: Settings["pinning"];
  readonly engine: Settings["engine"];
  readonly seed: number;
}

/** Makes a bench; its trials are driven by the wire client. */
export function createBench(
  { pinning, engine, seed }: BenchOptions,
  signal: AbortSignal,
): Bench {
  let count = 0;
  return {
    seed,
    async trial(
      { server, parameters, durationMs, started }: TrialRequest,
    ): Promise<CompletedTrial> {
      const scenario = parameters.rate === undefined ? throughput : rate;
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
          generators: 1,
          samples: 0,
          ...(started && { started: ([pid]: readonly number[]) => started(pid!) }),
        },
        signal,
      );
      if (trial.state === "completed") return trial;
      throw new Error(`The trial of ${server.title} failed: ${trial.reason}`);
    },
  };
}
