import { judge, type Judgement, pairedRatio } from "../../measure/judge/judge.ts";
import { seededRandom, shuffled } from "../../measure/record/random.ts";
import { type CompletedTrial, isMeasured } from "../../measure/model/result.ts";
import { signedRange } from "../../measure/judge/verdicts.ts";
import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { percent } from "./words.ts";

/** Rounds, each with a trial under both names. */
const ROUNDS = 8;
/** How often the trials are dealt to the two names anew. */
const DEALS = 1000;
/**
 * The test errs in 5 % of all sets of trials. Of one set that is dealt anew {@linkcode DEALS} times it errs in 0.7 to
 * 7.8 %, in 800 simulated sets of log-normal rounds, half of them with one outlier in ten.
 */
const MOST_ALARMS = 0.08;

const METRICS = [["rate", "messages/s"], ["cpu.message", "CPU time per message"]] as const;

/** Trials have figures that cannot be compared: a starved server may have answered nothing in a window. */
export class Incomparable extends Error {}

/**
 * Judges the first half of the trials against the second one.
 *
 * @throws {Incomparable} if that cannot be done
 */
export function judgeHalves(trials: readonly CompletedTrial[], metric: string): Judgement {
  const figures = trials.map(({ metrics }) => metrics[metric]).filter((one) => isMeasured(one));
  const half = figures.length / 2;
  const pairs = figures.slice(0, half).map((value, index) => ({
    value,
    baseline: figures[half + index]!,
  }));
  const [judgement] = judge([pairedRatio(pairs)]);
  if (judgement === undefined || "absent" in judgement) {
    throw new Incomparable(`Cannot compare: ${judgement?.absent}`);
  }
  return judgement;
}

/** A server with itself: no difference may be claimed. */
export const same: Check = {
  id: "same",
  title: "Noise is no difference: the same server under two names",
  async *run({ trial, seed }: Bench): AsyncGenerator<CheckFinding> {
    const parameters = { connections: 16, inFlight: 4, size: 64 };
    const names = ["one", "other"].map((id) => knownServer(id, id, {}));
    const random = seededRandom(seed);
    const byName = new Map(names.map(({ id }) => [id, [] as CompletedTrial[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const server of shuffled(names, random)) {
        byName.get(server.id)!.push(await trial({ server, parameters, durationMs: 400 }));
      }
    }
    const trials = [...byName.values()].flat();
    for (const [metric, title] of METRICS) {
      const { difference, interval, p } = judgeHalves(trials, metric);
      yield {
        what: `${title}, ${ROUNDS} rounds each`,
        expected: "no clear difference",
        measured: `${difference === "none" ? "no clear difference" : difference} (${
          signedRange(interval)
        }, p = ${p.toFixed(2)})`,
        holds: difference === "none",
        isExcusable: difference !== "none",
      };
    }
    for (const [metric, title] of METRICS) {
      let alarms = 0;
      for (let deal = 0; deal < DEALS; deal++) {
        if (judgeHalves(shuffled(trials, random), metric).difference !== "none") alarms++;
      }
      yield {
        what: `${title}, trials dealt to the names anew ${DEALS} times`,
        expected: `a difference claimed in at most ${percent(MOST_ALARMS)}`,
        measured: `${(alarms / DEALS * 100).toFixed(1)} %`,
        holds: alarms / DEALS <= MOST_ALARMS,
        isExcusable: alarms / DEALS > MOST_ALARMS,
      };
    }
  },
};
