import assert from "node:assert/strict";
import { bytesOf } from "./parts/bytes.ts";
import { writerOf } from "./parts/composer.ts";
import { composed } from "./parts/message.ts";
import { codecFor } from "./mod.ts";
import { remember } from "./testing/handlers.ts";
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

Deno.test("socketIo puts each connection into the namespace of its group", () => {
  const codec = codecFor(
    "socket.io",
    "ws://localhost/room/{group}",
    {},
    (connection) => Math.floor(connection / 4),
  );
  const [message] = codec.messages(content);
  for (const [connection, group] of [[3, 0], [4, 1], [49, 12]] as const) {
    const event = JSON.stringify(["message", textOf(content, connection, 5)]);
    assert.equal(textOf(message!, connection, 5), `42/room/${group},${event}`);
    const { handlers, told } = remember();
    const talk = codec.conversation!(handlers, connection);
    const opening = [
      '0{"sid":"a","pingInterval":1,"pingTimeout":1}',
      `40/room/${group},{"sid":"b"}`,
    ];
    for (
      const packet of [
        ...opening,
        `42/room/${group},["message","hi"]`,
        '42/room/99,["message","hi"]',
      ]
    ) {
      const bytes = bytesOf(packet);
      talk.receive(true, bytes, 0, bytes.length);
    }
    assert.deepEqual(told, [
      ["send", `40/room/${group},`],
      ["ready"],
      ["reply", "hi"],
      ["reply", "hi"],
    ]);
  }
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
