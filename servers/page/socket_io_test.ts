import { deepEqual, equal } from "node:assert/strict";
import { writerOf } from "../../protocols/parts/composer.ts";
import { constantMessage } from "../../protocols/parts/message.ts";
import { codecFor } from "../../protocols/mod.ts";
import { SocketIoPackets } from "../../protocols/socket_io/packets.ts";
import { joinPacket, messagePacket, PONG, readPacket } from "./socket_io.ts";

const utf8 = new TextDecoder();

for (const namespace of ["/", "/tag"]) {
  Deno.test(`packets for ${namespace} are those of the wire client`, () => {
    const packets = new SocketIoPackets(namespace);
    const { messages } = codecFor("socket.io", `ws://localhost${namespace}`);
    equal(joinPacket(namespace), utf8.decode(packets.connectPacket));
    equal(PONG, utf8.decode(packets.pong));
    for (const text of ["", "Hello Server 1", 'größe "\\\n\u0007 漢字 🦕']) {
      const packet = messagePacket(namespace, text);
      const [event] = messages(constantMessage(true, new TextEncoder().encode(text)));
      const bytes = new Uint8Array(event!.size);
      equal(packet, utf8.decode(bytes.subarray(0, writerOf(event!)(bytes, 0, 0, 0))));
      deepEqual(readPacket(namespace, packet), { kind: "message", text });
    }
  });
}

Deno.test("readPacket() reads what a server says to a client of /tag", () => {
  const rows: [string, ReturnType<typeof readPacket>][] = [
    ['0{"sid":"x","pingInterval":25000}', { kind: "opened" }],
    ['40/tag,{"sid":"y"}', { kind: "joined" }],
    ["41/tag,", { kind: "left" }],
    ['44/tag,{"message":"Invalid namespace"}', { kind: "refused", reason: "Invalid namespace" }],
    ["44/tag,no json", { kind: "refused", reason: "no json" }],
    ["2", { kind: "ping" }],
    ['42/tag,["message","hi - 5"]', { kind: "message", text: "hi - 5" }],
    ['42/tag,["news","hi"]', { kind: "other" }],
    ["42/tag,[", { kind: "other" }],
    ['42/echo,["message","hi"]', { kind: "other" }],
    ['42["message","hi"]', { kind: "other" }],
    ["6", { kind: "other" }],
    ["", { kind: "other" }],
  ];
  for (const [packet, says] of rows) deepEqual(readPacket("/tag", packet), says, packet);
});
