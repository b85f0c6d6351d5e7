/** What a server of the user's own needs before it is started or reached: it can be looked at without doing either. */

import { statSync } from "node:fs";
import type { ServerEntry } from "../../servers/types.ts";
import { UsageError } from "../usage.ts";
import { targetOf } from "./reach.ts";

/**
 * Checks that the variables of the environment, the files and the program are there that a server needs.
 *
 * @param folders where programs are looked for
 * @throws {UsageError} for the first that is not
 */
export function checkPrepared(entry: ServerEntry, folders: readonly string[] = onPath()): void {
  targetOf(entry);
  const { id, launch } = entry;
  // Windows finds programs by more than their names.
  if (launch.by !== "command" || Deno.build.os === "windows") return;
  const [program = ""] = launch.command;
  const isPath = program.includes("/");
  const files = isPath ? [program] : folders.map((folder) => `${folder}/${program}`);
  const modes = files.flatMap(modeOf);
  if (modes.some((mode) => (mode & ANYBODY_RUNS) !== 0)) return;
  const problem = modes.length > 0
    ? `may not be run: name what runs it before it, or allow it with chmod +x`
    : isPath
    ? "is not there: it is looked for from the current folder on"
    : "is in no folder of the PATH: install it, or give its path";
  throw new UsageError(`The program "${program}" in the command of ${id} ${problem}`);
}

const ANYBODY_RUNS = 0o111;

function onPath(): string[] {
  return (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
}

/** The permissions of a file; none if it is not there, or is no file. */
function modeOf(path: string): number[] {
  try {
    const found = statSync(path);
    return found.isFile() ? [found.mode] : [];
  } catch {
    return [];
  }
}
