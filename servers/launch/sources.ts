/**
 * The folders of servers/ whose files other programs than Deno read. If wsmark itself comes from the network, they are
 * fetched into the user's cache, as the package's manifest lists them (https://jsr.io/docs/api#package-version-metadata).
 */

import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache.ts";
import { denoRun } from "./deno_run.ts";
import { runProgram } from "./run_program.ts";
import type { Missing } from "../types.ts";

/** A folder that programs can read. */
export interface Sources {
  readonly path: string;
}

/** Where wsmark comes from, as a URL that ends with a slash. */
const ROOT = new URL("../../", import.meta.url).href;

/**
 * The files of a folder, if they are there already.
 *
 * @param name of the folder in servers/
 * @param root URL of wsmark
 * @param cache where what was fetched is
 */
export function presentSources(
  name: string,
  root: string = ROOT,
  cache: string | undefined = cacheFolder("sources"),
): string | undefined {
  const path = placeOf(name, root, cache);
  return path !== undefined && isFolder(path) ? path : undefined;
}

/**
 * The files of a folder, fetched if they are not there: nothing else runs meanwhile.
 *
 * @param name of the folder in servers/
 * @param root URL of wsmark
 * @param cache where what is fetched goes
 */
export function sourcesOf(
  name: string,
  root: string = ROOT,
  cache: string | undefined = cacheFolder("sources"),
): Sources | Missing {
  const path = placeOf(name, root, cache);
  if (path === undefined) {
    return {
      missing:
        "there is no folder for the files of servers: set XDG_CACHE_HOME to the absolute path of one",
    };
  }
  if (isFolder(path)) return { path };
  const [program, ...args] = denoRun(import.meta.resolve("./fetch_sources.ts"));
  const output = runProgram(program!, [...args, root, `servers/${name}`, path]);
  if (output?.success) return { path };
  const [reason = ""] = (output?.stderr ?? "it took too long").trim().split("\n");
  return { missing: `the files of servers/${name} cannot be fetched: ${reason}` };
}

function placeOf(name: string, root: string, cache: string | undefined): string | undefined {
  if (root.startsWith("file:")) {
    return fileURLToPath(new URL(`servers/${name}`, root)).replaceAll("\\", "/");
  }
  const { host, pathname } = new URL(root);
  return cache && `${cache}/${`${host}${pathname}`.replaceAll(":", "")}servers/${name}`;
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
