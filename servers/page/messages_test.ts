import { deepEqual, equal } from "node:assert/strict";
import { tagged } from "../../scenarios/payload/payload.ts";
import { document, tag } from "../contract/behaviours.ts";
import type { Behaviour } from "./address.ts";
import { judgeOf, messagesOf } from "./messages.ts";

const right = (sequence: number) => ({ sequence, isRight: true });
const wrong = (sequence: number) => ({ sequence, isRight: false });

Deno.test("messagesOf() says what the burst scenario says, counted from 1", () => {
  const payload = tagged("Hello Server ");
  const bytes = new Uint8Array(payload.size);
  for (const number of [1, 12, 10_000]) {
    const text = new TextDecoder().decode(bytes.subarray(0, payload.write(bytes, 0, 0, number)));
    equal(messagesOf(0)(number - 1), text);
  }
});

Deno.test("messagesOf() gives every message at least that many bytes", () => {
  for (const size of [14, 15, 16, 17, 64, 1024]) {
    for (const sequence of [0, 9, 98, 9_999]) {
      const text = messagesOf(size)(sequence);
      equal(text.length, Math.max(size, `Hello Server ${sequence + 1}`.length));
      equal(new TextEncoder().encode(text).length, text.length);
    }
  }
  equal(messagesOf(20)(0), "Hello Server 1 .....");
});

for (const size of [0, 15, 100]) {
  const message = messagesOf(size);

  Deno.test(`judgeOf("/tag") with ${size} bytes knows a right reply from a wrong one`, () => {
    const judge = judgeOf("/tag", message);
    for (const sequence of [0, 8, 9, 99, 999_999]) {
      for (let round = 0; round < 20; round++) {
        deepEqual(judge(tag(message(sequence)), 0), right(sequence));
      }
    }
    for (const end of ["", " - ", " - 1000", " - 07", " - 1 ", " - x", "- 1", " - 1 - 2"]) {
      deepEqual(judge(message(4) + end, 4), wrong(4), end);
    }
  });

  Deno.test(`judgeOf("/echo") with ${size} bytes knows a right reply from a wrong one`, () => {
    const judge = judgeOf("/echo", message);
    deepEqual(judge(message(7), 0), right(7));
    deepEqual(judge(message(7) + "!", 0), wrong(7));
  });
}

Deno.test("judgeOf() finds no message if a reply names none", () => {
  for (const behaviour of ["/tag", "/echo", "/broadcast"] as const satisfies Behaviour[]) {
    const judge = judgeOf(behaviour, messagesOf(0));
    for (const reply of ["", "Hello", "Hello Server 0 - 1", "Hello Server 01", " Hello Server 1"]) {
      deepEqual(judge(reply, 3), wrong(-1), `${behaviour} ${reply}`);
    }
  }
});

Deno.test('judgeOf("/json") wants the same document every time', () => {
  const judge = judgeOf("/json", messagesOf(0));
  deepEqual(judge("Hello Server 1", 0), wrong(-1));
  deepEqual(judge(document, 1), right(1));
  deepEqual(judge(document, 2), right(2));
  deepEqual(judge("{}", 3), wrong(-1));
});
