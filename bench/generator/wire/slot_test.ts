import assert from "node:assert/strict";
import { Slot, type SlotOwner } from "./slot.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A slot, and what it sends. */
function slotOf(): { slot: Slot; sent: string[] } {
  const sent: string[] = [];
  const owner: SlotOwner = {
    ready() {},
    takeReply() {},
    takeAnswer() {},
    takeUnreadable() {},
    takeUnasked() {},
    takePush() {},
    takePong() {},
    sendFrame: (_slot, _opcode, bytes, start, end) =>
      void sent.push(new TextDecoder().decode(bytes.subarray(start, end))),
    sendClose: (_slot, code) => void sent.push(`close ${code}`),
  };
  return { slot: new Slot(owner, 0), sent };
}

function ping(slot: Slot, text: string): void {
  slot.ping(bytes(text), 0, text.length);
}

Deno.test("Slot answers every ping as long as there is room", () => {
  const { slot, sent } = slotOf();
  for (const text of ["a", "b"]) ping(slot, text);
  slot.keepAlive(true, bytes("3"));
  assert.deepEqual(sent, ["a", "b", "3"]);
});

Deno.test("Slot answers every ping when there is room again, and the last keep-alive", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  for (const text of ["a", "b", "c"]) ping(slot, text);
  for (const text of ["1", "2", "3"]) slot.keepAlive(true, bytes(text));
  assert.deepEqual(sent, []);
  slot.hasRoom = true;
  slot.settle();
  slot.settle();
  assert.deepEqual(sent, ["a", "b", "c", "3"]);
});

Deno.test("Slot answers the pings that came before a close before it answers that", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  for (const text of ["a", "b"]) ping(slot, text);
  slot.close(1000, "");
  assert.deepEqual(sent, ["a", "b", "close 1000"]);
});

Deno.test("Slot keeps few answers if a server pings and reads nothing", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  for (let number = 0; number < 1000; number++) ping(slot, "a");
  slot.hasRoom = true;
  slot.settle();
  assert.equal(sent.length, 64);
});

Deno.test("Slot answers nothing behind its close", () => {
  const { slot, sent } = slotOf();
  slot.hasRoom = false;
  ping(slot, "a");
  slot.keepAlive(true, bytes("3"));
  slot.closeSent = true;
  slot.settle();
  assert.deepEqual(sent, []);
});

Deno.test("Slot closes once if its protocol ends the conversation, with the reason", () => {
  const { slot, sent } = slotOf();
  slot.ended("io server disconnect");
  slot.closeSent = true;
  slot.ended("transport close");
  assert.deepEqual(sent, ["close 1000"]);
  slot.close(1000, "");
  assert.equal(slot.ending, "transport close");
});
