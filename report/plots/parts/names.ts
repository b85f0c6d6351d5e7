/** The names of the servers in plots, and whose a mark is. */

import type { Result } from "../../../measure/model/result.ts";
import { oneLine } from "../../summary/text.ts";

/** Longer names are cut off. */
const NAME_LENGTH = 22;

/** The names of the servers in plots, by id: short, unique and on one line. */
export function namesOf({ servers }: Pick<Result, "servers">): ReadonlyMap<string, string> {
  const names = distinct(servers.map(({ title }) => cut(title, NAME_LENGTH)), NAME_LENGTH);
  return new Map(servers.map(({ id }, index) => [id, names[index]!]));
}

/** The place of a server in the result. */
export function indexOf({ servers }: Pick<Result, "servers">, server: string): number {
  return servers.findIndex(({ id }) => id === server);
}

/**
 * The description of a mark: the place of its server in the result, and what it says; pages and files take them apart.
 *
 * @param text empty if another mark says it
 */
export function whose(server: number, text = ""): string {
  return `${server}|${text}`;
}

/** Puts a text on one line of at most so many characters; an ellipsis shows that it was cut. */
export function cut(text: string, length: number): string {
  const line = oneLine(text);
  // A letter and its combining marks stay together.
  const letters = [...new Intl.Segmenter("en").segment(line)].map(({ segment }) => segment);
  return letters.length <= length ? line : `${letters.slice(0, length - 1).join("").trimEnd()}…`;
}

/** Makes names unique: the second `a` becomes `a (2)`, cut to the length again. */
export function distinct(names: readonly string[], length: number): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) {
      const suffix = ` (${number})`;
      free = `${cut(name, length - suffix.length)}${suffix}`;
    }
    taken.add(free);
    return free;
  });
}
