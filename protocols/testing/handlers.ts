/** Handlers that remember what a conversation reported, for the tests of protocols. */

import type { ConversationHandlers } from "../types.ts";

/** A call of a handler: the name of the function, the text or bytes that it was given, and the number of a message. */
export type Told = [
  call: keyof ConversationHandlers,
  argument?: string | Uint8Array,
  sequence?: number,
];

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Handlers that remember their calls. */
export function remember(): { handlers: ConversationHandlers; told: Told[] } {
  const told: Told[] = [];
  const message = (isText: boolean, bytes: Uint8Array): string | Uint8Array =>
    isText ? decoder.decode(bytes) : bytes.slice();
  const handlers: ConversationHandlers = {
    send: (isText, bytes) => void told.push(["send", message(isText, bytes)]),
    ready: () => void told.push(["ready"]),
    keepAlive: (isText, answer) => void told.push(["keepAlive", message(isText, answer)]),
    ended: (reason) => void told.push(["ended", reason]),
    reply(isText, buffer, start, end, sequence) {
      const content = message(isText, buffer.subarray(start, end));
      told.push(sequence === undefined ? ["reply", content] : ["reply", content, sequence]);
    },
    unreadable: (isText, buffer, start, end) =>
      void told.push(["unreadable", message(isText, buffer.subarray(start, end))]),
    answered: (sequence, isText, buffer, start, end) =>
      void told.push(["answered", message(isText, buffer.subarray(start, end)), sequence]),
    wrong: (sequence, isText, buffer, start, end) =>
      void told.push(["wrong", message(isText, buffer.subarray(start, end)), sequence]),
    unasked: (isText, buffer, start, end) =>
      void told.push(["unasked", message(isText, buffer.subarray(start, end))]),
    pushed: (isText, buffer, start, end) =>
      void told.push(["pushed", message(isText, buffer.subarray(start, end))]),
    exhausted: (reason) => void told.push(["exhausted", reason]),
  };
  return { handlers, told };
}
