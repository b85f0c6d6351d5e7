/** CPUs that the options give to the server and to the generator. */

import { type GivenCpus, SIDES } from "../../bench/process/given_cpus.ts";
import { UsageError } from "../../bench/usage.ts";
import { shown } from "../../measure/text/shown.ts";
import type { Arguments } from "../arguments.ts";

/** The most of a word that an error shows, in characters. */
const SHOWN = 60;

/**
 * What `--cpus` says: `server=0-3 generator=4-7`, with a space, a comma, or the option again in between; undefined without
 * it. A list may have commas itself: `server=0-3,8,generator=4-7`.
 *
 * @throws {UsageError} for a word that names no side, and a side that is given twice
 */
export function readCpus(args: Arguments): GivenCpus | undefined {
  const words = args.all("cpus").flatMap((value) => value.trim().split(/[\s,]+/));
  if (words.length === 0) return undefined;
  const lists = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const word of words) {
    const [, side, first = ""] = /^([^=]*)=(.*)$/.exec(word) ?? [];
    if (side === undefined && last !== undefined) {
      last.push(word);
      continue;
    }
    if (!SIDES.some((one) => one === side)) {
      throw new UsageError(
        `--cpus needs the CPUs of the server, of the generator or of both, as server=0-3 generator=4-7: received "${
          shown(word, SHOWN)
        }"`,
      );
    }
    if (lists.has(side!)) {
      throw new UsageError(`--cpus gives CPUs to the ${side} twice: join them, as ${side}=0-3,8`);
    }
    lists.set(side!, last = [first]);
  }
  return Object.fromEntries([...lists].map(([side, list]) => [side, list.join()]));
}
