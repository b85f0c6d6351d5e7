/** Names of groups: topics, subjects, destinations, channels. All of one protocol are equally long. */

import { bytesOf } from "../parts/bytes.ts";
import type { CodecSettings, Hole, OptionValue } from "../types.ts";

/** Stands in an option for the name of a group. */
export const GROUP = "{group}";

const DIGITS = 6;

/** A text in which the name of a connection's group stands: the trial's letters and digits, then the group's number. */
export class GroupText {
  readonly #groupOf: CodecSettings["groupOf"];
  readonly #text: string;
  /** As it is for the group that was asked for last. */
  readonly #bytes: Uint8Array;
  /** Where its number stands; -1 if it is the same for all. */
  readonly #numberAt: number;
  #group = 0;

  /** @param template may have {@linkcode GROUP} once; without it the text is the same for all */
  constructor(template: string, { run, trial = run, groupOf }: CodecSettings) {
    const at = template.indexOf(GROUP);
    this.#groupOf = groupOf;
    this.#numberAt = at < 0 ? -1 : bytesOf(template.slice(0, at) + trial).length;
    this.#text = template.replace(GROUP, () => trial + "0".repeat(DIGITS));
    this.#bytes = bytesOf(this.#text);
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The text with zeros in the place of the number. */
  get text(): string {
    return this.#text;
  }

  /** The holes of a head in which the text is, from a place on. */
  holes(at: number): readonly Hole[] {
    if (this.#numberAt < 0) return [];
    const place = { at: at + this.#numberAt, width: DIGITS };
    return [{ ...place, holds: "connection", of: this.#groupOf, as: "padded" }];
  }

  /** The text for a connection, valid until the next call. */
  of(connection: number): Uint8Array {
    const group = this.#groupOf(connection);
    if (group !== this.#group && this.#numberAt >= 0) {
      this.#bytes.set(bytesOf(`${group}`.padStart(DIGITS, "0")), this.#numberAt);
      this.#group = group;
    }
    return this.#bytes;
  }

  /** Whether the text for a connection is what a range has. */
  fills(source: Uint8Array, start: number, end: number, connection: number): boolean {
    const bytes = this.of(connection);
    if (end - start !== bytes.length) return false;
    for (let index = 0; index < bytes.length; index++) {
      if (bytes[index] !== source[start + index]) return false;
    }
    return true;
  }
}

/** Why a text cannot be in a line of a protocol, as a phrase; undefined if it can. */
export function textProblem(value: OptionValue): string | undefined {
  if (typeof value !== "string" || value === "") return "must not be empty";
  return /\p{Cc}/u.test(value) || !value.isWellFormed()
    ? "must have no control characters"
    : undefined;
}

/** Why a text cannot be a name for groups, as a phrase; undefined if it can. */
export function groupProblem(value: OptionValue): string | undefined {
  const problem = textProblem(value);
  if (problem !== undefined) return problem;
  const text = String(value);
  const [other] = /\{(?:connection|random|sequence|payload|groups?[-_]?\w+|grp)\}/i.exec(text) ??
    [];
  if (other !== undefined) return `has ${other}, and only ${GROUP} and {env.NAME} are filled in`;
  return text.split(GROUP).length > 2 ? `must have ${GROUP} only once` : undefined;
}
