import assert from "node:assert/strict";
import { planRun } from "./options.ts";
import type { RunOptions } from "./run_options.ts";
import { readSetUp, setUpNotes } from "./set_up.ts";

const SERVERS = ["ws-bun", "tornado", "gws"];

function plan(options: RunOptions) {
  return planRun({ servers: SERVERS, scenarios: ["latency"], ...options }, () => undefined);
}

Deno.test("planRun() sets servers up as they can be, and records what was asked for", () => {
  const { contenders, settings } = plan({ class: "tuned", workers: 2 });
  assert.deepEqual(contenders.map(({ server }) => server.setUp), [undefined, { workers: 2 }, {
    class: "tuned",
    workers: 2,
  }]);
  assert.deepEqual([settings.class, settings.workers], ["tuned", 2]);
  assert.deepEqual(plan({}).contenders.flatMap(({ server }) => server.setUp ?? []), []);
});

Deno.test("planRun() leaves out what goes to all connections where processes share nothing", () => {
  const { leftOut } = plan({ scenarios: ["fanout", "latency"], workers: 2 });
  assert.deepEqual(leftOut.map(({ id, reason }) => [id, reason]), [[
    "tornado",
    "its 2 processes share nothing: a message would reach only the connections of its own",
  ]]);
  assert.deepEqual(plan({ scenarios: ["fanout", "latency"], workers: 1 }).leftOut, []);
});

Deno.test("setUpNotes() names the servers without the set-up, once", () => {
  const options = { class: "tuned", workers: 2 };
  assert.deepEqual(setUpNotes(plan(options).contenders.map(({ server }) => server), options), [
    "no class tuned, so as usual: ws-bun, tornado",
    "cannot be told how many workers to have, so as usual: ws-bun",
  ]);
  assert.deepEqual(setUpNotes(plan({}).contenders.map(({ server }) => server), {}), []);
});

for (
  const [options, message] of [
    [{ class: "tunde" }, /^Unknown class "tunde", did you mean "tuned"\? Known: production, /],
    [{ workers: 0 }, /^The number of workers \(--workers\) must be .* from 1 to 256: received 0$/],
    [{ workers: 1.5 }, /received 1\.5$/],
    [
      { workers: 2, agents: { nats: "nats://a", server: "b" } },
      /^The agent "b" sets servers up as usual: leave --class and --workers out, or --server-agent$/,
    ],
  ] as const
) {
  Deno.test(`readSetUp() refuses ${JSON.stringify(options)}`, () => {
    assert.throws(() => readSetUp(options), { name: "UsageError", message });
  });
}
