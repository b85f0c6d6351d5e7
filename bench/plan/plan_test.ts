import assert from "node:assert/strict";
import { describeCase } from "../../scenarios/cases.ts";
import { burst } from "../../scenarios/burst.ts";
import { churn } from "../../scenarios/churn.ts";
import { idle } from "../../scenarios/idle.ts";
import { throughput } from "../../scenarios/throughput.ts";
import { planTrials } from "./plan.ts";

const contenders = ["native", "ws", "socketio"].map((id) => ({
  server: {
    id,
    title: id,
    protocol: "websocket",
    launch: { by: "command", command: [id] },
  } as const,
  client: "websocket",
}));
const scenarios = [burst, throughput].map((scenario) => ({
  scenario,
  cases: scenario.cases.map(describeCase),
}));
const order = (seed: number, rounds = 4): string[] =>
  planTrials({ contenders, scenarios, rounds, seed })
    .map(({ server, scenario, case: { id } }) => `${server.id} ${scenario.id} ${id}`);

Deno.test("planTrials() makes the same order of the same seed, and another of another", () => {
  assert.deepEqual(order(1), order(1));
  assert.notDeepEqual(order(1), order(2));
});

Deno.test("planTrials() runs every case on every server once in each round", () => {
  const plan = planTrials({ contenders, scenarios, rounds: 4, seed: 5 });
  assert.equal(plan.length, 3 * 3 * 4);
  for (let round = 1; round <= 4; round++) {
    const names = plan.filter((one) => one.round === round)
      .map(({ server, scenario, case: { id } }) => `${server.id} ${scenario.id} ${id}`);
    assert.equal(new Set(names).size, 9);
  }
});

Deno.test("planTrials() numbers the trials in their order, rounds one after another", () => {
  const plan = planTrials({ contenders, scenarios, rounds: 2, seed: 5 });
  assert.deepEqual(
    plan.map(({ trial }) => trial),
    Array.from({ length: 18 }, (_, index) => index + 1),
  );
  assert.deepEqual(plan.map(({ round }) => round), [...Array(9).fill(1), ...Array(9).fill(2)]);
});

Deno.test("planTrials() shuffles each round anew", () => {
  const all = order(3, 2);
  assert.notDeepEqual(all.slice(0, 9), all.slice(9));
});

Deno.test("planTrials() runs the servers of a case back to back, in an order of their own", () => {
  const plan = planTrials({ contenders, scenarios, rounds: 4, seed: 5 });
  const orders = new Set<string>();
  for (let start = 0; start < plan.length; start += 3) {
    const block = plan.slice(start, start + 3);
    assert.equal(new Set(block.map(({ scenario, case: { id } }) => scenario.id + id)).size, 1);
    assert.deepEqual(
      block.map(({ server: { id } }) => id).sort(),
      ["native", "socketio", "ws"],
    );
    orders.add(block.map(({ server: { id } }) => id).join());
  }
  assert.ok(orders.size > 1, "each block is shuffled");
});

// What was planned before rounds ran in blocks: folders of such runs must resume.
Deno.test("planTrials() shuffles all trials of a round if it is asked to, as older versions did", () => {
  const plan = planTrials({ contenders, scenarios, rounds: 1, seed: 5, order: "shuffled" });
  assert.deepEqual(
    plan.map(({ server, scenario, case: { id } }) => `${server.id} ${scenario.id} ${id}`),
    [
      "socketio throughput connections=16,inFlight=16,size=64",
      "ws throughput connections=16,inFlight=16,size=64",
      "ws throughput connections=16,inFlight=16,size=16384",
      "native throughput connections=16,inFlight=16,size=16384",
      "native burst messages=10000",
      "ws burst messages=10000",
      "native throughput connections=16,inFlight=16,size=64",
      "socketio throughput connections=16,inFlight=16,size=16384",
      "socketio burst messages=10000",
    ],
  );
});

const reference = { ...contenders[0]!, client: "wire" };

Deno.test("planTrials() runs every case with a rate three times on the reference, before the rounds", () => {
  const plan = planTrials({ contenders, reference, scenarios, rounds: 4, seed: 5 });
  assert.equal(plan.length, 3 * 3 + 4 * 9);
  const before = plan.filter(({ round }) => round === 0);
  assert.deepEqual(plan.slice(0, 9), before);
  const pass = before.slice(0, 3).map(({ case: { id } }) => id);
  assert.equal(new Set(pass).size, 3);
  assert.deepEqual(before.map(({ case: { id } }) => id), [...pass, ...pass, ...pass]);
  const idling = [{ scenario: idle, cases: idle.cases.map(describeCase) }];
  const without = planTrials({ contenders, reference, scenarios: idling, rounds: 1, seed: 5 });
  assert.equal(without.length, 3);
  const churning = [{ scenario: churn, cases: churn.cases.map(describeCase) }];
  const ceilings = planTrials({ contenders, reference, scenarios: churning, rounds: 3, seed: 5 })
    .filter(({ round, client }) => round === 0 && client === "wire");
  assert.deepEqual(
    ceilings.map(({ case: { parameters } }) => parameters.concurrency),
    [1, 32, 1, 32, 1, 32],
  );
});

Deno.test("planTrials() runs no case on the reference more often than on the servers", () => {
  for (const [rounds, times] of [[1, 1], [2, 2], [3, 3], [10, 3]] as const) {
    const plan = planTrials({ contenders, reference, scenarios, rounds, seed: 5 });
    assert.equal(plan.filter(({ round }) => round === 0).length, times * 3);
  }
});

Deno.test("planTrials() runs every case once on the reference if it shuffles, as older versions did", () => {
  const plan = planTrials({
    ...{ contenders, reference, scenarios, rounds: 1, seed: 5 },
    order: "shuffled",
  });
  assert.deepEqual(plan.slice(0, 4).map(({ round }) => round), [0, 0, 0, 1]);
});
