/** What the lists of servers are written in, a line a server. */

import { findPrograms, type Programs } from "./programs.ts";
import type { ByContract, Lacks, ServerEntry } from "../types.ts";

/** How to start a file of servers/: one for all lists, so that nothing is looked up twice. */
export const programs: Programs = findPrograms();

/** What several servers lack, and why. */
export const NO_EXTENSION: Lacks = { deflate: "it knows no extension" };
/** What several servers lack, and why. */
export const NO_CONTEXT: Lacks = { takeover: "it compresses each message by itself" };

/** A server that runs unless others are named. */
export function usual(
  id: string,
  title: string,
  protocol: string,
  launch: ByContract,
  lacks?: Lacks,
): ServerEntry {
  return { id, title, protocol, launch, ...(lacks && { lacks }) };
}

/** A server that runs only when it is named, or with `all`. */
export function optional(...parts: Parameters<typeof usual>): ServerEntry {
  // deno-lint-ignore wsmark/no-spread-arguments -- a parameter each
  return { ...usual(...parts), isOptional: true };
}
