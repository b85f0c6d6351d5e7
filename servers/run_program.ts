/** Runs a program to its end, whether it is there or not. */

import { spawnSync } from "node:child_process";

/** How long a program may take, in milliseconds: the bundler may have to be fetched. */
const LIMIT_MS = 120_000;
/** How much of its output is taken, in bytes. */
const MOST_BYTES = 2 ** 28;

/** What a program did. */
export interface Output {
  /** Set where its exit code was 0. */
  readonly success: boolean;
  /** What it printed on stdout. */
  readonly stdout: string;
  /** What it printed on stderr. */
  readonly stderr: string;
}

/**
 * Runs a program to its end, or kills it where it takes too long: nothing else runs meanwhile, no Ctrl-C either.
 *
 * @param program its path, or its name on the PATH
 * @param args its arguments
 * @param cwd where it runs; the folder of this process unless told
 * @param limitMs how long it may take, in milliseconds
 * @returns undefined where it cannot be started, or took too long
 */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd?: string,
  limitMs: number = LIMIT_MS,
): Output | undefined {
  try {
    // Deno.Command has no time limit where it waits for the end.
    const { status, error, stdout, stderr } = spawnSync(program, args, {
      env: { ...Deno.env.toObject(), NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
      timeout: limitMs,
      killSignal: "SIGKILL",
      maxBuffer: MOST_BYTES,
      ...(cwd === undefined ? {} : { cwd }),
    });
    return error === undefined && typeof stdout === "string"
      ? { success: status === 0, stdout, stderr }
      : undefined;
  } catch {
    return undefined;
  }
}
