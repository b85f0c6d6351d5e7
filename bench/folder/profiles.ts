/** Reads the CPU profiles beside a result. */

import { join } from "node:path";
import type { CpuProfile } from "../../measure/explain/profile/profile.ts";
import { fromSpeedscope } from "../../measure/explain/profile/speedscope.ts";
import type { Absent, Result } from "../../measure/model/result.ts";
import { reasonOf } from "../machine/system.ts";
import { readText } from "./read_text.ts";

/** The most that a file may have, in bytes: those of wsmark have less than one million. */
const MOST_BYTES = 20_000_000;

/** Reads the profiles that a result names, by their names; why not, where that cannot be done. */
export function readProfiles(
  { explanations = [] }: Pick<Result, "explanations">,
  folder: string,
): Map<string, CpuProfile | Absent> {
  const names = explanations.flatMap(({ profile }) => profile ?? []);
  return new Map(names.map((name) => [name, readProfile(name, folder)]));
}

function readProfile(name: string, folder: string): CpuProfile | Absent {
  // The result may be somebody else's: it names files of its own folder only.
  if (!/^profile-\d+\.speedscope\.json$/.test(name)) {
    return { absent: "the result names a file that is not one of its profiles" };
  }
  try {
    return fromSpeedscope(readText(join(folder, name), MOST_BYTES));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { absent: "its file is not there" };
    return { absent: reasonOf(error) };
  }
}
