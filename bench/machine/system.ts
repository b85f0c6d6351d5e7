/** The operating system, read through Deno. */

import type { Absent } from "../../measure/model/result.ts";

/** The operating system as the probes see it; a test replaces it with literal texts. */
export interface System {
  /** Name as `Deno.build.os` gives it. */
  readonly platform: string;
  /** Text of a file; null if there is no such file. Other failures throw. */
  read(path: string): string | null;
  /** Where a symbolic link leads; null if there is none. Other failures throw. */
  link(path: string): string | null;
  /** Names in a folder; null if there is no such folder. Other failures throw. */
  list(path: string): string[] | null;
  /** What a program printed, whatever its exit code; null if there is no such program. Other failures throw. */
  run(program: string, args: readonly string[]): string | null;
}

/** What `find` returns; null if the thing asked for is not there, or went away in the middle of the answer. */
function unlessMissing<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    // A thread that ends between open and read answers with ESRCH, for which Deno has no class.
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return null;
    throw error;
  }
}

/** The machine that wsmark runs on. Reading `/proc` and `/sys` under Deno takes `--allow-all`. */
export const thisSystem: System = {
  platform: Deno.build.os,
  read: (path) => unlessMissing(() => Deno.readTextFileSync(path)),
  link: (path) => unlessMissing(() => Deno.readLinkSync(path)),
  list: (path) => unlessMissing(() => Array.from(Deno.readDirSync(path), ({ name }) => name)),
  run: (program, args) =>
    unlessMissing(() => {
      // The decimal point of a figure would follow the user's language.
      const command = new Deno.Command(program, {
        args: [...args],
        env: { LC_ALL: "C" },
        stdin: "null",
        stderr: "null",
      });
      return new TextDecoder().decode(command.outputSync().stdout);
    }),
};

/** Samples something of this machine; the samples are plain data and can be sent as JSON. */
export interface Probe<Sample> {
  /** Reads it as it is now. Never throws: what cannot be read is absent, with the reason. */
  sample(): Sample;
}

/** Whether a sample has a reason in place of values by name. */
export function isAbsent(values: Absent | { readonly [name: string]: unknown }): values is Absent {
  return typeof values.absent === "string";
}

/** Puts a failure to read something into a phrase of one line that a report can show in place of the figure. */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return "wsmark was not allowed to read it: it needs --allow-all";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the operating system refused to let it be read";
  }
  const message = error instanceof Error ? error.message : String(error);
  return `it could not be read: ${message.split("\n")[0]}`;
}
