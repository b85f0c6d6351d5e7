/**
 * Writes what runs of the conformance suite have found into docs/conformance.md:
 * `deno task conformance:tables --from results/A-conformance,results/B-conformance`.
 */

import { UsageError } from "../../bench/usage.ts";
import { reasonOf } from "../../bench/folder/files.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import type { ConformanceResult } from "../../conformance/result.ts";
import { runAsProgram } from "../command.ts";
import { foundIn, placed } from "./tables.ts";

const FILE = new URL("../../docs/conformance.md", import.meta.url);

const OPTIONS: readonly Option[] = [
  {
    name: "from",
    value: "A,B",
    help:
      "Folders of runs of conformance; of a case that was run several times the last one counts",
  },
];

async function read(folder: string): Promise<ConformanceResult> {
  const path = `${folder.replace(/\/+$/, "")}/conformance.json`;
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new UsageError(`Cannot read the result of a run in ${path}: ${reasonOf(error)}`);
  }
}

async function main(args: Arguments): Promise<number> {
  const folders = args.list("from") ?? [];
  if (folders.length === 0) throw new UsageError("Name the folders of runs with --from");
  const results = await Promise.all(folders.map(read));
  let text = await Deno.readTextFile(FILE);
  for (const role of ["server", "client"] as const) {
    const found = foundIn(results, role);
    if (found !== undefined) text = placed(text, found);
  }
  await Deno.writeTextFile(FILE, text);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "-q", FILE.pathname] }).output();
  return EXIT.done;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
