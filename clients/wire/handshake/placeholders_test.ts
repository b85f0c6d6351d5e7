import assert from "node:assert/strict";
import { fillerFor, hasPlaceholder, namesGroup } from "./placeholders.ts";

for (
  const [text, expected] of [
    ["/chat?id={connection}", "/chat?id=7"],
    ["/%7Bconnection%7D/%7bCONNECTION%7d", "/7/7"],
    ["{connections} {other} {{connection}}", "{connections} {other} {connection}"],
    ["/%7B%7Brandom%7d%7d/%7Bother%7D/{{{{a}}}}", "/%7Brandom%7d/%7Bother%7D/{{{a}}}"],
    ["{other} %7Bother%7D", "{other} %7Bother%7D"],
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

Deno.test("fillerFor() knows the group of a connection, which is its own if there is no other", () => {
  assert.equal(fillerFor(7, 3)("/room/{group}?of={connection}"), "/room/3?of=7");
  assert.equal(fillerFor(7)("/%7Bgroup%7D"), "/7");
  assert.ok(namesGroup("/%7Bgroup%7d") && !namesGroup("/group/{connection}{random}"));
  assert.ok(!namesGroup("/{{group}}") && hasPlaceholder("/{{group}}"));
});

Deno.test("fillerFor() gives a connection one random text, and each connection another one", () => {
  const texts = Array.from({ length: 100 }, (_, number) => fillerFor(number)("{random} {random}"));
  for (const text of texts) assert.match(text, /^([\da-f]{16}) \1$/);
  assert.equal(new Set(texts).size, 100);
});
