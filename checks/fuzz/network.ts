/**
 * Throws random and damaged input at all that reads from the network, and checks that each input is decoded alike
 * however it is split, fails only with the errors that are documented, and holds no more memory than it may.
 *
 * ```sh
 * deno run -A checks/fuzz/network.ts [--inputs N] [--seed N]
 * ```
 */

import type { SocketIoErrorKind } from "../../protocols/socket_io/conversation.ts";
import { fuzzTarget } from "../../protocols/socket_io/testing/packets.ts";
import process from "node:process";
import { parseArgs } from "node:util";
import { decoderTarget } from "./frame_decoder.ts";
import { handshakeTargets } from "./handshake.ts";
import { Finding, Random, type Target } from "./target.ts";

export { Finding, Random, type Target } from "./target.ts";

/** What a conversation of Socket.IO refuses; any other outcome is its last call. */
const SOCKET_IO_ERRORS: readonly string[] = [
  "malformed",
  "unexpected",
  "namespace",
  "event",
  "arguments",
  "refused",
] satisfies readonly SocketIoErrorKind[];

/** All that is fuzzed: one line for each. */
export const targets: readonly Target[] = [
  decoderTarget("client"),
  decoderTarget("server"),
  decoderTarget("client", true),
  decoderTarget("server", true),
  ...handshakeTargets,
  {
    name: fuzzTarget.name,
    run(random) {
      const outcome = fuzzTarget.run(() => random.uint32() / 2 ** 32);
      return SOCKET_IO_ERRORS.includes(outcome) ? outcome : "accepted";
    },
  },
];

/** What a run of the fuzzer found. */
export interface FuzzReport {
  /** How many inputs were tried. */
  inputs: number;
  /** For each target, how often each outcome occurred. */
  outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The first thing that does not hold, with the seed that shows it as first input, if there is one. */
  finding?: { target: string; seed: number; error: unknown };
}

/**
 * Tries inputs up to the first finding. Input number n depends on `seed` + n only, so that each can be had again alone.
 *
 * @param inputs how many
 * @param seed of the first input: an integer of 32 bits
 */
export function fuzz(
  inputs: number,
  seed: number,
  chosen: readonly Target[] = targets,
): FuzzReport {
  const outcomes = new Map(chosen.map(({ name }) => [name, new Map<string, number>()]));
  for (let index = 0; index < inputs; index++) {
    const own = (seed + index) >>> 0;
    const random = new Random(own);
    const target = random.pick(chosen);
    try {
      const outcome = target.run(random);
      const counts = outcomes.get(target.name)!;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    } catch (error) {
      return { inputs: index + 1, outcomes, finding: { target: target.name, seed: own, error } };
    }
  }
  return { inputs, outcomes };
}

/** The lines of a report. */
export function formatReport(report: FuzzReport, seconds: number): string {
  const lines: string[] = [];
  for (const [target, counts] of report.outcomes) {
    lines.push(target);
    for (const [outcome, count] of [...counts].sort(([, a], [, b]) => b - a)) {
      lines.push(`  ${String(count).padStart(9)}  ${outcome}`);
    }
  }
  const rate = Math.round(report.inputs / seconds);
  lines.push(`${report.inputs} inputs in ${seconds.toFixed(1)} s, ${rate} a second`);
  const { finding } = report;
  if (!finding) return [...lines, "nothing found", ""].join("\n");
  const { error, target, seed } = finding;
  lines.push(`found in ${target}: ${error instanceof Error ? error.stack : error}`);
  if (error instanceof Finding) lines.push(`input: ${hex(error.input)}`);
  return [...lines, `again: --inputs 1 --seed ${seed}`, ""].join("\n");
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A whole number of an option. */
function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`--${name} must be a whole number: received ${JSON.stringify(text)}`);
}

function main(): number {
  const print = (text: string): void => void process.stdout.write(text);
  let inputs: number, seed: number;
  try {
    const { values } = parseArgs({
      options: { inputs: { type: "string" }, seed: { type: "string" } },
    });
    inputs = numberOf("inputs", values.inputs ?? "1000000");
    seed = values.seed === undefined ? newSeed() : numberOf("seed", values.seed);
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  print(`seed ${seed}\n`);
  const started = performance.now();
  const report = fuzz(inputs, seed);
  print(formatReport(report, (performance.now() - started) / 1000));
  return report.finding ? 1 : 0;
}

function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

if (import.meta.main) process.exitCode = main();
