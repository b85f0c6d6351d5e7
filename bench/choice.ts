/** What the user can name: finds it, or says what was probably meant. */

import leven, { closestMatch } from "leven";
import { UsageError } from "./usage.ts";

/**
 * Finds the known word that was probably meant: at most a third of the letters of the longer word differ, or they are
 * the same letters. Undefined if none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const found = closestMatch(word, known);
  if (found === undefined) return undefined;
  const isNear = 3 * leven(word, found) <= Math.max(word.length, found.length);
  return isNear || lettersOf(word) === lettersOf(found) ? found : undefined;
}

/** Two letters in the wrong order are one slip and two changes. */
function lettersOf(word: string): string {
  return [...word].sort().join("");
}

/**
 * Finds the items with the given ids, in the order of the list; `all` means every one.
 *
 * @param what what an item is, for the message: "server"
 * @throws {UsageError} for an unknown id, or none at all
 */
export function pick<T extends { readonly id: string }>(
  what: string,
  ids: readonly string[],
  items: readonly T[],
): readonly T[] {
  if (ids.includes("all")) return items;
  const known = items.map(({ id }) => id);
  for (const id of ids) if (!known.includes(id)) throw unknown(what, id, known, ", all");
  if (ids.length === 0) {
    throw new UsageError(`No ${what} is named. Known: ${listed("", known, MOST_LISTED)}, all`);
  }
  return items.filter(({ id }) => ids.includes(id));
}

/** Finds the item with the given id as {@linkcode pick} does. */
export function pickOne<T extends { readonly id: string }>(
  what: string,
  wanted: string,
  items: readonly T[],
): T {
  const found = items.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  throw unknown(what, wanted, items.map(({ id }) => id), "");
}

function unknown(what: string, id: string, known: readonly string[], rest: string): UsageError {
  const words = unknownWord(what, id, known);
  return new UsageError(
    `Unknown ${words}${words.endsWith(" more") ? ": see deno task list" : rest}`,
  );
}

/**
 * What a message says about an unknown word, after "Unknown ": `server "nativ", did you mean "native"? Known: …`.
 *
 * @param what what the word should name
 * @param of what it belongs to, with a space before it
 */
export function unknownWord(
  what: string,
  word: string,
  known: readonly string[],
  of: string = "",
): string {
  const meant = nearest(word, known);
  return `${what} "${word}"${of}${meant === undefined ? "." : `, did you mean "${meant}"?`} ` +
    `Known: ${
      known.length === 0 ? "none" : listed(word, known, meant === undefined ? MOST_LISTED : HANDFUL)
    }`;
}

/** A longer list is cut to a handful: nobody reads more of it in an error. */
const MOST_LISTED = 20;
const HANDFUL = 5;
/** A list that is cut saves at least so many. */
const WORTH = 5;

/** Known words: all if they are not many more than `most`, else a handful, those that have the word in them first. */
function listed(word: string, known: readonly string[], most: number): string {
  if (known.length < most + WORTH) return known.join(", ");
  const alike = known.filter((one) => word !== "" && one.includes(word));
  const first = [...new Set([...alike, ...known])].slice(0, HANDFUL);
  return `${first.join(", ")} and ${known.length - first.length} more`;
}
