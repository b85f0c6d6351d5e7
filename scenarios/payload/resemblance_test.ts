import assert from "node:assert/strict";
import { bytesOf } from "../../protocols/parts/bytes.ts";
import { json, numbered } from "./payload.ts";
import { Resemblance } from "./resemblance.ts";

/** The reply to message 7 of connection 3, changed. */
function changed(
  payload: ReturnType<typeof json>,
  change: (reply: Uint8Array) => Uint8Array,
): boolean {
  const reply = new Uint8Array(payload.size);
  payload.write(reply, 0, 3, 7);
  const came = change(reply);
  return new Resemblance(payload).isLike(came, 0, came.length, 3, 7);
}

for (const [name, payload] of [["JSON", json(64)], ["bytes", numbered(16)]] as const) {
  Deno.test(`Resemblance takes changed ${name} for a reply`, () => {
    const flip = (at: number) => (reply: Uint8Array) => {
      reply[at]! ^= 0x20;
      return reply;
    };
    for (const at of [0, 1, 5, payload.size - 1]) assert.equal(changed(payload, flip(at)), true);
    assert.equal(changed(payload, (reply) => reply.subarray(0, payload.size - 3)), true);
    assert.equal(changed(payload, (reply) => Uint8Array.of(...reply, 33, 33)), true);
    assert.equal(changed(payload, (reply) => reply.fill(0)), true);
  });

  Deno.test(`Resemblance takes nothing else for a reply of ${name}`, () => {
    for (const text of ["", '{"type":"welcome","server":"raw"}', "x".repeat(payload.size + 1)]) {
      assert.equal(changed(payload, () => bytesOf(text)), false, text);
    }
  });
}
