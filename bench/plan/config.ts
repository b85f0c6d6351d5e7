/**
 * A run as a file: what the command line can say, and more.
 *
 * @module
 */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseJson } from "../../measure/model/limits.ts";
import type { Config } from "./run_options.ts";
import { readText } from "../folder/read_text.ts";
import { UsageError } from "../usage.ts";

/**
 * Gives a configuration file its types: `export default defineConfig({ servers: ["native"] })`.
 *
 * @returns what it is given
 */
export function defineConfig(config: Config): Config {
  return config;
}

/** Names of the files that are looked for in the current folder, the first that is there is taken. */
export const CONFIG_FILES: readonly string[] = ["wsmark.config.ts", "wsmark.config.json"];

/**
 * Reads a configuration file: JSON, or a module with the configuration as its default export.
 *
 * @param path from the current folder on
 * @throws {UsageError} where there is none, where it cannot be run, and for a wrong value in it, naming its place
 */
export async function loadConfig(path: string): Promise<Config> {
  const value = path.endsWith(".json") ? readJson(path) : await readModule(path);
  const { checkConfig } = await import("./config_schema.ts");
  return checkConfig(value, path);
}

/** The largest that is read, in bytes. */
const MOST_BYTES = 4_000_000;

function readJson(path: string): unknown {
  try {
    return parseJson(readText(path, MOST_BYTES));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readModule(path: string): Promise<unknown> {
  let module: { default?: unknown };
  try {
    await Deno.stat(path);
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (module.default !== undefined) return module.default;
  throw new UsageError(
    `The configuration "${path}" has no default export: write export default defineConfig({ … })`,
  );
}

function unreadable(path: string, error: unknown): UsageError {
  const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
  return new UsageError(`Cannot read the configuration "${path}": ${line}`);
}
