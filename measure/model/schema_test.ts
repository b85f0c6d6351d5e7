import assert from "node:assert/strict";
import { type CompletedTrial, type Result, SCHEMA_VERSION } from "./result.ts";
import { parseResult, parseTrial } from "./schema.ts";
import { completedTrial, failedTrial } from "./testdata.ts";

const place = { scenario: "latency", case: "size=64", server: "native" };
const result: Result = {
  schemaVersion: SCHEMA_VERSION,
  wsmark: "0.1.0",
  state: "finished",
  startedAt: "2026-01-02T03:04:05.678Z",
  endedAt: "2026-01-02T03:05:05.678Z",
  planned: 2,
  settings: {
    command: "--profile quick",
    profile: "quick",
    rounds: 1,
    durationMs: 500,
    warmupMs: 300,
    seed: 7,
    pinning: { server: [0], generator: [1] },
    engine: { id: "tcp", reason: "no FFI" },
    generators: 2,
    samples: 100,
    baseline: "native",
  },
  machine: [
    { group: "Processor", name: "Model", value: "Z80" },
    { group: "Memory", name: "Total", value: 65536, unit: "bytes" },
    { group: "Memory", name: "Swap", value: { absent: "not readable" } },
  ],
  servers: [{
    id: "native",
    title: "Deno.serve",
    protocol: "websocket",
    runtime: "deno 2",
    library: "x",
    notes: [],
  }],
  clients: [{ id: "websocket", title: "WebSocket", library: "deno 2", notes: ["no compression"] }],
  scenarios: [{
    id: "latency",
    title: "Latency",
    question: "How long?",
    cases: [{ id: "size=64", title: "64 B", parameters: { size: 64 } }],
    metrics: [{
      id: "p99",
      title: "p99",
      unit: "ms",
      better: "lower",
      decimals: 2,
      pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
    }],
  }],
  trials: [completedTrial({ p99: 1.5, rate: { absent: "none" } }, [1, 2]), failedTrial("it ended")],
  resumed: [{
    at: "2026-01-02T03:04:05.678Z",
    after: 1,
    again: 2,
    differs: ["wsmark: 1 before, 2 now"],
  }],
  warnings: [
    { kind: "not pinned", reason: "no" },
    { kind: "breaks integrity", title: "ws", what: "changes what it is sent" },
    { kind: "too few rounds", rounds: 1, needed: 5 },
    { kind: "rate not reached", share: 0.9 },
    { kind: "late sends", share: 0.1, longestMs: 200 },
    { kind: "disturbed", who: "server", share: 0.2 },
    { kind: "stolen time", share: 0.1 },
    { kind: "rounds differ", spread: 0.3, ...place },
    { kind: "warm-up not over", change: 0.2, ...place },
    { kind: "memory growing", growth: 0.4, ...place },
    { kind: "too few samples", percentile: 99, samples: 10, needed: 1000, ...place },
    { kind: "timer too coarse", stepNs: 1e6, latencyNs: 5e5, ...place },
    { kind: "machine is busy", load: 7, cpus: 2 },
    { kind: "cores shared", cores: [[0, 1]] },
    { kind: "trials failed", failed: 1, planned: 2 },
    { kind: "run is partial", ended: 1, planned: 2 },
    { kind: "resumed", times: 1, again: 2, differs: ["wsmark: 1 before, 2 now"] },
    { kind: "torn last line", file: "trials.jsonl" },
    { kind: "damaged lines", file: "trials.jsonl", count: 2, lines: [3, 5], reason: "no JSON" },
    { kind: "wrong replies", lost: 1, duplicated: 0, reordered: 0, corrupted: 0 },
  ],
};

Deno.test("parseResult() gives back every field of a result", () => {
  assert.deepEqual(parseResult(JSON.stringify(result)), result);
});

for (
  const [name, change, message] of [
    ["of another version", { schemaVersion: 99 }, /schemaVersion/],
    ["without trials", { trials: undefined }, /trials/],
    ["with text for a number", { planned: "2" }, /planned/],
    ["with a warning that is not known", { warnings: [{ kind: "odd" }] }, /warnings\.0/],
    ["with a trial that has no state", { trials: [{}] }, /trials\.0/],
  ] as const
) {
  Deno.test(`parseResult() refuses a result ${name}, naming the place`, () => {
    const text = JSON.stringify({ ...result, ...change });
    assert.throws(() => parseResult(text), { name: "SyntaxError", message });
  });
}

Deno.test("parseResult() refuses what is not JSON and what is not an object", () => {
  for (const text of ["", "{", "[]", "null", "3"]) {
    assert.throws(() => parseResult(text), SyntaxError, text);
  }
});

Deno.test("parseTrial() reads a line of trials.jsonl", () => {
  const trial = failedTrial("it ended");
  assert.deepEqual(parseTrial(JSON.stringify(trial)), trial);
  assert.throws(() => parseTrial("{}"), SyntaxError);
});

Deno.test("parseResult() refuses a server, a case or a metric that is there twice, and too many servers", () => {
  const refused = (change: object, message: RegExp): void => {
    const json = JSON.stringify({ ...result, ...change });
    assert.throws(() => parseResult(json), { name: "SyntaxError", message });
  };
  const { servers, scenarios } = result;
  const [first] = scenarios;
  refused({ servers: [...servers, servers[0]] }, /servers\.\d+\.id: it is there twice/);
  refused({ scenarios: [...scenarios, first] }, /scenarios\.\d+\.id: it is there twice/);
  refused(
    { scenarios: [{ ...first, cases: [...first!.cases, first!.cases[0]] }] },
    /scenarios\.0\.cases\.\d+\.id: it is there twice/,
  );
  refused(
    { servers: Array.from({ length: 101 }, (_, index) => ({ ...servers[0], id: `s${index}` })) },
    /servers: .*100/,
  );
});

/** A result that the version before wrote. */
const old = await Deno.readTextFile(new URL("./result_v2.json", import.meta.url));

Deno.test("parseResult() reads a result of version 2, with all that it holds", () => {
  const result = parseResult(old);
  const before = JSON.parse(old);
  assert.equal(before.schemaVersion, 2);
  assert.equal(result.schemaVersion, SCHEMA_VERSION);
  const [beside, rate, compressed, mixed] = result.trials.map((trial) => {
    assert.equal(trial.state, "completed");
    return trial as CompletedTrial;
  });
  assert.equal(beside!.bulk!.taken, 16);
  assert.deepEqual(rate!.arrivals, before.trials[1].arrivals);
  assert.deepEqual(mixed!.pings, { due: 3, answered: 3 });
  assert.deepEqual(compressed!.compression, { sentBytes: 66_148, replyBytes: 31_541 });
  const kept = before.trials.map(({ counts: _, ...trial }: CompletedTrial) => trial);
  assert.deepEqual(
    result.trials.map((trial) => {
      const { counts: _, compression: _moved, ...rest } = trial as CompletedTrial;
      return rest;
    }),
    kept,
  );
});

Deno.test("parseResult() does not change a result that is already upgraded", () => {
  const result = parseResult(old);
  assert.deepEqual(parseResult(JSON.stringify(result)), result);
});

Deno.test("parseTrial() reads a line of version 2", () => {
  for (const trial of JSON.parse(old).trials) {
    assert.deepEqual(
      parseTrial(JSON.stringify(trial)),
      parseResult(old).trials.find(({ trial: number }) => number === trial.trial),
    );
  }
});

Deno.test("parseTrial() takes single latencies as they are, in both lists as many", () => {
  const samples = { every: 2, atMs: [0.5, 1], latencyMs: [0.25, 1e-3] };
  const trial = { ...completedTrial({ p99: 1.5 }, [1, 2]), samples };
  const read = parseTrial(JSON.stringify(trial));
  assert.deepEqual(read.state === "completed" && read.samples, samples);
});

Deno.test("parseTrial() drops single latencies of a trial that failed", () => {
  const samples = { every: 1, atMs: [1], latencyMs: [1] };
  assert.deepEqual(
    parseTrial(JSON.stringify({ ...failedTrial("it ended"), samples })),
    failedTrial("it ended"),
  );
});

for (
  const [what, lists, message] of [
    ["a text", '"atMs":[1],"latencyMs":["1"]', "latencyMs.0: Invalid input: expected number"],
    [
      "an infinite number",
      '"atMs":[1e999],"latencyMs":[1]',
      "atMs.0: Invalid input: expected numb",
    ],
    ["no number", '"atMs":[null],"latencyMs":[1]', "atMs.0: Invalid input: expected number"],
    ["no list", '"atMs":[1],"latencyMs":1', "latencyMs: Invalid input: expected array"],
    ["one list", '"atMs":[1]', "latencyMs: Invalid input: expected array"],
    ["lists of two lengths", '"atMs":[1,2],"latencyMs":[1]', "lists of two lengths"],
    ["no count", '"atMs":[1],"latencyMs":[1],"every":-1', "every: Too small"],
  ] as const
) {
  Deno.test(`parseTrial() refuses single latencies with ${what}`, () => {
    const trial = JSON.stringify({ ...completedTrial({ p99: 1.5 }, [1, 2]), samples: "here" });
    assert.throws(
      () => parseTrial(trial.replace('"here"', `{"every":1,${lists}}`)),
      (error: Error) => error instanceof SyntaxError && error.message.includes(message),
    );
  });
}
