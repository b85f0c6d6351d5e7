import assert from "node:assert/strict";
import type { Result, Trial } from "../../../measure/model/result.ts";
import { type Recommendation, recommendations } from "./recommendations.ts";
import { firstRounds, firstServers, ROUNDS } from "../../testing/rounds_testdata.ts";

function of(result: Result, id: string): Recommendation {
  return recommendations(result).find((one) => one.id === id)!;
}

function idsOf(servers: readonly { readonly id: string }[]): string[] {
  return servers.map(({ id }) => id);
}

/** The result with other figures of a server in a scenario. */
function scaled(
  result: Result,
  { server, scenario, metric, factor, place }: {
    server: string;
    scenario: string;
    metric: string;
    factor: number;
    place?: string;
  },
): Result {
  const trials = result.trials.map((trial): Trial =>
    trial.state === "completed" && trial.server === server && trial.scenario === scenario &&
      (place === undefined || trial.case === place)
      ? {
        ...trial,
        metrics: { ...trial.metrics, [metric]: (trial.metrics[metric] as number) * factor },
      }
      : trial
  );
  return { ...result, trials };
}

Deno.test("recommendations() names the server that is shown to be ahead of every other and behind none", () => {
  const { servers, sure, extent, answer, reasons, basis, figures, metric, scenario } = of(
    ROUNDS,
    "messages",
  );
  assert.deepEqual(idsOf(servers), ["native"]);
  assert.deepEqual([sure, answer], ["sure", "Deno.serve: sure."]);
  assert.deepEqual(extent, { won: 1, of: 2 });
  assert.equal(metric, "rate, 16 connections, 16 in flight, 64 B");
  assert.equal(scenario, "throughput");
  assert.deepEqual(figures.map(({ server }) => server), ["Deno.serve", "ws", "socket.io"]);
  assert.deepEqual(reasons, [
    "Deno.serve against ws: ahead in 1 of 2 cases, not told apart in 1.",
    "Deno.serve against socket.io: ahead in 2 of 2 cases.",
  ]);
  assert.equal(basis, "By rate (Throughput), in 2 cases.");
});

Deno.test("recommendations() names no server if no difference is clear, and says which are behind", () => {
  const level = scaled(ROUNDS, {
    server: "ws",
    scenario: "idle",
    metric: "memory",
    factor: 6.4 / 10.9,
  });
  const { servers, sure, answer, reasons } = of(level, "memory");
  assert.deepEqual(idsOf(servers), ["native", "ws"]);
  assert.equal(sure, "not told apart");
  assert.equal(answer, "The run does not tell Deno.serve and ws apart.");
  assert.ok(
    reasons.some((one) =>
      /^(socket\.io has .* memory per connection of ws|ws has .* of socket\.io)/.test(one)
    ),
  );
});

Deno.test("recommendations() names no server if it depends on the case", () => {
  const mixed = scaled(ROUNDS, {
    server: "ws",
    scenario: "throughput",
    metric: "rate",
    factor: 1.5,
    place: "size=16384",
  });
  const { servers, sure, answer, reasons } = of(mixed, "messages");
  assert.deepEqual(idsOf(servers), ["native", "ws"]);
  assert.equal(sure, "depends on the case");
  assert.equal(
    answer,
    "It depends on the case; the run singles out none of Deno.serve and ws.",
  );
  assert.equal(reasons[0], "Deno.serve against ws: ahead in 1 of 2 cases, behind in 1.");
});

Deno.test("recommendations() leaves out a server that failed, and says so", () => {
  const { servers, reasons } = of(ROUNDS, "connect");
  assert.deepEqual(idsOf(servers), ["ws"]);
  assert.equal(
    reasons.at(-1),
    "socket.io is left out: 7 trials failed: the server did not accept connections within 10 s (Connecting, 32 at once).",
  );
});

Deno.test("recommendations() never names a server whose replies were wrong", () => {
  const trials = ROUNDS.trials.map((trial): Trial =>
    trial.state === "completed" && trial.server === "native" && trial.scenario === "idle" &&
      trial.round === 3
      ? { ...trial, integrity: { ...trial.integrity, lost: 1 } }
      : trial
  );
  const { servers, reasons } = of({ ...ROUNDS, trials }, "memory");
  assert.deepEqual(idsOf(servers), ["ws"]);
  assert.match(reasons.at(-1)!, /^Deno\.serve is left out: wrong replies: 1 lost/);
});

Deno.test("recommendations() names no server if there are too few rounds, one server or no case", () => {
  assert.deepEqual(
    recommendations(firstRounds(3)).map(({ servers }) => servers),
    [[], [], [], [], [], []],
  );
  assert.deepEqual(of(firstRounds(3), "memory").reasons, [
    "3 rounds cannot show a difference: it takes 5 or more.",
  ]);
  assert.equal(
    of(firstServers(1), "memory").answer,
    "The run has no two servers to compare.",
  );
  assert.equal(of(ROUNDS, "latency").answer, "The run has no case that shows it.");
});

Deno.test("recommendations() gives the same server whatever the baseline is", () => {
  for (const baseline of ["native", "ws", "socketio"]) {
    const result = { ...ROUNDS, settings: { ...ROUNDS.settings, baseline } };
    assert.deepEqual(
      recommendations(result).map(({ servers }) => idsOf(servers)),
      recommendations(ROUNDS).map(({ servers }) => idsOf(servers)),
    );
  }
});

Deno.test("recommendations() points to warnings about the cases that count", () => {
  const trials = ROUNDS.trials.map((trial): Trial =>
    trial.state === "completed" && trial.scenario === "idle" && trial.round === 1
      ? { ...trial, warnings: [{ kind: "stolen time", share: 0.2 }] }
      : trial
  );
  assert.ok(
    of({ ...ROUNDS, trials }, "memory").caveats.includes(
      "There are warnings about the measurement of Idle connections: read them first.",
    ),
  );
  assert.ok(!of({ ...ROUNDS, trials }, "messages").caveats.some((one) => /warnings/.test(one)));
});
