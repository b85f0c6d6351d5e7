import assert from "node:assert/strict";
import type { Case, Judgement } from "../types.ts";
import { bytesOf } from "./bytes.ts";
import type { SeenFrame, Transcript } from "./transcript.ts";
import { cameWords, expectedWords, frameWords } from "./words.ts";

const caseOf = (judgement: Judgement): Case => ({
  ...{ id: "1.1.1", title: "text", section: "RFC 6455 §5", steps: [] },
  judgement,
});

const frame = (first: number, payload: string): SeenFrame => ({
  first,
  payload: bytesOf(payload),
});

for (
  const [expected, judgement] of [
    ['text "a", then an open connection', {
      must: [{ answers: [{ text: "a" }], ending: { is: "open" } }],
    }],
    ["a close frame with 1002", {
      should: [{ ending: { is: "closed", codes: [1002] } }],
      must: [{ ending: { is: "dropped" } }],
    }],
    ["a close frame with 1000 or without a code, then the end of the connection", {
      must: [{ ending: { is: "closed", codes: [1000, 1005], isEnded: true } }],
    }],
    ["the end of the connection", {
      must: [{ ending: { is: "closed" } }, { ending: { is: "dropped" } }],
    }],
    ["binary of 70,000 bytes, 2 × pong without content, then an open connection", {
      must: [{
        answers: [{ binary: { filling: "noise", length: 70_000 } }, { pong: "" }, { pong: "" }],
        ending: { is: "open" },
      }],
    }],
    ["a close frame with a code that may be sent", { must: [{ ending: { is: "closed" } }] }],
    ['text "a", or nothing, then a close frame with 1007 as soon as it is wrong', {
      must: [{
        answers: [{ text: "a" }],
        atLeast: 0,
        ending: { is: "closed", codes: [1007], isEarly: true },
      }],
    }],
  ] as const satisfies readonly (readonly [string, Judgement])[]
) {
  Deno.test(`expectedWords() says ${expected}`, () => {
    assert.equal(expectedWords(caseOf(judgement)), expected);
  });
}

for (
  const [expected, seen] of [
    ['text "Hello" [81 05 48 65 6c 6c 6f]', frame(0x81, "Hello")],
    ["text (to be continued) without content [01 00]", frame(0x01, "")],
    ["ping of 25 bytes [89 19 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 …]", {
      ...frame(0x89, "a".repeat(25)),
    }],
    ['close with 1002 and "\\u001b[1mno" [88 08 03 ea 1b 5b 31 6d 6e 6f]', {
      first: 0x88,
      payload: Uint8Array.of(3, 0xea, ...bytesOf("\x1b[1mno")),
    }],
    ["text of 1 byte [81 01 ff]", { first: 0x81, payload: Uint8Array.of(255) }],
  ] as const
) {
  Deno.test(`frameWords() says ${expected}`, () => assert.equal(frameWords(seen), expected));
}

for (
  const [expected, transcript] of [
    ["no connection: refused", { frames: [], answers: [], notOpened: "refused" }],
    ["the connection stayed open", { frames: [], answers: [] }],
    ["no answer to the request; the connection stayed open", {
      ...{ frames: [], answers: [], isAwaited: true },
    }],
    ['the extension was not agreed on: received "a b"', {
      ...{ frames: [], answers: [], isDeclined: true, disagreement: 'received "a b"' },
    }],
    ['3 × text "a" [81 01 61], then the connection was reset', {
      ...{ frames: [frame(0x81, "a"), frame(0x81, "a"), frame(0x81, "a")], answers: [] },
      end: "reset",
    }],
    ["the connection stayed open", {
      frames: [{ first: 0x88, payload: Uint8Array.of(3, 232) }],
      answers: [],
      close: { code: 1000, reason: "" },
      ...{ end: "ended", isFarewell: true },
    }],
    ["close without a code [88 00], then the connection did not end", {
      frames: [frame(0x88, "")],
      answers: [],
      close: { code: 1005, reason: "" },
    }],
  ] as const satisfies readonly (readonly [string, Transcript])[]
) {
  Deno.test(`cameWords() says ${expected}`, () => {
    const one = caseOf({ must: [{ ending: { is: "open" } }] });
    assert.equal(cameWords(one, transcript), expected);
  });
}
