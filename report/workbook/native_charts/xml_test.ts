import assert from "node:assert/strict";
import { tag, val } from "./xml.ts";

Deno.test("tag() escapes attributes, and closes an element without content", () => {
  assert.equal(tag("a", { b: '<"&' }), '<a b="&lt;&quot;&amp;"/>');
  assert.equal(tag("a", {}, tag("b"), "c"), "<a><b/>c</a>");
  assert.equal(tag("a", {}, ""), "<a></a>");
});

Deno.test("val() is an element with a value", () => {
  assert.equal(val("c:idx", 0), '<c:idx val="0"/>');
});
