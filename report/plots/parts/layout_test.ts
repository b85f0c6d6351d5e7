import assert from "node:assert/strict";
import { LAYOUTS, linesHeight, widthOf } from "./layout.ts";

Deno.test("widthOf() is that of the longest text", () => {
  assert.equal(widthOf(["a", "abcde"], { font: 10 }), 30);
  assert.equal(widthOf([], { font: 10 }), 0);
});

Deno.test("linesHeight() is more for many servers", () => {
  assert.equal(linesHeight(LAYOUTS.wide, 8), LAYOUTS.wide.height);
  assert.ok(linesHeight(LAYOUTS.wide, 9) > LAYOUTS.wide.height);
});

Deno.test("LAYOUTS have text that can be read where they are shown", () => {
  assert.ok(LAYOUTS.narrow.font >= 12 && LAYOUTS.narrow.width <= 340);
});
