/**
 * Code that a server has compiled as it ran, as V8 and the JVM list it for perf: a line a function with its address and
 * its size as hexadecimal numbers, and its name. https://github.com/torvalds/linux/blob/master/tools/perf/Documentation/jit-interface.txt
 */

/** Finds the name of the function at an address; undefined if none is there. */
export type NameAt = (address: number) => string | undefined;

/** Reads a list; where code took the place of other code, the later one counts. */
export function readPerfMap(text: string): NameAt {
  const byStart = new Map<number, { readonly end: number; readonly name: string }>();
  for (const line of text.split("\n")) {
    const [, start, size, name] = /^(?:0x)?([0-9a-f]+) (?:0x)?([0-9a-f]+) (.+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const first = parseInt(start!, 16);
    byStart.set(first, { end: first + parseInt(size!, 16), name });
  }
  const starts = [...byStart.keys()].sort((one, other) => one - other);
  return (address) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    const found = byStart.get(starts[low - 1] ?? NaN);
    return found !== undefined && address < found.end ? found.name : undefined;
  };
}
