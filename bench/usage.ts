/**
 * Wrong usage: what was wrong, the value received, the remedy, in one line.
 *
 * @module
 */

import { closest, distance } from "fastest-levenshtein";
import { shown } from "../measure/text/shown.ts";

/** The user asked for what cannot be; the message is one line for him. */
export class UsageError extends Error {
  /** Tells it from a fault of the program. */
  override readonly name = "UsageError";

  /** Takes the message; whatever value was received is in it, it is fit to be {@linkcode shown}. */
  constructor(message: string) {
    super(shown(message));
  }
}

/**
 * Finds the known word that was probably meant.
 *
 * @returns undefined when none is near
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(word, known);
  return distance(word, found) <= Math.max(2, Math.floor(word.length / 3)) ? found : undefined;
}

/**
 * Finds the items with the given ids, in the order of the list; `all` stands for every one.
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

/**
 * Finds the item with the given id.
 *
 * @param what what an item is, for the message: "profile"
 * @throws {UsageError} for an unknown id
 */
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
  const meant = nearest(id, known);
  return new UsageError(
    `Unknown ${what} "${id}"${meant ? `, did you mean "${meant}"?` : "."} ` +
      `Known: ${known.join(", ")}${rest}`,
  );
}

/**
 * Checks a whole number that the user gave.
 *
 * @throws {UsageError} when it is none from `least` to `most`
 */
export function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(
    `The ${name} must be a whole number from ${least} to ${most}: received ${value}`,
  );
}
