import assert from "node:assert/strict";
import { type Fault, spoiler } from "./spoil.ts";

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");

/** A frame of a server with a text (RFC 6455 §5.2). */
function frame(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text);
  const length = bytes.length < 126 ? [bytes.length] : [126, bytes.length >> 8, bytes.length & 255];
  return Uint8Array.from([0x81, ...length, ...bytes]);
}

/** What is passed on of an answer to a handshake and messages, which come in pieces of some bytes. */
function passed(fault: Fault, texts: readonly string[], piece: number): readonly [string, number] {
  const spoiling = spoiler({ fault, every: 2, only: "mark" });
  const over = new AbortController();
  const late: Uint8Array[] = [];
  const change = spoiling.change({ send: (bytes) => late.push(bytes), signal: over.signal });
  const all = Uint8Array.from(
    ["HTTP/1.1 101 mark\r\n\r\n"].map((text) => [...encoder.encode(text)]).concat(
      texts.map((text) => [...frame(text)]),
    ).flat(),
  );
  const out: Uint8Array[] = [];
  for (let at = 0; at < all.length; at += piece) out.push(...change(all.slice(at, at + piece)));
  over.abort();
  const text = out.map((part) => latin1.decode(part)).join("");
  return [text.replaceAll(/^HTTP.*\r\n\r\n|\x81(?:~..|.)/gs, "|"), spoiling.spoilt];
}

const LONG = "a".repeat(300);
const TEXTS = ["mark abc", "other", "mark def", "mark mark", "mark ghi", `${LONG}mark xxx`, "end"];

for (
  const [fault, expected] of [
    ["none", [`|mark abc|other|mark def|mark mark|mark ghi|${LONG}mark xxx|end`, 0]],
    ["drop", [`|mark abc|other|mark mark|mark ghi|end`, 2]],
    [
      "duplicate",
      [
        `|mark abc|other|mark def|mark def|mark mark|mark ghi|${LONG}mark xxx|${LONG}mark xxx|end`,
        2,
      ],
    ],
    ["reorder", [`|mark abc|other|mark mark|mark def|mark ghi|end`, 1]],
    ["change", [`|mark abc|other|mark dxf|mark mark|mark ghi|${LONG}mark xyx|end`, 2]],
  ] as const
) {
  Deno.test(`spoiler() does "${fault}" to every second message that has the text once`, () => {
    for (const piece of [1, 7, 10_000]) {
      const [text, spoilt] = passed(fault, TEXTS, piece);
      assert.deepEqual([text.replace("||", "|"), spoilt], expected);
    }
  });
}
