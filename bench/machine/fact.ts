/** Facts, which are there even when they cannot be read, and how they word an amount of memory. */

import type { Absent, Fact } from "../../measure/model/result.ts";
import { reasonOf } from "./system.ts";

/** What a look at the machine may find: null, undefined, NaN and the empty text stand for nothing. */
export type FactValue = string | number | Absent | null | undefined;

/**
 * Makes a fact from what a function finds.
 *
 * @param group heading in the table
 * @param name name in the table
 * @param find looks it up; what it throws becomes the reason why the fact is absent
 * @param otherwise the reason to give where it finds nothing
 * @param unit unit of a number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const found = fact("Processor", "Sockets", () => null, "the kernel does not list them");
 * assert.deepEqual(found.value, { absent: "the kernel does not list them" });
 * ```
 */
export function fact(
  group: string,
  name: string,
  find: () => FactValue,
  otherwise: string,
  unit?: string,
): Fact {
  const value = valueOf(find, otherwise);
  return unit !== undefined && typeof value === "number"
    ? { group, name, value, unit }
    : { group, name, value };
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

/**
 * Writes an amount of memory in mebibytes or kibibytes, whichever is the largest that needs no fraction.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatBytes(32 * 1024), "32 KiB");
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20} MiB`;
  return bytes % 2 ** 10 === 0 ? `${bytes / 2 ** 10} KiB` : `${bytes} bytes`;
}
