import assert from "node:assert/strict";
import { fillerFor, hasPlaceholder } from "./placeholders.ts";

for (
  const [text, expected] of [
    ["/chat?id={connection}", "/chat?id=7"],
    ["/%7Bconnection%7D/%7bCONNECTION%7d", "/7/7"],
    ["{connections} {other} {{connection}}", "{connections} {other} {7}"],
    ["nothing", "nothing"],
    ["", ""],
  ] as const
) {
  Deno.test(`fillerFor() makes ${expected || "nothing"} of ${text || "nothing"}`, () => {
    const fill = fillerFor(7);
    assert.equal(fill(text), expected);
    assert.equal(fill(text), expected, "a second time");
    assert.equal(hasPlaceholder(text), text !== expected);
  });
}

Deno.test("fillerFor() gives a connection one random text, and each connection another one", () => {
  const texts = Array.from({ length: 100 }, (_, number) => fillerFor(number)("{random} {random}"));
  for (const text of texts) assert.match(text, /^([\da-f]{16}) \1$/);
  assert.equal(new Set(texts).size, 100);
});
