/** Tries inputs on targets, and reports what became of them. */

import { Finding, Random, type Target } from "./target.ts";

/** An input that takes longer than this is as good as one that hangs, in milliseconds. */
const MOST_MS = 60_000;

export interface FuzzReport {
  readonly inputs: number;
  /** For each target, how often each outcome occurred, and the longest that one input took, in milliseconds. */
  readonly outcomes: ReadonlyMap<string, { counts: Map<string, number>; longestMs: number }>;
  /** The first thing that does not hold, with the seed that shows it as the first input. */
  readonly finding?: { readonly target: string; readonly seed: number; readonly error: unknown };
}

/**
 * Tries inputs up to the first finding. Input number n depends only on `seed` + n, so that each can be repeated alone.
 *
 * @param seed of the first input: an integer of 32 bits
 */
export async function fuzz(
  inputs: number,
  seed: number,
  targets: readonly Target[],
): Promise<FuzzReport> {
  const outcomes = new Map(
    targets.map(({ name }) => [name, { counts: new Map<string, number>(), longestMs: 0 }]),
  );
  const folder = await Deno.makeTempDir({ prefix: "wsmark-fuzz-" });
  try {
    for (let index = 0; index < inputs; index++) {
      const own = (seed + index) >>> 0;
      const random = new Random(own);
      const target = targetAt(targets, random.number());
      const startMs = performance.now();
      try {
        const outcome = await target.run(random, folder);
        const ms = performance.now() - startMs;
        if (ms > MOST_MS) throw new Error(`It took ${Math.round(ms / 1000)} s`);
        const found = outcomes.get(target.name)!;
        found.counts.set(outcome, (found.counts.get(outcome) ?? 0) + 1);
        found.longestMs = Math.max(found.longestMs, ms);
      } catch (error) {
        return { inputs: index + 1, outcomes, finding: { target: target.name, seed: own, error } };
      }
    }
    return { inputs, outcomes };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The target at a place from 0 to 1, each as wide as its share. */
function targetAt(targets: readonly Target[], place: number): Target {
  let left = place * targets.reduce((sum, { share = 1 }) => sum + share, 0);
  return targets.find(({ share = 1 }) => (left -= share) < 0) ?? targets.at(-1)!;
}

/**
 * The lines of a report.
 *
 * @param again the options that try one input on these targets, without the seed
 */
export function formatReport(report: FuzzReport, seconds: number, again: string): string {
  const lines: string[] = [];
  for (const [target, { counts, longestMs }] of report.outcomes) {
    lines.push(`${target} (at most ${Math.round(longestMs)} ms)`);
    for (const [outcome, count] of [...counts].sort(([, a], [, b]) => b - a)) {
      lines.push(`  ${String(count).padStart(9)}  ${outcome}`);
    }
  }
  const rate = Math.round(report.inputs / seconds);
  lines.push(`${report.inputs} inputs in ${seconds.toFixed(1)} s, ${rate} a second`);
  const { finding } = report;
  if (!finding) return [...lines, "nothing found"].join("\n");
  const { error, target, seed } = finding;
  const { cause = error } = error as Error;
  lines.push(`found in ${target}: ${cause instanceof Error ? cause.stack : cause}`);
  if (error instanceof Finding) lines.push(`input: ${shown(error.input)}`);
  return [...lines, `again: ${again} --seed ${seed}`].join("\n");
}

function shown(input: Uint8Array | string): string {
  return typeof input === "string" ? JSON.stringify(input).slice(0, 2000) : input.toHex();
}
