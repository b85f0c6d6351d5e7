import assert from "node:assert/strict";
import { OwedPongs } from "./frame.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is sent when there is room. */
function settled(owed: OwedPongs): string[] {
  const sent: string[] = [];
  owed.settle((payload) => void sent.push(new TextDecoder().decode(payload)));
  return sent;
}

Deno.test("OwedPongs.settle() sends a copy of each payload once, in their order", () => {
  const owed = new OwedPongs();
  assert.deepEqual(settled(owed), []);
  const buffer = bytes("-one-two");
  owed.add(buffer, 1, 4);
  owed.add(buffer, 5, 8);
  owed.add(buffer, 8, 8);
  buffer.fill(0);
  assert.deepEqual(settled(owed), ["one", "two", ""]);
  assert.deepEqual(settled(owed), []);
});

Deno.test("OwedPongs.add() keeps the last 64", () => {
  const owed = new OwedPongs();
  for (let number = 0; number < 1000; number++) {
    const payload = bytes(String(number));
    owed.add(payload, 0, payload.length);
  }
  assert.deepEqual(settled(owed), Array.from({ length: 64 }, (_, index) => String(936 + index)));
});

Deno.test("OwedPongs.clear() forgets them", () => {
  const owed = new OwedPongs();
  owed.add(bytes("a"), 0, 1);
  owed.clear();
  assert.deepEqual(settled(owed), []);
});
