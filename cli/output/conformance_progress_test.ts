import assert from "node:assert/strict";
import { statusLine } from "./conformance_progress.ts";

Deno.test("statusLine() has the servers that are being tried, and is never wider than the terminal", () => {
  const running = [
    { title: "a", total: 40, ended: 12, failed: 0 },
    { title: "b", total: 20, ended: 3, failed: 1 },
  ];
  assert.equal(statusLine(running, 80), "a 12/40 · b 3/20, 1 failed");
  assert.equal(statusLine(running, 12), "a 12/40 · …");
});
