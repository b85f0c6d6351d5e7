import assert from "node:assert/strict";
import { decode, News, newsOf } from "./messages.ts";
import { tellerOf } from "./teller.ts";
import { memoryNet } from "./testing/memory_bus.ts";

Deno.test("tellerOf() tells news in their order, and a pulse in between", async () => {
  const net = memoryNet();
  const heard: [kind: string, number: number][] = [];
  net.bus().answer(newsOf("s"), (content) => {
    const { from, work, number, news } = decode(content, News);
    assert.deepEqual([from, work], ["i", "w"]);
    heard.push([news.kind, number]);
    return new Uint8Array();
  });
  const tell = tellerOf(net.bus(), "i", "s", "w");
  const pulse = { state: "running", phase: "window", lengthMs: 1, count: 0 } as const;
  tell({ kind: "connected", clockErrorMs: 0.1 });
  tell({ kind: "drained" });
  tell({ kind: "pulse", pulse: { ...pulse, meanMs: null, maxMs: null } });
  await tell({ kind: "report", size: 7 });
  assert.deepEqual(heard, [["pulse", 0], ["connected", 1], ["drained", 2], ["report", 3]]);
});

Deno.test("tellerOf() rejects when nobody hears it", async () => {
  const tell = tellerOf(memoryNet().bus(), "i", "s", "w");
  await assert.rejects(tell({ kind: "drained" }), { name: "SilenceError" });
});

Deno.test("tellerOf() tells what comes after news that did not arrive", async () => {
  const net = memoryNet();
  const tell = tellerOf(net.bus(), "i", "s", "w");
  await assert.rejects(tell({ kind: "drained" }), { name: "SilenceError" });
  const heard: string[] = [];
  net.bus().answer(newsOf("s"), (content) => {
    heard.push(decode(content, News).news.kind);
    return new Uint8Array();
  });
  await tell({ kind: "failed", reason: "it did not answer" });
  assert.deepEqual(heard, ["failed"]);
});
