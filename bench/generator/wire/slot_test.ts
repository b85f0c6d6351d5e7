import assert from "node:assert/strict";
import type { WireExchange } from "./exchange.ts";
import { Slot } from "./slot.ts";

/** A slot, and what it sends. */
function slotOf(): { slot: Slot; sent: string[] } {
  const sent: string[] = [];
  const owner = {
    sendFrame: (_slot, _opcode, bytes, start, end) =>
      void sent.push(new TextDecoder().decode(bytes.subarray(start, end))),
    sendPacket: (_slot, name) => void sent.push(name),
  } satisfies Pick<WireExchange, "sendFrame" | "sendPacket">;
  return { slot: new Slot(owner as unknown as WireExchange, 0), sent };
}

function ping(slot: Slot, text: string): void {
  const bytes = new TextEncoder().encode(text);
  slot.ping(bytes, 0, bytes.length);
}

Deno.test("Slot answers every ping as long as there is room", () => {
  const { slot, sent } = slotOf();
  for (const text of ["a", "b"]) ping(slot, text);
  slot.packets.ping();
  assert.deepEqual(sent, ["a", "b", "pong"]);
});

Deno.test("Slot keeps one answer where a server pings and reads nothing", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  for (const text of ["a", "b", "c"]) ping(slot, text);
  for (let pings = 0; pings < 3; pings++) slot.packets.ping();
  assert.deepEqual(sent, []);
  slot.hasRoom = true;
  slot.settle();
  slot.settle();
  assert.deepEqual(sent, ["c", "pong"]);
});

Deno.test("Slot answers nothing behind its close", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  ping(slot, "a");
  slot.closeSent = true;
  slot.settle();
  assert.deepEqual(sent, []);
});
