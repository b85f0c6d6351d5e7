/** Lists of CPUs as Linux writes them. */

/**
 * Reads a list of CPUs as Linux writes it.
 *
 * @param list single numbers and ranges, separated by commas
 * @returns the numbers of the CPUs, in the order of the list
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseCpuList("0-2,8\n"), [0, 1, 2, 8]);
 * ```
 */
export function parseCpuList(list: string): number[] {
  return list.trim().split(",").filter((range) => range !== "").flatMap((range) => {
    const [first = NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
