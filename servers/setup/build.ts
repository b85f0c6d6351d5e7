/** Builds the servers of a language into the user's cache. */

import { type BuildNote, type BuildPlace, noteOfBuild } from "../launch/builds.ts";
import type { Language, Step, Tool } from "../launch/languages.ts";
import { type Output, runProgram } from "../launch/run_program.ts";

/** What {@linkcode build} came to. */
export interface Built {
  readonly note: BuildNote;
  /** Set if the same sources had been built by the same tool before. */
  readonly isOld?: true;
}

/** A program that a build needs is not there, or said that it failed: the message is one line with the remedy. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Builds of other sources are kept as long, in milliseconds: another copy of wsmark may use them. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** How much of an error is shown, in characters. */
const MOST_SHOWN = 200;

/**
 * Builds the servers of a language, unless they are there and the tool is still the same.
 *
 * @param language what they are written in
 * @param place where they are built from, and to
 * @param tell is told what a tool prints, a line at a time
 * @param run runs a program to its end
 * @throws {BuildError} if a tool is missing or fails; what it said is in the file that the message names
 */
export async function build(
  language: Language,
  place: BuildPlace,
  tell: (line: string) => void = () => {},
  run: (program: string, args: readonly string[]) => Output | undefined = runProgram,
): Promise<Built> {
  const missing = missingTool(language, run);
  if (missing !== undefined) throw new BuildError(missing);
  const tool = versionOf(language.tools[0], run)!;
  const there = noteOfBuild(place);
  if (there?.tool === tool) return { note: there, isOld: true };

  const { sources, builds, out } = place;
  const unfinished = `${out}.${crypto.randomUUID()}`;
  const kept = `${builds}/kept`;
  const log = `${out}.log`;
  const startMs = performance.now();
  await Deno.mkdir(unfinished, { recursive: true });
  await Deno.mkdir(kept, { recursive: true });
  try {
    await Deno.writeTextFile(log, "");
    for (const step of language.steps({ sources, out: unfinished, kept })) {
      await runStep(step, sources, log, tell);
    }
    const seconds = Math.round((performance.now() - startMs) / 1000);
    const note: BuildNote = { tool, seconds, bytes: await bytesIn(unfinished) };
    await Deno.writeTextFile(`${unfinished}/build.json`, JSON.stringify(note));
    await removeIfThere(out);
    await Deno.rename(unfinished, out);
    await removeOld(builds, Date.now() - KEPT_MS);
    return { note };
  } finally {
    await removeIfThere(unfinished);
  }
}

/** The first tool or library that is not there, and the remedy, in one line; undefined if all are. */
export function missingTool(
  { tools }: Language,
  run: (program: string, args: readonly string[]) => Output | undefined = runProgram,
): string | undefined {
  const tool = tools.find((one) => versionOf(one, run) === undefined);
  return tool && `no ${tool.lack ?? `${tool.program} on the PATH`}: install ${tool.from}`;
}

/** How a tool names itself; undefined if it is not there. */
function versionOf(
  { program, args }: Tool,
  run: (program: string, args: readonly string[]) => Output | undefined,
): string | undefined {
  const output = run(program, args);
  return output?.success ? plain(output.stdout.trim().split("\n", 1)[0]!) : undefined;
}

/** Runs a program to its end: what it prints goes to the log, and is told. */
async function runStep(
  { command: [program = "", ...args], env = {} }: Step,
  cwd: string,
  log: string,
  tell: (line: string) => void,
): Promise<void> {
  const child = new Deno.Command(program, {
    args,
    cwd,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines: string[] = [];
  using file = await Deno.open(log, { append: true });
  const encoder = new TextEncoder();
  async function read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      await file.write(encoder.encode(text));
      const parts = (rest + text).split(/\r?\n/);
      rest = parts.pop()!;
      for (const line of parts.map(plain).filter((line) => line !== "")) {
        lines.push(line);
        tell(line);
      }
    }
  }
  await Promise.all([read(child.stdout), read(child.stderr)]);
  const { success, code } = await child.status;
  if (success) return;
  const said = lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? "nothing";
  throw new BuildError(
    `${program} failed with exit code ${code}, and said: ${said.slice(0, MOST_SHOWN)}; ` +
      `all that it said is in ${log}`,
  );
}

/** A line without what a terminal would obey. */
function plain(line: string): string {
  // deno-lint-ignore no-control-regex -- these are what is looked for
  return line.replaceAll(/\x1b\[[\d;]*m/g, "").replaceAll(/[\x00-\x1f\x7f-\x9f]+/g, " ").trim();
}

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    sum += isDirectory ? await bytesIn(path) : (await Deno.lstat(path)).size;
  }
  return sum;
}

/** Removes builds and logs that were made before a moment. */
async function removeOld(builds: string, beforeMs: number): Promise<void> {
  for await (const { name } of Deno.readDir(builds)) {
    const { mtime } = await Deno.stat(`${builds}/${name}`);
    if (name !== "kept" && (mtime?.getTime() ?? 0) < beforeMs) {
      await removeIfThere(`${builds}/${name}`);
    }
  }
}

async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
