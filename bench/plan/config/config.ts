/** A run as a file: what the command line can say, and more. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseJson } from "../../../measure/model/limits.ts";
import type { Config } from "../run_options.ts";
import { checkFile, readText } from "../../folder/read_text.ts";
import { after } from "../../process/delay.ts";
import type { ConfigAnswer } from "./worker.ts";
import { UsageError } from "../../usage.ts";

/**
 * Gives a configuration file its types: `export default defineConfig({ servers: ["native"] })`.
 *
 * @returns what it is given
 */
export function defineConfig(config: Config): Config {
  return config;
}

/** Names of the files that are looked for in the current folder; the first that is there is used. */
export const CONFIG_FILES: readonly string[] = ["wsmark.config.ts", "wsmark.config.json"];

/**
 * Reads a configuration file: JSON, or a module with the configuration as its default export.
 *
 * @param path from the current folder on
 * @param limitMs how long a module may take
 * @throws {UsageError} if there is none, if it cannot be run, and for a wrong value in it, naming its place
 */
export async function loadConfig(path: string, limitMs: number = LIMIT_MS): Promise<Config> {
  const value = await read(path, limitMs).catch((error) => {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new UsageError(`Cannot read the configuration "${path}": ${line}`);
  });
  if (value === undefined) {
    throw new UsageError(
      `The configuration "${path}" has no default export: write export default defineConfig({ … })`,
    );
  }
  const { checkConfig } = await import("./schema.ts");
  return checkConfig(value, path);
}

/** How long a module may take: what it imports may have to be fetched. */
const LIMIT_MS = 30_000;

/** The largest that is read, in bytes. */
const MOST_BYTES = 4_000_000;

/** What a file holds; undefined for a module without a default export. */
async function read(path: string, limitMs: number): Promise<unknown> {
  if (path.endsWith(".json")) return parsed(readText(path, MOST_BYTES));
  checkFile(path, MOST_BYTES);
  if (!/\.[cm]?[jt]s$/.test(path)) {
    throw new Error("its name must end with .json, or with .ts or .js for a module");
  }
  const { json, reason } = await answerOf(pathToFileURL(resolve(path)).href, limitMs);
  if (reason !== undefined) throw new Error(reason);
  return json === undefined ? undefined : parseJson(json);
}

function parsed(json: string): unknown {
  try {
    return parseJson(json);
  } catch (error) {
    // What other tools allow in their configurations.
    if (!/\/\/|\/\*|,\s*[\]}]/.test(json)) throw error;
    const { message } = error as Error;
    throw new SyntaxError(
      `${message}; JSON has no comments and no comma at the end, a module (wsmark.config.ts) may have both`,
    );
  }
}

async function answerOf(url: string, limitMs: number): Promise<ConfigAnswer> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve } = Promise.withResolvers<ConfigAnswer>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ reason: event.message });
  };
  worker.postMessage(url);
  using late = after(limitMs);
  const reason = `it did not end in ${limitMs / 1000} s`;
  try {
    return await Promise.race([promise, late.over.then(() => ({ reason }))]);
  } finally {
    worker.terminate();
  }
}
