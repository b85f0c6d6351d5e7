import assert from "node:assert/strict";
import { statusLine } from "./conformance_progress.ts";

Deno.test("statusLine() has the servers that are being tried, and is never wider than the terminal", () => {
  const running = [{ title: "a", ended: 12, failed: 0 }, { title: "b", ended: 3, failed: 1 }];
  assert.equal(statusLine(running, 40, 80), "a 12/40 · b 3/40, 1 failed");
  assert.equal(statusLine(running, 40, 12), "a 12/40 · …");
});
