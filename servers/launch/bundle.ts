/**
 * Bundles a server and its libraries, in the versions of deno.lock, into one file of plain JavaScript for a runtime that
 * is not Deno. It is in the user's cache, in one place for each module, so that many runs leave only one file.
 */

import { cacheFolder } from "./cache.ts";
import { runProgram } from "./run_program.ts";
import type { Missing } from "../types.ts";

/** A file that a runtime can read. */
export interface Bundled {
  readonly path: string;
}

/**
 * Bundles a module; a process that is running the old bundle keeps the file that it has opened.
 *
 * @param module its URL
 * @param external packages that the runtime is to provide
 * @param folder where the bundles are
 * @returns the file, or what failed: no network for the bundler, which Deno fetches at its first use, or no such folder
 */
export function bundle(
  module: string,
  external: readonly string[] = [],
  folder: string | undefined = cacheFolder("bundles"),
): Bundled | Missing {
  if (folder === undefined) {
    return {
      missing: "there is no folder for the bundle: set XDG_CACHE_HOME to the absolute path of one",
    };
  }
  const output = runProgram(
    Deno.execPath(),
    [
      ...["bundle", "--quiet", "--platform", "deno"],
      ...external.map((name) => `--external=${name}`),
      module,
    ],
    // Where it looks for deno.json.
    import.meta.dirname,
  );
  if (!output?.success || output.stdout === "") {
    return {
      missing: `deno bundle, which npm must provide once, failed: ${firstLine(output?.stderr)}`,
    };
  }
  // Node has import.meta.main from version 22.18 on; a bundle is always the main program.
  const code = output.stdout.replaceAll("import.meta.main", "true");
  const path = placeOf(module, external, folder);
  try {
    write(path, code);
    return { path };
  } catch (error) {
    return { missing: `the bundle cannot be written: ${firstLine((error as Error).message)}` };
  }
}

/** The module's own path below the folder: one file for each module of each copy of wsmark. */
function placeOf(module: string, external: readonly string[], folder: string): string {
  const { host, pathname } = new URL(module);
  const plain = `${host}${pathname}`.replaceAll(":", "").replace(/\.ts$/, "");
  return `${folder}/${plain}`.replaceAll(/\/+/g, "/") +
    `${external.map((name) => `-without-${name}`).join("")}.mjs`;
}

/** Under a unique name first: another process may read or write the same file. */
function write(path: string, code: string): void {
  Deno.mkdirSync(path.replace(/\/[^/]*$/, ""), { recursive: true });
  const unfinished = `${path}.${crypto.randomUUID()}`;
  try {
    Deno.writeTextFileSync(unfinished, code);
    Deno.renameSync(unfinished, path);
  } catch (error) {
    try {
      Deno.removeSync(unfinished);
    } catch {
      // It was not even begun.
    }
    throw error;
  }
}

/** The first line that says something. */
function firstLine(text = ""): string {
  const line = text.split("\n").map((line) => line.trim()).find((line) => line !== "");
  return line?.replace(/^error: /, "") ?? "it printed no reason";
}
