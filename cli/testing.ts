/** The program as its users meet it, for tests: as a process. */

import type { Result } from "../measure/model/result.ts";

const PROGRAM = new URL("./wsmark.ts", import.meta.url).href;

/** How the program ended, and what it wrote. */
export interface CommandEnd {
  /** Exit code. */
  readonly code: number;
  /** What it wrote on stdout. */
  readonly stdout: string;
  /** What it wrote on stderr. */
  readonly stderr: string;
}

/** Runs the program to its end. */
export function wsmark(...args: readonly string[]): Promise<CommandEnd> {
  return wsmarkIn(".", ...args);
}

/** Runs the program in a folder to its end. */
export function wsmarkIn(folder: string, ...args: readonly string[]): Promise<CommandEnd> {
  return wsmarkWith({}, args, folder);
}

/** Runs the program with variables in its environment to its end. */
export async function wsmarkWith(
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
  folder: string = ".",
): Promise<CommandEnd> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", PROGRAM, ...args],
    cwd: folder,
    stdin: "null",
    env: { NO_COLOR: "1", ...variables },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Writes a run into a new folder. */
export function writeRun(folder: string, result: Result | Record<string, unknown>): string {
  Deno.mkdirSync(folder);
  Deno.writeTextFileSync(`${folder}/results.json`, JSON.stringify(result));
  return folder;
}
