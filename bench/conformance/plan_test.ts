import assert from "node:assert/strict";
import { UsageError } from "../usage.ts";
import { planConformance } from "./plan.ts";

Deno.test("planConformance() takes the usual servers and all cases of servers", () => {
  const { servers, cases, leftOut, parallel } = planConformance({});
  assert.deepEqual(servers.map(({ id }) => id), ["native", "ws", "socketio"]);
  assert.ok(cases.length > 400);
  assert.ok(cases.every(({ role }) => role !== "client"));
  assert.deepEqual(leftOut, []);
  assert.ok(parallel >= 1 && parallel <= 4);
});

Deno.test("planConformance() takes the cases that are named", () => {
  const { cases } = planConformance({ servers: ["ws"], cases: ["1.6", "3.1.2"], parallel: 2 });
  assert.deepEqual(cases.map(({ id }) => id), ["1.6.1", "1.6.2", "1.6.3", "3.1.2"]);
});

for (
  const [what, options, message] of [
    ["a case that is not there", { cases: ["77.*"] }, /"77\.\*"\. Groups: 1 Frames and lengths, 2/],
    ["a server that is not there", { servers: ["nativ"] }, /did you mean "native"/],
    ["no server at a time", { parallel: 0 }, /\(--parallel\) must be a whole number.*received 0/],
    ["a server of another protocol", {
      servers: [{ name: "mine", url: "ws://127.0.0.1:9/", protocol: "mqtt" }],
    }, /mine speaks mqtt: leave its --protocol out/],
  ] as const
) {
  Deno.test(`planConformance() refuses ${what}`, () => {
    assert.throws(() => planConformance(options), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  });
}
