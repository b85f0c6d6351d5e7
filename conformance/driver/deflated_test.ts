import assert from "node:assert/strict";
import { inflateRawSync } from "node:zlib";
import { hex } from "./words.ts";
import { bytesOf } from "./bytes.ts";
import type { Block } from "../types.ts";

const message = (...blocks: readonly Block[]): Uint8Array<ArrayBuffer> => bytesOf({ blocks });

for (
  const [what, blocks, bytes] of [
    // The examples of RFC 7692 §7.2.3.
    ["in the fixed code (§7.2.3.1)", [{ fixed: ["Hello"] }], "f2 48 cd c9 c9 07 00"],
    [
      "with a copy of the message before (§7.2.3.2)",
      [{ fixed: ["H", { copy: 4, back: 5 }] }],
      "f2 00 11 00 00",
    ],
    ["stored (§7.2.3.3)", [{ stored: "Hello" }], "00 05 00 fa ff 48 65 6c 6c 6f 00"],
    [
      "in a last block (§7.2.3.4)",
      [{ fixed: ["Hello"], isLast: true }],
      "f3 48 cd c9 c9 07 00 00",
    ],
    ["with nothing in it (§7.2.3.6)", [], "00"],
  ] as const
) {
  Deno.test(`bytesOf() makes a compressed message ${what}`, () => {
    const made = message(...blocks);
    assert.equal(hex(made), bytes);
  });
}

Deno.test("bytesOf() makes what inflates to copies of every length and distance", () => {
  const noise = bytesOf({ filling: "noise", length: 32_768 });
  for (const copy of [3, 10, 11, 12, 18, 66, 130, 131, 257, 258]) {
    for (const back of [1, 4, 5, 6, 7, 192, 257, 8192, 24_577, 32_768]) {
      const made = message({ stored: noise }, { fixed: [{ copy, back }], isLast: true });
      const whole = [...inflateRawSync(made)];
      const expected = [...noise];
      for (let index = 0; index < copy; index++) expected.push(expected[expected.length - back]!);
      assert.deepEqual(whole, expected, `${copy} from ${back}`);
    }
  }
});

Deno.test("bytesOf() makes blocks with codes of their own", () => {
  const words = { filling: "words", length: 10_000 } as const;
  const made = message({ zlib: words });
  assert.equal(made[0]! >> 1 & 3, 2);
  assert.ok(made.length < 300);
  const whole = inflateRawSync(Uint8Array.from([...made, 0, 0, 255, 255, 3, 0]));
  assert.deepEqual(new Uint8Array(whole), bytesOf(words));
});

Deno.test("bytesOf() refuses what no block can have", () => {
  assert.throws(() => message({ stored: { filling: "noise", length: 65_536 } }), {
    message: "Cannot store more than 65535 bytes in a block: received 65536",
  });
  assert.throws(() => message({ fixed: [{ copy: 2, back: 1 }] }), {
    message: "Cannot copy 2 bytes from 1 bytes back",
  });
});
