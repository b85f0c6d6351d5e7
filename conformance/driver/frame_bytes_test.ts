import assert from "node:assert/strict";
import type { Role, Sent } from "../types.ts";
import { sentBytes } from "./frame_bytes.ts";
import { hex } from "./words.ts";

for (
  const [what, sent, sender, expected] of [
    ["a text of a server", { opcode: 1, payload: "Hi" }, "server", "81 02 48 69"],
    ["a text of a client", { opcode: 1, payload: "Hi" }, "client", "81 82 9a 3c 51 e7 d2 55"],
    [
      "a key of its own",
      { opcode: 2, payload: "Hi", mask: 1 },
      "client",
      "82 82 00 00 00 01 48 69",
    ],
    ["no mask", { opcode: 9, mask: false }, "client", "89 00"],
    ["a server's mask", { opcode: 10, mask: 0 }, "server", "8a 80 00 00 00 00"],
    ["reserved bits", { opcode: 15, rsv: 5, fin: false }, "server", "5f 00"],
    ["16 bits", { opcode: 1, payload: "a", lengthBits: 16 }, "server", "81 7e 00 01 61"],
    ["another length", { opcode: 1, length: 2n ** 63n }, "server", "81 7f 80 00 00 00 00 00 00 00"],
    ["no frame", { raw: Uint8Array.of(1, 2) }, "client", "01 02"],
  ] as const satisfies readonly (readonly [string, Sent, Role, string])[]
) {
  Deno.test(`sentBytes() makes ${what}`, () => {
    assert.equal(hex(sentBytes(sent, sender)), expected);
  });
}
