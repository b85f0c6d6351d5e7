/**
 * Plain WebSocket: each message stands for itself.
 *
 * @module
 */

import type { Conversation, ConversationHandlers, Protocol } from "./types.ts";

/** Plain WebSocket messages. */
export const websocket: Protocol = {
  id: "websocket",
  title: "WebSocket",
  codec: (url) => ({
    url,
    messages: (content) => [content],
    conversation: (handlers) => new PlainConversation(handlers),
  }),
};

/** Of one connection: all that arrives is a reply. */
class PlainConversation implements Conversation {
  readonly #handlers: ConversationHandlers;

  constructor(handlers: ConversationHandlers) {
    this.#handlers = handlers;
  }

  open(): void {
    this.#handlers.ready();
  }

  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.#handlers.reply(isText, buffer, start, end);
  }

  close(): void {}
}
