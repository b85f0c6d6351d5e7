/** A conversation of a protocol, as tests have it: with what it was told, and what its codec writes. */

import { writerOf } from "../parts/composer.ts";
import { codecFor } from "../mod.ts";
import { constantMessage } from "../parts/message.ts";
import type { Codec, Conversation, OptionValues } from "../types.ts";
import { remember, type Told } from "./handlers.ts";

export interface Connected {
  readonly codec: Codec;
  readonly conversation: Conversation;
  /** What was reported since the last look. */
  told(): Told[];
  /** Lets a message of the server arrive. */
  receive(message: string | Uint8Array): void;
  /** What carries some content. */
  written(content: string | Uint8Array, sequence?: number): string | Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Somewhere in a larger buffer, as messages are read. */
const BEFORE = 3;

/** Begins a conversation with an empty opening. */
export function connected(
  id: string,
  options: OptionValues = {},
  connection = 0,
  url = "ws://localhost:1/path",
): Connected {
  const codec = codecFor(id, url, options);
  const { handlers, told } = remember();
  // So that the longest packet is known.
  codec.messages(constantMessage(true, new Uint8Array(1000)));
  const conversation = codec.conversation!(handlers, connection);
  return {
    codec,
    conversation,
    told: () => told.splice(0),
    receive(message) {
      const isText = typeof message === "string";
      const bytes = isText ? encoder.encode(message) : message;
      const buffer = new Uint8Array(BEFORE + bytes.length + 10).fill(0x0a);
      buffer.set(bytes, BEFORE);
      conversation.receive(isText, buffer, BEFORE, BEFORE + bytes.length);
    },
    written(content, sequence = 0) {
      const isText = typeof content === "string";
      const bytes = isText ? encoder.encode(content) : content;
      const [message] = codec.messages(constantMessage(isText, bytes));
      const target = new Uint8Array(message!.size);
      const written = target.subarray(0, writerOf(message!)(target, 0, connection, sequence));
      return message!.isText ? decoder.decode(written) : written;
    },
  };
}
