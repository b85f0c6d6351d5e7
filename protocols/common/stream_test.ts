import { deepEqual, throws } from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { PacketStream } from "./stream.ts";

/** Reads lines. */
function lines(most = 100) {
  const stream = new PacketStream(most);
  const found: string[] = [];
  const reader = {
    read(buffer: Uint8Array, start: number, end: number): number {
      let at = start;
      for (let stop; (stop = buffer.subarray(0, end).indexOf(10, at)) >= 0; at = stop + 1) {
        found.push(new TextDecoder().decode(buffer.subarray(at, stop)));
      }
      return at;
    },
  };
  return {
    found,
    push: (text: string) => stream.push(bytesOf(text), 0, bytesOf(text).length, reader),
  };
}

Deno.test("PacketStream joins what is cut anywhere, and separates what comes together", () => {
  const text = "one\ntwo\n\nthree\nfour\n";
  const expected = text.split("\n").slice(0, -1);
  for (let size = 1; size <= text.length; size++) {
    const { found, push } = lines();
    for (let at = 0; at < text.length; at += size) push(text.slice(at, at + size));
    deepEqual(found, expected, `${size}`);
  }
});

Deno.test("PacketStream refuses a packet that is too long", () => {
  const { push } = lines(10);
  push("123456789");
  throws(() => push("01"), { kind: "malformed" });
});
