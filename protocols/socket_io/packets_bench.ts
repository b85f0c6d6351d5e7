import type { ConversationHandlers } from "../types.ts";
import { SocketIoConversation } from "./conversation.ts";
import { SocketIoPackets } from "./packets.ts";
import { escape } from "../json/text.ts";

const encoder = new TextEncoder();
const textDecoder = new TextDecoder();
const packets = new SocketIoPackets("/echo");

const payloads: Record<string, string> = {
  "64 B of JSON": '{"sequence":123456,"connection":17,"text":"abcdefghijklmnopqrs"}',
  "64 B without escapes": "abcdefgh".repeat(8),
  "16 KiB of JSON": JSON.stringify(Array(512).fill({ sequence: 123456, text: "ab" })).slice(
    0,
    16384,
  ),
  "16 KiB without escapes": "abcdefgh".repeat(2048),
};

let received = 0;
const handlers: ConversationHandlers = {
  send() {},
  ready() {},
  keepAlive() {},
  ended() {},
  answered() {},
  wrong() {},
  unreadable() {},
  unasked() {},
  pushed() {},
  exhausted() {},
  reply(_isText, _buffer, start, end) {
    received += end - start;
  },
};

for (const [group, text] of Object.entries(payloads)) {
  const payload = encoder.encode(text);
  const target = new Uint8Array(6 * payload.length);
  const packet = `42/echo,${JSON.stringify(["message", text])}`;
  const message = encoder.encode(packet);
  const conversation = new SocketIoConversation(packets, handlers);
  for (const opening of ['0{"sid":"x"}', '40/echo,{"sid":"y"}']) {
    conversation.receive(true, encoder.encode(opening), 0, opening.length);
  }

  Deno.bench(`escape(): ${group}`, {
    group: `write ${group}`,
    baseline: true,
  }, () => {
    escape(target, 0, payload, 0, payload.length);
  });
  Deno.bench(`JSON.stringify() and TextEncoder: ${group}`, { group: `write ${group}` }, () => {
    encoder.encodeInto(`42/echo,${JSON.stringify(["message", text])}`, target);
  });
  Deno.bench(
    `SocketIoConversation.receive(): ${group}`,
    { group: `read ${group}`, baseline: true },
    () => {
      conversation.receive(true, message, 0, message.length);
    },
  );
  Deno.bench(`TextDecoder and JSON.parse(): ${group}`, { group: `read ${group}` }, () => {
    received += JSON.parse(textDecoder.decode(message).slice(8))[1].length;
  });
}
