/** Lists of CPUs as Linux writes them. */

/** Reads a list of CPUs: `0-2,8` gives 0, 1, 2 and 8. */
export function parseCpuList(list: string): number[] {
  return list.trim().split(",").filter((range) => range !== "").flatMap((range) => {
    const [first = NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
