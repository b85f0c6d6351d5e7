/**
 * Variances of few values, each drawn towards what its kind has: empirical Bayes as in Smyth, "Linear Models and
 * Empirical Bayes Methods for Assessing Differential Expression in Microarray Experiments", Statistical Applications in
 * Genetics and Molecular Biology 3(1), 2004, as R's package limma does it (`squeezeVar`), but for the cap.
 */

import { digamma, trigamma, trigammaInverse } from "./gamma.ts";

/** The most that the other variances weigh, in degrees of freedom: without it, too much is claimed of those that differ. */
const CAP = 10;
/** With fewer variances nothing is known of how they are distributed. */
const FEWEST_VARIANCES = 8;

/** A variance of normally distributed values. */
export interface Variance {
  /** It, above 0. */
  readonly variance: number;
  /** Its degrees of freedom: one less than there are values. */
  readonly df: number;
  /** Variances of one kind have a common centre. */
  readonly kind: string;
}

/** A variance to test with. */
export interface Moderated {
  /** The weighted mean of the variance and that of its kind. */
  readonly variance: number;
  /** Its degrees of freedom, those of what it was drawn towards included. */
  readonly df: number;
}

/**
 * Draws variances towards those of their kind: the more, the less they differ from each other beyond what so few values
 * make of equal ones.
 *
 * @returns in the order given; as they are for fewer than 8
 */
export function moderate(variances: readonly Variance[]): Moderated[] {
  const prior = priorOf(variances);
  return variances.map(({ variance, df, kind }) => {
    if (prior === undefined) return { variance, df };
    const centre = prior.centres.get(kind)!;
    return {
      variance: (prior.df * centre + df * variance) / (prior.df + df),
      df: prior.df + df,
    };
  });
}

interface Prior {
  /** How much it weighs, in degrees of freedom. */
  readonly df: number;
  /** The variance of each kind. */
  readonly centres: ReadonlyMap<string, number>;
}

function priorOf(variances: readonly Variance[]): Prior | undefined {
  const kinds = Map.groupBy(variances, ({ kind }) => kind);
  const spare = variances.length - kinds.size;
  if (variances.length < FEWEST_VARIANCES || spare === 0) return undefined;
  // The logarithm of a variance, less the bias that its degrees of freedom give it.
  const logOf = ({ variance, df }: Variance): number =>
    Math.log(variance) - digamma(df / 2) + Math.log(df / 2);
  const means = new Map([...kinds].map(([kind, all]) => [kind, meanOf(all.map(logOf))]));
  const spread = variances.reduce((sum, one) => sum + (logOf(one) - means.get(one.kind)!) ** 2, 0);
  const excess = spread / spare - meanOf(variances.map(({ df }) => trigamma(df / 2)));
  const df = excess > 0 ? Math.min(CAP, 2 * trigammaInverse(excess)) : CAP;
  const bias = digamma(df / 2) - Math.log(df / 2);
  return { df, centres: new Map([...means].map(([kind, mean]) => [kind, Math.exp(mean + bias)])) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
