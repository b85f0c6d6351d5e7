/** An example of a protocol of one's own: each message is `SAY` and a text, and its reply `SAID` and the same text. */

import { defineProtocol, type ProtocolMessage } from "@wsmark/wsmark";

const encoder = new TextEncoder();
const SAY = encoder.encode("SAY ");
const SAID = encoder.encode("SAID ");
const HELLO = encoder.encode("HELLO");

export default defineProtocol({
  title: "Chat",
  isTextOnly: true,
  options: { name: { about: "Who says it", type: "text", default: "wsmark" } },
  codec: (url, { options }) => ({
    url: new URL(url),
    messages: (content) => [after(SAY, content)],
    conversation: (handlers) => ({
      open: () => handlers.send(true, encoder.encode(`JOIN ${options.name}`)),
      receive(isText, buffer, start, end) {
        if (begins(SAID, buffer, start, end)) {
          handlers.reply(isText, buffer, start + SAID.length, end);
        } else if (begins(HELLO, buffer, start, end)) handlers.ready();
        else handlers.unasked(isText, buffer, start, end);
      },
      close: () => handlers.send(true, encoder.encode("LEAVE")),
    }),
  }),
});

/** A message with something before it. */
function after(start: Uint8Array, message: ProtocolMessage): ProtocolMessage {
  return {
    ...message,
    size: start.length + message.size,
    parts: message.parts.map((parts) => ({
      ...parts,
      head: joined(start, parts.head),
      holes: parts.holes.map((hole) => ({ ...hole, at: start.length + hole.at })),
    })),
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

function begins(text: Uint8Array, buffer: Uint8Array, start: number, end: number): boolean {
  return start + text.length <= end && text.every((byte, at) => buffer[start + at] === byte);
}
