/** Messages that carry content between a head, which may say how long it is, and a tail. */

import { composed, joined } from "../parts/message.ts";
import type { Hole, Message } from "../types.ts";

/** What is written around content. */
export interface Envelope {
  /** What precedes the content: the same every time, but for its holes. */
  readonly head: Uint8Array;
  readonly holes: readonly Hole[];
  /** What follows the content. */
  readonly tail: Uint8Array;
}

/** The message that carries some content. */
export function enveloped(isText: boolean, content: Message, envelope: Envelope): Message {
  const { head, holes, tail } = envelope;
  const parts = content.parts.map((own) => ({
    head: joined([head, own.head]),
    holes: [...holes, ...own.holes.map((hole) => ({ ...hole, at: head.length + hole.at }))],
    fillings: own.fillings,
    tail: joined([own.tail, tail]),
  }));
  return composed(isText, parts, (connection) => content.partsOf(connection));
}

/** A hole for the length of the content alone, in decimal digits. */
export function contentLength(at: number, head: Uint8Array, tail: Uint8Array): Hole {
  const counts = { from: head.length, without: tail.length };
  return { at, holds: "length", as: "decimal", width: 0, counts };
}
