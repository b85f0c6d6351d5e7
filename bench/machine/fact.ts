/** Facts, which are there even if they cannot be read, and how they word an amount of memory. */

import type { Absent, Fact } from "../../measure/model/result.ts";
import { reasonOf } from "./system.ts";

/** What a look at the machine may find; null, undefined, NaN and the empty text mean nothing. */
export type FactValue = string | number | Absent | null | undefined;

/**
 * Makes a fact from what a function finds.
 *
 * @param find looks it up; what it throws becomes the reason why the fact is absent
 * @param otherwise the reason if it finds nothing
 * @param unit unit of a number
 */
export function fact(
  group: string,
  name: string,
  find: () => FactValue,
  otherwise: string,
  unit?: string,
): Fact {
  const value = valueOf(find, otherwise);
  return { group, name, value, ...(typeof value === "number" && unit !== undefined && { unit }) };
}

function valueOf(find: () => FactValue, otherwise: string): Fact["value"] {
  try {
    const found = find();
    if (found === null || found === undefined || found === "" || Number.isNaN(found)) {
      return { absent: otherwise };
    }
    return found;
  } catch (error) {
    return { absent: reasonOf(error) };
  }
}

/** Writes an amount of memory in mebibytes or kibibytes, whichever is the largest that needs no fraction. */
export function formatBytes(bytes: number): string {
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20} MiB`;
  return bytes % 2 ** 10 === 0 ? `${bytes / 2 ** 10} KiB` : `${bytes} bytes`;
}
