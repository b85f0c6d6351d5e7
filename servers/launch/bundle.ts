/**
 * Bundles a server and its libraries, in the versions of deno.lock, into one file of plain JavaScript for a runtime that
 * is not Deno. It is in the user's cache, in one place for each module, so that many runs leave only one file. Packages
 * with native code cannot be in it: they are linked beside it from where Deno keeps them.
 */

import { pathToFileURL } from "node:url";
import { cacheFolder } from "./cache.ts";
import { configFlags } from "./deno_run.ts";
import { runProgram } from "./run_program.ts";
import type { Missing } from "../types.ts";

/** A file that a runtime can read. */
export interface Bundled {
  readonly path: string;
}

/** Packages that stay out of a bundle. */
export interface Outside {
  /** Those that the runtime is to provide. */
  readonly provided?: readonly string[];
  /** Those that have native code. */
  readonly native?: readonly string[];
}

/**
 * Bundles a module; a process that is running the old bundle keeps the file that it has opened.
 *
 * @param module its URL
 * @param outside what is not bundled
 * @param folder where the bundles are
 * @returns the file, or what failed: no network for the bundler, which Deno fetches at its first use, or no such folder
 */
export function bundle(
  module: string,
  { provided = [], native = [] }: Outside = {},
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
      ...["bundle", "--quiet", ...configFlags(module), "--platform", "deno"],
      ...[...provided, ...native].map((name) => `--external=${name}`),
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
  const path = placeOf(module, provided, native, folder);
  try {
    // Node has import.meta.main from version 22.18 on; a bundle is always the main program.
    write(path, resolved(output.stdout.replaceAll("import.meta.main", "true"), module));
    if (native.length > 0) {
      linkPackages(packagesOf(module), native, path.replace(/[^/]*$/, "node_modules"));
    }
    return { path };
  } catch (error) {
    return { missing: `the bundle cannot be written: ${firstLine((error as Error).message)}` };
  }
}

/**
 * The module's own path below the folder: one file for each module of each copy of wsmark, in a folder of its own if
 * packages are linked beside it, which others must not find.
 */
function placeOf(
  module: string,
  provided: readonly string[],
  native: readonly string[],
  folder: string,
): string {
  const { host, pathname } = new URL(module);
  const plain = `${host}${pathname}`.replaceAll(":", "").replace(/\.ts$/, "") +
    (native.length > 0 ? "/main" : "");
  return `${folder}/${plain}`.replaceAll(/\/+/g, "/") +
    `${provided.map((name) => `-without-${name}`).join("")}.mjs`;
}

/** The packages that a module and its libraries import, by an id. */
interface Packages {
  readonly [id: string]: {
    readonly name: string;
    /** Ids of those that it imports itself. */
    readonly dependencies: readonly string[];
    /** Where Deno keeps it. */
    readonly localPath: string;
  };
}

function packagesOf(module: string): Packages {
  const output = runProgram(
    Deno.execPath(),
    ["info", ...configFlags(module), "--json", module],
    import.meta.dirname,
  );
  if (!output?.success) throw new Error(`deno info failed: ${firstLine(output?.stderr)}`);
  return JSON.parse(output.stdout).npmPackages;
}

/** Code in which packages are resolved to where Deno keeps them: no other runtime finds them. */
function resolved(code: string, module: string): string {
  const call = /import\.meta\.resolve\("([^"]+)"\)/g;
  if (!call.test(code)) return code;
  const packages = Object.values(packagesOf(module));
  return code.replaceAll(call, (text, name) => {
    const [, bare] = /^(?:npm:)?(@?[^@]+)/.exec(name)!;
    const found = packages.find((one) => one.name === bare);
    return found === undefined ? text : JSON.stringify(`${pathToFileURL(found.localPath)}/`);
  });
}

/** Links packages, and what they import, into a folder that a runtime looks for them in. */
function linkPackages(packages: Packages, names: readonly string[], folder: string): void {
  const ids = new Set(Object.keys(packages).filter((id) => names.includes(packages[id]!.name)));
  // A set goes on to what is added meanwhile.
  for (const id of ids) packages[id]!.dependencies.forEach((one) => ids.add(one));
  for (const id of ids) {
    const { name, localPath } = packages[id]!;
    const path = `${folder}/${name}`;
    const unfinished = `${path}.${crypto.randomUUID()}`;
    Deno.mkdirSync(path.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.symlinkSync(localPath, unfinished, { type: "junction" });
    Deno.renameSync(unfinished, path);
  }
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
