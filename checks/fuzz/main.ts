/**
 * Throws random and damaged input at all that reads what somebody else has made: what comes from the network
 * (`checks/fuzz/network.ts`), the files of a run, the configuration, what a server says of itself.
 *
 * ```sh
 * deno task fuzz [--inputs N] [--files N] [--seed N]
 * ```
 */

import process from "node:process";
import { parseArgs } from "node:util";
import { seededRandom } from "../../measure/record/random.ts";
import { formatReport, fuzz } from "./network.ts";
import { type FileTarget, fileTargets } from "./files.ts";

/** An input that takes longer than this is as good as one that hangs, in milliseconds. */
const MOST_MS = 60_000;

/** What a run of the fuzzer found in files. */
export interface FileReport {
  /** How many inputs were tried. */
  readonly inputs: number;
  /** For each target, how often each outcome occurred, and the longest that one input took, in milliseconds. */
  readonly outcomes: ReadonlyMap<string, { counts: Map<string, number>; longestMs: number }>;
  /** The first thing that does not hold. */
  readonly finding?: {
    readonly target: string;
    readonly seed: number;
    readonly input: string;
    readonly error: unknown;
  };
}

/**
 * Tries inputs up to the first finding. Input number n depends on `seed` + n only.
 *
 * @param inputs how many
 * @param seed of the first input: an integer of 32 bits
 */
export async function fuzzFiles(
  inputs: number,
  seed: number,
  targets: readonly FileTarget[] = fileTargets,
): Promise<FileReport> {
  const outcomes = new Map(
    targets.map(({ name }) => [name, { counts: new Map<string, number>(), longestMs: 0 }]),
  );
  const folder = await Deno.makeTempDir({ prefix: "wsmark-fuzz-" });
  try {
    for (let index = 0; index < inputs; index++) {
      const own = (seed + index) >>> 0;
      const random = seededRandom(own);
      const target = targetAt(targets, random());
      const input = target.make(random);
      const startMs = performance.now();
      let outcome: string;
      try {
        outcome = await target.read(input, folder, random);
        const ms = performance.now() - startMs;
        if (ms > MOST_MS) throw new Error(`It took ${Math.round(ms / 1000)} s`);
      } catch (error) {
        const finding = { target: target.name, seed: own, input, error };
        return { inputs: index + 1, outcomes, finding };
      }
      const found = outcomes.get(target.name)!;
      found.counts.set(outcome, (found.counts.get(outcome) ?? 0) + 1);
      found.longestMs = Math.max(found.longestMs, performance.now() - startMs);
    }
    return { inputs, outcomes };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The target at a place from 0 to 1, each as wide as its share. */
function targetAt(targets: readonly FileTarget[], place: number): FileTarget {
  let left = place * targets.reduce((sum, { share }) => sum + share, 0);
  return targets.find(({ share }) => (left -= share) < 0) ?? targets.at(-1)!;
}

/** The lines of a report. */
export function formatFileReport(report: FileReport, seconds: number): string {
  const lines: string[] = [];
  for (const [target, { counts, longestMs }] of report.outcomes) {
    lines.push(`${target} (at most ${Math.round(longestMs)} ms)`);
    for (const [outcome, count] of [...counts].sort(([, a], [, b]) => b - a)) {
      lines.push(`  ${String(count).padStart(9)}  ${outcome}`);
    }
  }
  lines.push(`${report.inputs} inputs in ${seconds.toFixed(1)} s`);
  const { finding } = report;
  if (!finding) return [...lines, "nothing found", ""].join("\n");
  const { error, target, seed, input } = finding;
  return [
    ...lines,
    `found in ${target}: ${error instanceof Error ? error.stack : error}`,
    `input: ${JSON.stringify(input).slice(0, 2000)}`,
    `again: --inputs 0 --files 1 --seed ${seed}`,
    "",
  ].join("\n");
}

/** A whole number of an option. */
function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`--${name} must be a whole number: received ${JSON.stringify(text)}`);
}

async function main(): Promise<number> {
  const print = (text: string): void => void process.stdout.write(text);
  let inputs: number, files: number, seed: number;
  try {
    const { values } = parseArgs({
      options: {
        inputs: { type: "string", default: "1000000" },
        files: { type: "string", default: "20000" },
        seed: { type: "string" },
      },
    });
    inputs = numberOf("inputs", values.inputs);
    files = numberOf("files", values.files);
    seed = values.seed === undefined
      ? crypto.getRandomValues(new Uint32Array(1))[0]!
      : numberOf("seed", values.seed);
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  print(`seed ${seed}\n`);
  let startMs = performance.now();
  const seconds = (): number => (performance.now() - startMs) / 1000;
  const network = fuzz(inputs, seed);
  print(formatReport(network, seconds()));
  startMs = performance.now();
  const found = await fuzzFiles(files, seed);
  print(formatFileReport(found, seconds()));
  return network.finding || found.finding ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
