/** Messages that carry content between a head that says how long it is, and a tail. */

import type { GroupText } from "./groups.ts";
import type { Message } from "../types.ts";

/** What is written around content. */
export interface Envelope {
  /** The most bytes that its head takes. */
  readonly headSize: number;
  /**
   * Writes what precedes the content.
   *
   * @param length of the content, in bytes
   * @returns the place after it
   */
  writeHead(
    target: Uint8Array,
    at: number,
    connection: number,
    sequence: number,
    length: number,
  ): number;
  /** What follows the content. */
  readonly tail: Uint8Array;
}

/** The message that carries some content. */
export function enveloped(isText: boolean, content: Message, envelope: Envelope): Message {
  const { headSize, tail } = envelope;
  const { parts } = content;
  const sizes = Array.from({ length: parts.count }, (_, index) => parts.rest(index).length);

  /** Writes the head before what stands after the room for the longest; returns the place after both. */
  function putHead(
    target: Uint8Array,
    at: number,
    end: number,
    connection: number,
    sequence: number,
    length: number,
  ): number {
    const start = at + headSize;
    const headEnd = envelope.writeHead(target, at, connection, sequence, length);
    if (headEnd === start) return end;
    target.copyWithin(headEnd, start, end);
    return headEnd + end - start;
  }

  return {
    isText,
    size: headSize + content.size + tail.length,
    parts: {
      headSize: headSize + parts.headSize,
      writeHead(target, at, connection, sequence) {
        const start = at + headSize;
        const end = parts.writeHead(target, start, connection, sequence);
        const length = end - start + sizes[parts.restOf(connection, sequence)]!;
        return putHead(target, at, end, connection, sequence, length);
      },
      count: parts.count,
      rest(index) {
        const rest = parts.rest(index);
        return tail.length === 0 ? rest : Uint8Array.of(...rest, ...tail);
      },
      restOf: (connection, sequence) => parts.restOf(connection, sequence),
    },
    write(target, at, connection, sequence) {
      const start = at + headSize;
      const end = content.write(target, start, connection, sequence);
      return put(tail, target, putHead(target, at, end, connection, sequence, end - start));
    },
  };
}

/** Copies few bytes, for which `set()` would take longer; returns the place after them. */
function put(bytes: Uint8Array, target: Uint8Array, at: number): number {
  for (let index = 0; index < bytes.length; index++) target[at + index] = bytes[index]!;
  return at + bytes.length;
}

/** A head before content of one length. */
interface PreparedHead {
  readonly bytes: Uint8Array;
  /** The part of it that has the group's name. */
  readonly name: Uint8Array;
  group: number;
}

/** A head with the name of a group in it: what is the same from message to message is written once. */
export class GroupHead {
  readonly #name: GroupText;
  readonly #around: (length: number) => readonly [before: Uint8Array, after: Uint8Array];
  readonly #heads = new Map<number, PreparedHead>();
  #length = -1;
  #head: PreparedHead | undefined;

  /** @param around what stands before and after the group's name, for content of a length */
  constructor(
    name: GroupText,
    around: (length: number) => readonly [before: Uint8Array, after: Uint8Array],
  ) {
    this.#name = name;
    this.#around = around;
  }

  /** How long the head is before content of a length, in bytes. */
  sizeFor(length: number): number {
    const [before, after] = this.#around(length);
    return before.length + this.#name.length + after.length;
  }

  /** Writes the head of content of a length; returns the place after it. */
  write(target: Uint8Array, at: number, connection: number, length: number): number {
    const head = length === this.#length ? this.#head! : this.#headFor(length);
    const group = this.#name.groupOf(connection);
    if (group !== head.group) {
      head.name.set(this.#name.of(connection));
      head.group = group;
    }
    return put(head.bytes, target, at);
  }

  #headFor(length: number): PreparedHead {
    let head = this.#heads.get(length);
    if (head === undefined) {
      const [before, after] = this.#around(length);
      const whole = new Uint8Array(this.sizeFor(length));
      whole.set(before);
      whole.set(after, whole.length - after.length);
      const name = whole.subarray(before.length, before.length + this.#name.length);
      this.#heads.set(length, head = { bytes: whole, name, group: -1 });
    }
    this.#length = length;
    return this.#head = head;
  }
}
