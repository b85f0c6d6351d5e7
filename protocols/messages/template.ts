/**
 * Templates of messages: texts with placeholders. A template is taken apart once, into bytes and the places between
 * them, of which messages are put together.
 */

import { PLACEHOLDER, placeholderProblem } from "../../measure/text/placeholders.ts";
import { bytesOf } from "../parts/bytes.ts";
import { Head, mixed } from "../parts/head.ts";
import { escapedParts } from "../json/content.ts";
import { composed, headSize, joined, NOTHING } from "../parts/message.ts";
import type { CodecSettings, Hole, Message, OptionValue, Parts } from "../types.ts";

/** What a placeholder stands for. */
export type Placeholder = "sequence" | "connection" | "group" | "random" | "payload";

/** Those that change with each message. */
export const IN_MESSAGES: readonly Placeholder[] = ["sequence", "connection", "random", "payload"];
/** Those in what is said once on a connection. */
export const ON_CONNECTIONS: readonly Placeholder[] = ["connection", "random"];

export const RANDOM_DIGITS = 16;

/** What is not, such as `{user}` in the value of a variable of the environment, stays as it is. */
function isPlaceholder(name: string | undefined): name is Placeholder {
  return name === "group" || IN_MESSAGES.some((one) => one === name);
}

/** A part of a template: bytes as they are, or a place for something. */
export type Part = Uint8Array | Place;

interface Place {
  readonly holds: Placeholder;
  /** Set where it is inside a text of JSON, so that what is put in is escaped. */
  readonly isEscaped: boolean;
}

export function isPlace(part: Part): part is Place {
  return !(part instanceof Uint8Array);
}

/** The text of a template: one that is given as JSON has numbers where a whole text is that of a number. */
export function templateText(value: OptionValue): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value).replace(/"\{(sequence|connection)\}"/g, "{$1}");
}

/** Whether a template is JSON, with numbers in its holes. */
function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text.replace(PLACEHOLDER, "0")) === "object";
  } catch {
    return false;
  }
}

/**
 * Why a text is no JSON though it begins like an object, as a phrase that follows its name; undefined if it does not
 * begin like one, or is one, whatever follows it.
 */
export function jsonProblem(text: string): string | undefined {
  if (!/^\s*\{\s*"/.test(text)) return undefined;
  try {
    JSON.parse(text.replace(PLACEHOLDER, "0"));
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return / after JSON /.test(message) ? undefined : noJson(message);
  }
}

/** What a text is of which the parser of JSON complains. */
export function noJson(complaint: string): string {
  return `begins as JSON and is none (${complaint.replace(/ \(line.*/, "")})`;
}

/** Why a template cannot be used, as a phrase that follows its name; undefined if it can. */
export function templateProblem(
  value: OptionValue,
  allowed: readonly Placeholder[],
): string | undefined {
  const text = templateText(value);
  if (text.split("{payload}").length > 2) return "has {payload} more than once";
  return placeholderProblem(text, allowed);
}

/** A text with its holes. */
export class Template {
  readonly parts: readonly Part[];
  readonly isJson: boolean;
  readonly #seed: number;
  readonly #groupOf: CodecSettings["groupOf"] | undefined;

  /**
   * @param value a text, or JSON
   * @param run what `{random}` differs by from one generator to another
   * @param hasJson whether the text has JSON though it is not JSON as a whole
   * @param groupOf what `{group}` stands for
   */
  constructor(
    value: OptionValue,
    run: string,
    hasJson: boolean = false,
    groupOf?: CodecSettings["groupOf"],
  ) {
    this.#groupOf = groupOf;
    const text = templateText(value);
    this.isJson = hasJson || isJson(text);
    this.#seed = bytesOf(run).reduce((seed, byte) => mixed(seed ^ byte), 1);
    const parts: Part[] = [];
    let inText = false;
    let literal = "";
    let end = 0;
    const take = (piece: string): void => {
      if (this.isJson) {
        for (const [sign] of piece.matchAll(/\\.|"/gs)) if (sign === '"') inText = !inText;
      }
      literal += piece;
    };
    const flush = (): void => {
      if (literal !== "") parts.push(bytesOf(literal));
      literal = "";
    };
    for (const match of text.matchAll(PLACEHOLDER)) {
      const [whole, quoted, name] = match;
      take(text.slice(end, match.index));
      end = match.index + whole.length;
      if (quoted !== undefined) literal += `{${quoted}}`;
      else if (!isPlaceholder(name)) take(whole);
      else {
        flush();
        parts.push({ holds: name, isEscaped: inText });
      }
    }
    take(text.slice(end));
    flush();
    this.parts = parts;
  }

  has(placeholder: Placeholder): boolean {
    return this.parts.some((part) => isPlace(part) && part.holds === placeholder);
  }

  /** What is said once on a connection: a template without what changes with messages. */
  said(connection: number): Uint8Array {
    const said = this.#holed(this.parts);
    const bytes = new Uint8Array(headSize(said));
    return bytes.subarray(0, new Head(said).write(bytes, 0, connection, -1));
  }

  /**
   * The messages that the template makes of some content.
   *
   * @throws {RangeError} if the content is bytes, and there is anything beside it
   */
  message(content: Message): Message {
    const at = this.parts.findIndex((part) => isPlace(part) && part.holds === "payload");
    const before = this.#holed(at < 0 ? this.parts : this.parts.slice(0, at));
    if (at < 0) return composed(true, [{ ...before, fillings: [NOTHING], tail: NOTHING }]);
    if (this.parts.length === 1) return content;
    if (!content.isText) {
      throw new RangeError(
        "Cannot put bytes into a message of text: choose texts, with `--payload text`",
      );
    }
    const { isEscaped } = this.parts[at] as Place;
    const after = this.#holed(this.parts.slice(at + 1));
    const parts = content.parts.map((one) =>
      wrapped(before, isEscaped ? escapedParts(one) : one, after)
    );
    return composed(true, parts, (connection) => content.partsOf(connection));
  }

  /** Bytes with their holes; none of the parts is the payload. */
  #holed(parts: readonly Part[]): Holed {
    const holes: Hole[] = [];
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (const part of parts) {
      const piece = isPlace(part) ? part.holds === "random" ? RANDOM : NOTHING : part;
      if (isPlace(part)) holes.push(this.#holeOf(part, at));
      pieces.push(piece);
      at += piece.length;
    }
    return { head: joined(pieces), holes };
  }

  #holeOf({ holds }: Place, at: number): Hole {
    if (holds === "random") return { at, holds, as: "hex", width: RANDOM_DIGITS, plus: this.#seed };
    const digits = { at, as: "decimal", width: 0 } as const;
    if (holds === "connection") return { ...digits, holds };
    if (holds === "group") {
      return { ...digits, holds: "connection", ...(this.#groupOf && { of: this.#groupOf }) };
    }
    // Many servers take the number 0 for none.
    return { ...digits, holds: "sequence", plus: 1 };
  }
}

/** Bytes with numbers in them. */
type Holed = Pick<Parts, "head" | "holes">;

/** Room for random digits. */
const RANDOM = new Uint8Array(RANDOM_DIGITS);

/** Parts with something before them and after them. */
function wrapped(before: Holed, parts: Parts, after: Holed): Parts {
  const { head, holes, fillings, tail, tailHoles = [] } = parts;
  const tailSize = tail.length;
  return {
    head: joined([before.head, head]),
    holes: [...before.holes, ...shifted(holes, before.head.length)],
    fillings,
    tail: joined([tail, after.head]),
    tailHoles: [...tailHoles, ...shifted(after.holes, tailSize)],
  };
}

function shifted(holes: readonly Hole[], by: number): Hole[] {
  return holes.map((hole) => ({ ...hole, at: hole.at + by }));
}
