/** What the user types to start wsmark, for all texts that name a command line. */

/** Set by the npm package and by the executable to what started them; never by a clone. */
export const PROGRAM_VARIABLE = "WSMARK_PROGRAM";

/** What an environment variable holds; undefined if it is not set, or may not be read. */
export type ReadVariable = (name: string) => string | undefined;

/** Reads the environment of this process. */
export const readVariable: ReadVariable = (name) =>
  Deno.permissions.querySync({ name: "env", variable: name }).state === "granted"
    ? Deno.env.get(name)
    : undefined;

/**
 * What the user types to start wsmark; undefined in a clone, where tasks do.
 *
 * @param module URL of a file of wsmark
 */
export function packagedName(
  read: ReadVariable = readVariable,
  module: string = import.meta.url,
): string | undefined {
  const given = read(PROGRAM_VARIABLE) ?? "";
  if (given !== "") return given;
  if (module.startsWith("file:")) return undefined;
  const root = module.replace(/\/servers\/launch\/[^/]*$/, "");
  const [, name, version] = /\/(@[\w-]+\/[\w-]+)\/([^/]+)$/.exec(root) ?? [];
  // Deno would look for the packages in the node_modules of the folder that the user is in.
  const run = "deno run -A --no-config";
  return name === undefined ? `${run} ${root}/mod.ts` : `${run} jsr:${name}@${version}`;
}

/** What the user types to start wsmark: `deno task bench`, `npx wsmark`, `./wsmark`, `deno run -A jsr:…`. */
export function programName(): string {
  return packagedName() ?? "deno task bench";
}

/** What the user types for a command that has a task, too: `deno task list`, `npx wsmark list`. */
export function taskLine(...words: readonly string[]): string {
  return `${packagedName() ?? "deno task"} ${words.join(" ")}`;
}

/** What the user types to build or install something: `deno task setup go`. */
export function setupLine(word?: string): string {
  return taskLine(word === undefined ? "setup" : `setup ${word}`);
}
