import assert from "node:assert/strict";
import { SCRIPT } from "./script.ts";

Deno.test("SCRIPT is a script, writes no markup and loads nothing from elsewhere", () => {
  assert.doesNotThrow(() => new Function(SCRIPT));
  assert.doesNotMatch(SCRIPT, /<\/|innerHTML|insertAdjacent|document\.write|https?:|fetch|import/);
});
