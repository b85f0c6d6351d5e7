/** Finds the commit between a good and a bad one at which a figure changed. */

/** What a commit is like: the good one, the bad one, or it cannot be told. */
export type Likeness = "good" | "bad" | "unclear";

/**
 * Finds the first bad commit, in about log2(n) steps: the one in the middle of those that are left decides. If one
 * cannot be told, the nearest ones beside it are tried.
 *
 * @param commits those after the good one, the oldest first; the last one is bad
 * @param judge says what one is like
 * @returns the commits of which one is the first bad one: a single one if all could be told
 */
export async function bisect(
  commits: readonly string[],
  judge: (commit: string, left: number) => Promise<Likeness>,
): Promise<string[]> {
  let [good, bad] = [-1, commits.length - 1];
  const unclear = new Set<number>();
  for (;;) {
    const middle = (good + bad) / 2;
    const open = commits.map((_, index) => index)
      .filter((index) => index > good && index < bad && !unclear.has(index))
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const next = open[0];
    if (next === undefined) return commits.slice(good + 1, bad + 1);
    const likeness = await judge(commits[next]!, bad - good);
    if (likeness === "good") good = next;
    else if (likeness === "bad") bad = next;
    else unclear.add(next);
  }
}

/**
 * What a server is like, from ratios of a figure to that of the good one: that of the side of the geometric mean of both
 * on which all of its interval is.
 *
 * @param own the 95 % interval of its own ratio
 * @param bad the ratio of the bad one
 */
export function likenessOf(
  own: { readonly low: number; readonly high: number },
  bad: number,
): Likeness {
  const between = Math.sqrt(bad);
  const [nearGood, nearBad] = bad > 1
    ? [own.high < between, own.low > between]
    : [own.low > between, own.high < between];
  return nearGood ? "good" : nearBad ? "bad" : "unclear";
}
