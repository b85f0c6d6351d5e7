/** How often a procedure errs, and how often it finds what there is. */

import { judge, type Judgement, pairedRatio } from "../../measure/judge/judge.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { CASES, type Design, type Machine, simulate } from "./machine.ts";

/** Differences that are looked for, as shares. */
export const DIFFERENCES = [0.1, 0.2, 0.5, 1] as const;

/** What was found in many runs. */
export interface Rates {
  /** Share of runs without any difference in which one was called clear. */
  readonly familyError: number;
  /** Largest share, over the sizes of differences, of clear ones that were none, or went the other way. */
  readonly falseDiscoveries: number;
  /** Share of 95 % intervals that hold the true ratio, of runs without a difference. */
  readonly coverage: number;
  /** Share of the true differences in rates that were called clear, by size. */
  readonly power: readonly number[];
}

/**
 * Tries a procedure.
 *
 * @param runs how many runs with differences there are of each size; of those without one there are three times as many
 */
export function ratesOf(
  random: () => number,
  design: Design,
  machine: Machine,
  runs: number,
): Rates {
  let errors = 0;
  let [covered, intervals] = [0, 0];
  for (let run = 0; run < 3 * runs; run++) {
    const found = judgedRun(random, design, machine, 0);
    if (found.some(({ judgement }) => judgement.certainty === "clear")) errors++;
    intervals += found.length;
    covered += found.filter(({ judgement: { interval: { low, high } } }) => low <= 1 && high >= 1)
      .length;
  }
  const bySize = DIFFERENCES.map((size) => {
    let [shown, true_, falseShare] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const found = judgedRun(random, design, machine, Math.log1p(size));
      const clear = found.filter(({ judgement }) => judgement.certainty === "clear");
      const wrong = clear.filter(({ effect, judgement }) =>
        Math.sign(effect) !== Math.sign(Math.log(judgement.ratio))
      );
      falseShare += clear.length === 0 ? 0 : wrong.length / clear.length;
      const rates = found.filter(({ kind, effect }) => kind === "other" && effect !== 0);
      true_ += rates.length;
      shown += rates.filter(({ judgement }) => judgement.certainty === "clear").length;
    }
    return { power: shown / true_, falseDiscoveries: falseShare / runs };
  });
  return {
    familyError: errors / (3 * runs),
    falseDiscoveries: largest(bySize.map(({ falseDiscoveries }) => falseDiscoveries)),
    coverage: covered / intervals,
    power: bySize.map(({ power }) => power),
  };
}

/** A comparison of a simulated run. */
interface Found {
  readonly kind: typeof CASES[number];
  /** The true difference, in logarithms. */
  readonly effect: number;
  readonly judgement: Judgement;
}

/** A run in which half of the comparisons differ by that much, to either side. */
function judgedRun(
  random: () => number,
  design: Design,
  machine: Machine,
  size: number,
): Found[] {
  const effects = Array.from(
    { length: design.servers - 1 },
    () => CASES.map(() => random() < 0.5 ? 0 : random() < 0.5 ? size : -size),
  );
  const [baseline, ...others] = simulate(random, design, machine, effects);
  const open = others.flatMap((server, index) =>
    CASES.map((kind, place) => ({
      kind,
      effect: effects[index]![place]!,
      estimate: pairedRatio(
        server[place]!.map((value, round) => ({
          value: Math.exp(value),
          baseline: Math.exp(baseline![place]![round]!),
        })),
        kind,
      ),
    }))
  );
  return judge(open.map(({ estimate }) => estimate)).map((judgement, index) => {
    if ("absent" in judgement) throw new Error(judgement.absent);
    return { ...open[index]!, judgement };
  });
}
