import assert from "node:assert/strict";
import { SCRIPT, SCRIPT_WITH_FLAMES } from "./script.ts";

Deno.test("SCRIPT is a script, writes no markup and loads nothing from elsewhere", () => {
  for (const script of [SCRIPT, SCRIPT_WITH_FLAMES]) {
    assert.doesNotThrow(() => new Function(script));
    assert.doesNotMatch(
      script,
      /<\/|innerHTML|insertAdjacent|document\.write|https?:|fetch|import/,
    );
  }
});
