import assert from "node:assert/strict";
import { decode, decodePart, encode, encodePart, Order } from "./messages.ts";
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

Deno.test("decodePart() reads what encodePart() wrote, and says why there is none", () => {
  const part = Uint8Array.of(10, 0, 255, 10, 7);
  assert.deepEqual(decodePart(encodePart(part)), part);
  assert.throws(() => decodePart(encode({ answer: "refused", reason: "it has no such report" })), {
    message: "it has no such report",
  });
  assert.throws(() => decodePart(encode({ answer: "done" })), {
    message: "it gives no part of its report",
  });
  assert.throws(() => decodePart(Uint8Array.of(7)), { name: "SyntaxError" });
});
