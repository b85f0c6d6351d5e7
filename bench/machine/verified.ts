/** Whether `verify` has been run on this machine: its last outcome is kept for the runs that follow. */

import { type Fact, FACTS } from "../../measure/model/result.ts";
import { cacheFolder } from "../../servers/launch/cache.ts";
import { writeWhole } from "../folder/files.ts";
import { VERSION } from "../version.ts";
import { fact, type FactValue } from "./fact.ts";

/** How many checks ended how. */
export interface VerifyCounts {
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
}

const FILE = "outcome.json";

/** What must be the same for an outcome to say anything. */
function circumstances(): Record<string, string> {
  const { arch, os } = Deno.build;
  const cpus = String(navigator.hardwareConcurrency);
  return { wsmark: VERSION, deno: Deno.version.deno, kernel: Deno.osRelease(), arch, os, cpus };
}

/** Keeps the outcome of all checks. */
export function keepVerified(
  counts: VerifyCounts,
  folder: string | undefined = cacheFolder("verify"),
): void {
  if (folder === undefined) return;
  const { passed, failed, inconclusive } = counts;
  const outcome = {
    at: new Date().toISOString(),
    passed,
    failed,
    inconclusive,
    ...circumstances(),
  };
  try {
    Deno.mkdirSync(folder, { recursive: true });
    writeWhole(`${folder}/${FILE}`, JSON.stringify(outcome));
  } catch {
    // A cache that cannot be written is none.
  }
}

/** The last outcome, with its date, as a fact about the machine of a run. */
export function verifiedFact(folder: string | undefined = cacheFolder("verify")): Fact {
  const { group, name } = FACTS.verified;
  const find = (): FactValue => {
    const outcome = folder === undefined ? undefined : read(`${folder}/${FILE}`);
    if (outcome === undefined) return undefined;
    const now = circumstances();
    if (Object.keys(now).some((key) => outcome[key] !== now[key])) {
      return { absent: "the last one was with another version or on another machine" };
    }
    const { at, passed, failed, inconclusive } = outcome;
    const counts = [passed, failed, inconclusive];
    if (!counts.every(Number.isSafeInteger) || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(at))) {
      return undefined;
    }
    return `${
      String(at).slice(0, 10)
    }: ${passed} passed, ${failed} failed, ${inconclusive} inconclusive`;
  };
  return fact(group, name, find, "it has not been run on this machine");
}

function read(path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Deno.readTextFileSync(path));
    return typeof value === "object" && value !== null
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}
