/** Wrong usage: what was wrong, the value received, the remedy, in one line. */

import { shown } from "../measure/text/shown.ts";

/** The user asked for what is not possible; the message is one line. */
export class UsageError extends Error {
  /** Discriminant. */
  override readonly name = "UsageError";

  /** Takes the message and makes it fit to be {@linkcode shown}, whatever value was received. */
  constructor(message: string) {
    super(shown(message));
  }
}

/** A run was killed before it had written anything that could be read, which is nobody's fault. */
export class NothingYetError extends Error {
  override readonly name = "NothingYetError";
}

/** Checks a number that the user gave; throws a `UsageError` if it is not a whole one from `least` to `most`. */
export function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(
    `The ${name} must be a whole number from ${least} to ${most}: received ${value}`,
  );
}
