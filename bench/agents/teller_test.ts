import assert from "node:assert/strict";
import { decodeNews, newsOf } from "./messages.ts";
import { tellerOf } from "./teller.ts";
import { memoryNet } from "./testing/memory_bus.ts";

Deno.test("tellerOf() tells news in their order, and a report in parts that fit", async () => {
  const net = memoryNet(10_000);
  const heard: { kind: string; number: number; bytes: number; isLast?: boolean }[] = [];
  const parts: Uint8Array[] = [];
  net.bus().answer(newsOf("s"), (content) => {
    const { news: { from, work, number, news }, part } = decodeNews(content);
    assert.deepEqual([from, work], ["i", "w"]);
    const isLast = news.kind === "report" ? { isLast: news.isLast } : {};
    heard.push({ kind: news.kind, number, bytes: part.length, ...isLast });
    parts.push(part.slice());
    return new Uint8Array();
  });
  const tell = tellerOf(net.bus(), "i", "s", "w");
  const report = Uint8Array.from({ length: 4000 }, (_, index) => index % 251);
  tell({ kind: "connected", clockErrorMs: 0.1 });
  tell({ kind: "drained" });
  await tell({ kind: "report", size: report.length, isLast: true }, report);
  assert.deepEqual(heard, [
    { kind: "connected", number: 1, bytes: 0 },
    { kind: "drained", number: 2, bytes: 0 },
    { kind: "report", number: 3, bytes: 1808, isLast: false },
    { kind: "report", number: 4, bytes: 1808, isLast: false },
    { kind: "report", number: 5, bytes: 384, isLast: true },
  ]);
  assert.deepEqual(parts.flatMap((part) => [...part]), [...report]);
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
    heard.push(decodeNews(content).news.news.kind);
    return new Uint8Array();
  });
  await tell({ kind: "failed", reason: "it did not answer" });
  assert.deepEqual(heard, ["failed"]);
});
