/**
 * The messages of a run and which of them a reply answers, by what the server was asked to do.
 *
 * The text is that of the burst scenario (`tagged()` of scenarios/payload/payload.ts), which works on bytes in place with
 * node:buffer; the page has strings, and messages of any size.
 */

import type { Behaviour } from "./address.ts";
import { parsed } from "./socket_io.ts";

const HEAD = "Hello Server ";
const FILLING = ".";

/** The text of the message with a number. Messages are numbered from 0; their text counts from 1. */
export type MessageOf = (sequence: number) => string;

/** Messages `Hello Server 1`, `Hello Server 2` and so on, filled up to `size` bytes with a space and dots. */
export function messagesOf(size: number): MessageOf {
  const filling = ` ${FILLING.repeat(Math.max(0, size - HEAD.length - 1))}`;
  return (sequence) => {
    const text = `${HEAD}${sequence + 1}`;
    return text.length < size ? text + filling.slice(0, size - text.length) : text;
  };
}

export interface Judgement {
  /** Number of the message that it answers; -1 if it names none. */
  readonly sequence: number;
  readonly isRight: boolean;
}

/** Judges the text of a reply; `expected` is the number of the message whose reply is due next. */
export type Judge = (reply: string, expected: number) => Judgement;

/**
 * How the replies to messages are judged.
 *
 * `/json` answers every message with the same document, which names no message: the first reply, if it is a JSON object,
 * is what the others must be.
 */
export function judgeOf(behaviour: Behaviour, message: MessageOf): Judge {
  switch (behaviour) {
    case "/tag":
      return byText((reply, text) => reply.startsWith(text) && TAG.test(reply.slice(text.length)));
    case "/echo":
    case "/broadcast":
      return byText((reply, text) => reply === text);
    case "/json":
      return sameDocument();
  }

  function byText(isRight: (reply: string, text: string) => boolean): Judge {
    return (reply) => {
      const number = NUMBER.exec(reply);
      if (!number) return { sequence: -1, isRight: false };
      const sequence = Number(number[1]) - 1;
      return { sequence, isRight: isRight(reply, message(sequence)) };
    };
  }
}

const NUMBER = new RegExp(`^${HEAD}([1-9]\\d{0,8})(?!\\d)`);
const TAG = /^ - (0|[1-9]\d{0,2})$/;

function sameDocument(): Judge {
  let document: string | undefined;
  return (reply, expected) => {
    document ??= isObject(reply) ? reply : undefined;
    return reply === document
      ? { sequence: expected, isRight: true }
      : { sequence: -1, isRight: false };
  };
}

function isObject(json: string): boolean {
  const value = parsed(json);
  return typeof value === "object" && value !== null;
}
