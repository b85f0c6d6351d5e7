import assert from "node:assert/strict";
import { replyText } from "./reply.ts";

Deno.test("replyText() puts the latency first, in a column", () => {
  assert.equal(replyText("0.412 ms", "hello", undefined), "   0.412 ms  hello");
  assert.equal(replyText("1234.567 ms", "hello", 80), "1234.567 ms  hello");
  assert.equal(replyText("unasked", "", 80), "    unasked  ");
});

Deno.test("replyText() breaks lines between words, and a word only if it is longer than a line", () => {
  assert.equal(
    replyText("0.412 ms", "one two three four five six", 34),
    "   0.412 ms  one two three four\n             five six",
  );
  assert.equal(
    replyText("0.412 ms", `short ${"x".repeat(30)}`, 34),
    `   0.412 ms  short\n             ${"x".repeat(21)}\n             ${"x".repeat(9)}`,
  );
});

Deno.test("replyText() keeps the lines of a reply and what they are indented by", () => {
  assert.equal(
    replyText("0.412 ms", '{\n  "name": "a value of many words",\n  "b": 1\n}', 40),
    [
      "   0.412 ms  {",
      '               "name": "a value of many',
      '               words",',
      '               "b": 1',
      "             }",
    ].join("\n"),
  );
});

Deno.test("replyText() breaks nothing off a terminal, nor on a narrow one", () => {
  const long = "word ".repeat(100);
  assert.equal(replyText("0.412 ms", long, undefined), `   0.412 ms  ${long}`);
  assert.equal(replyText("0.412 ms", long, 30), `   0.412 ms  ${long}`);
});
