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
    throw new UsageError(`No ${what} is named. Known: ${known.join(", ")}, all`);
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
  return new UsageError(`Unknown ${unknownWord(what, id, known)}${rest}`);
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
    `Known: ${known.length === 0 ? "none" : known.join(", ")}`;
}
