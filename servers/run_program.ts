/**
 * Runs a program to its end, whether it is there or not.
 *
 * @module
 */

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
 * Runs a program to its end.
 *
 * @param program its path, or its name on the PATH
 * @param args its arguments
 * @param cwd where it runs; the folder of this process unless told
 * @returns undefined where it cannot be started
 */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd?: string,
): Output | undefined {
  try {
    const { success, stdout, stderr } = new Deno.Command(program, {
      args: [...args],
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...(cwd === undefined ? {} : { cwd }),
    }).outputSync();
    const text = new TextDecoder();
    return { success, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  } catch {
    return undefined;
  }
}
