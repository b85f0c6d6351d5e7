import assert from "node:assert/strict";
import { cut, distinct, indexOf, namesOf, whose } from "./names.ts";

function servers(...titles: string[]): { id: string; title: string; protocol: string }[] {
  return titles.map((title, index) => ({ id: `s${index}`, title, protocol: "websocket" }));
}

Deno.test("namesOf() cuts long names and makes equal ones differ", () => {
  const names = namesOf({
    servers: servers("ws", "A server of a very long name", "A server of a very long nome", "x\ny"),
  });
  assert.deepEqual([...names.values()], [
    "ws",
    "A server of a very lo…",
    "A server of a ver… (2)",
    "x y",
  ]);
});

Deno.test("indexOf() is the place of a server in the result", () => {
  assert.equal(indexOf({ servers: servers("a", "b") }, "s1"), 1);
});

Deno.test("whose() has the place before the text", () => {
  assert.deepEqual([whose(3), whose(12, "ws: 7")], ["3|", "12|ws: 7"]);
});

Deno.test("cut() marks a cut with an ellipsis, and splits no letter", () => {
  assert.equal(cut("abcdef", 6), "abcdef");
  assert.equal(cut("abcdefg", 6), "abcde…");
  assert.equal(cut("abcd efg", 6), "abcd…");
  assert.equal(cut("a\nb", 9), "a b");
  assert.equal(cut("👩‍🚀👩‍🚀👩‍🚀", 2), "👩‍🚀…");
});

Deno.test("distinct() numbers equal names", () => {
  assert.deepEqual(distinct(["a", "a", "b", "a"], 9), ["a", "a (2)", "b", "a (3)"]);
});
