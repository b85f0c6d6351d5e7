import assert from "node:assert/strict";
import { decode, decodeNews, encode, encodeNews, type News, Order } from "./messages.ts";
import { TASK } from "./testing/task.ts";

const connect = (task: Record<string, unknown>): Uint8Array =>
  encode({ order: "connect", session: "s", work: "w", window: 1, task: { ...TASK, ...task } });

Deno.test("decode() reads an order as it was given", () => {
  const order = decode(connect({}), Order);
  assert.deepEqual(order, { order: "connect", session: "s", work: "w", window: 1, task: TASK });
});

for (
  const [what, task, place] of [
    ["a process of the machine that it comes from", { serverPid: 1 }, "task.serverPid"],
    ["a protocol of a file", { protocol: "/home/x/evil.ts" }, "task.protocol"],
    ["a URL that is no WebSocket's", { url: "file:///etc/passwd" }, "task.url"],
    ["a window that never ends", { durationMs: 1e12 }, "task.durationMs"],
    ["an unknown parameter", { parameters: { evil: 1 } }, "task.parameters"],
    ["addresses of the machine that it comes from", { sources: ["10.0.0.1"] }, "task.sources"],
    ["an address that was not checked here", { address: "8.8.8.8" }, "task"],
    ["an unknown scenario", { scenario: "evil" }, "task.scenario"],
  ] as const
) {
  Deno.test(`decode() refuses a task with ${what}`, () => {
    assert.throws(() => decode(connect(task), Order), (error: Error) => {
      assert.equal(error.name, "SyntaxError");
      return error.message.startsWith(`Cannot read a message: ${place}`);
    });
  });
}

Deno.test("decode() refuses what is no message", () => {
  const bytes = new TextEncoder().encode("{");
  assert.throws(() => decode(bytes, Order), {
    name: "SyntaxError",
    message: "Cannot read a message of 1 bytes: it is no JSON",
  });
  assert.throws(() => decode(encode({ order: "run a command" }), Order), { name: "SyntaxError" });
});

Deno.test("decodeNews() reads what encodeNews() wrote, with the part of a report", () => {
  const news: News = {
    from: "i",
    work: "w",
    number: 3,
    news: { kind: "report", size: 5, isLast: true },
  };
  const part = Uint8Array.of(10, 0, 255, 10, 7);
  assert.deepEqual(decodeNews(encodeNews(news, part)), { news, part });
  assert.throws(() => decodeNews(part.subarray(1, 3)), { name: "SyntaxError" });
});
