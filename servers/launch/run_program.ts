/** Runs a program to its end, whether it is there or not. */

import { spawnSync } from "node:child_process";

/** How long a program may take, in milliseconds: the bundler may have to be fetched. */
const LIMIT_MS = 120_000;
/** How much of its output is taken, in bytes. */
const MOST_BYTES = 2 ** 28;

export interface Output {
  /** Whether its exit code was 0. */
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program, a path or a name on the PATH, to its end, or kills it if it takes too long: nothing else runs
 * meanwhile, and Ctrl-C has no effect.
 *
 * @returns undefined if it cannot be started, or took too long
 */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd?: string,
  limitMs: number = LIMIT_MS,
): Output | undefined {
  try {
    // Deno.Command has no time limit when it waits synchronously.
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
