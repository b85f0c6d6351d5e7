import assert from "node:assert/strict";
import { bytesOf } from "./bytes.ts";
import { writerOf } from "./composer.ts";
import { composed } from "./message.ts";
import { codecFor } from "./mod.ts";
import type { Message } from "./types.ts";

const decoder = new TextDecoder();

function textOf(message: Message, connection: number, sequence: number): string {
  const bytes = new Uint8Array(message.size);
  return decoder.decode(bytes.subarray(0, writerOf(message)(bytes, 0, connection, sequence)));
}

const content = composed(true, [
  {
    head: bytesOf('"größe"\n      \\'),
    holes: [
      { at: bytesOf('"größe"\n').length, holds: "connection", as: "decimal", width: 4 },
      { at: bytesOf('"größe"\n      \\').length, holds: "sequence", as: "decimal", width: 0 },
    ],
    fillings: ["plain", 'with "quotes"'].map(bytesOf),
    tail: bytesOf("\0end"),
  },
  { head: bytesOf(""), holes: [], fillings: [bytesOf("another")], tail: bytesOf("") },
], (connection) => connection < 50 ? 0 : 1);

Deno.test("socketIo wraps each text into an event, escaped as JSON.stringify() does", () => {
  const [message, ...others] = codecFor("socket.io", "ws://localhost/chat").messages(content);
  assert.deepEqual(others, []);
  for (const [connection, sequence] of [[3, 5], [42, 1000], [42, 1001], [50, 7]] as const) {
    const text = textOf(content, connection, sequence);
    const event = JSON.stringify(["message", text]);
    assert.equal(textOf(message!, connection, sequence), `42/chat,${event}`);
  }
  assert.equal(textOf(content, 42, 1000), '"größe"\n42    \\1000plain\0end');
});

Deno.test("socketIo sends bytes as they are, after an event that announces them", () => {
  const bytes = composed(false, [{
    head: new Uint8Array(4),
    holes: [{ at: 0, holds: "sequence", as: "uint32", width: 4 }],
    fillings: [Uint8Array.of(34)],
    tail: new Uint8Array(),
  }]);
  const [event, content] = codecFor("socket.io", "ws://localhost/").messages(bytes);
  assert.equal(textOf(event!, 3, 5), '451-["message",{"_placeholder":true,"num":0}]');
  assert.equal(content, bytes);
});
