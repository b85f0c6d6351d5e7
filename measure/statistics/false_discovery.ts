/** Many tests at once. */

/**
 * The p values of several tests, adjusted so that of those that are rejected at α a share of at most α is true on
 * average: Benjamini and Hochberg, "Controlling the False Discovery Rate: A Practical and Powerful Approach to Multiple
 * Testing", Journal of the Royal Statistical Society B 57(1), 1995; `p.adjust(method = "BH")` of R.
 *
 * @returns in the order given; none below its p, none above 1; empty for none
 * @throws {RangeError} for a p outside 0…1 or NaN: leave out tests that could not be made
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const wrong = ps.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) {
    throw new RangeError(`Cannot adjust p values as each must be from 0 to 1: received ${wrong}`);
  }
  const adjusted = [...ps];
  let most = 1;
  let rank = ps.length;
  for (const at of [...ps.keys()].sort((a, b) => ps[b]! - ps[a]!)) {
    most = Math.min(most, ps[at]! * ps.length / rank--);
    adjusted[at] = most;
  }
  return adjusted;
}
