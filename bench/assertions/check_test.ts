import assert from "node:assert/strict";
import type {
  CompletedTrial,
  FailedTrial,
  Figure,
  MetricDefinition,
  Result,
  Trial,
} from "../../measure/model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { parseAssertion } from "./assertion.ts";
import { checkAssertion, describeOutcome } from "./check.ts";

const SMALL = describeCase({ connections: 1, inFlight: 1, size: 64 });
const LARGE = describeCase({ connections: 1, inFlight: 1, size: 16_384 });

const METRICS: readonly MetricDefinition[] = [
  { id: "rate", title: "Rate", unit: "messages/s", better: "higher" },
  { id: "trips", title: "Round trips", unit: "1/s", better: "higher" },
  { id: "share", title: "Server CPU", unit: "% of a core", better: "none", decimals: 0 },
  { id: "count", title: "Count", unit: "", better: "none" },
  {
    id: "p99",
    title: "Latency p99",
    unit: "ms",
    better: "lower",
    pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
  },
];

/** A run of `latency` on some servers; only what a check reads is filled in. */
function resultOf(
  trials: readonly Trial[],
  { servers = ["ws"], cases = [SMALL] }: {
    servers?: readonly string[];
    cases?: Result["scenarios"][number]["cases"];
  } = {},
): Result {
  return {
    schemaVersion: 1,
    wsmark: "0.1.0",
    state: "finished",
    startedAt: "2026-01-02T03:04:05.678Z",
    planned: trials.length,
    settings: SETTINGS,
    machine: [],
    servers: servers.map((id) => ({ id, title: id.toUpperCase(), protocol: "websocket" })),
    clients: [],
    scenarios: [{ id: "latency", title: "Latency", question: "?", cases, metrics: METRICS }],
    trials,
    warnings: [],
  };
}

const place = { server: "ws", scenario: "latency", case: SMALL.id, round: 1 };

const completed = (
  metrics: { readonly [id: string]: Figure },
  changes: Partial<CompletedTrial> = {},
): CompletedTrial => ({ ...completedTrial(metrics), ...place, ...changes });

const failed = (reason: string, changes: Partial<FailedTrial> = {}): FailedTrial => ({
  ...failedTrial(reason),
  ...place,
  ...changes,
});

const wrong = (
  ways: Partial<CompletedTrial["integrity"]>,
): Pick<CompletedTrial, "integrity"> => ({
  integrity: { sent: 9, answered: 9, lost: 0, duplicated: 0, reordered: 0, corrupted: 0, ...ways },
});

function lines(text: string, result: Result): string[] {
  return checkAssertion(parseAssertion(text, result), result).map(describeOutcome);
}

for (
  const [operator, held] of [["<", [1]], ["<=", [1, 2]], [">", [3]], [">=", [2, 3]]] as const
) {
  Deno.test(`checkAssertion() holds a figure ${operator} its limit`, () => {
    const holds = [1, 2, 3].filter((rate) => {
      const result = resultOf([completed({ rate })]);
      const [outcome] = checkAssertion(
        parseAssertion(`latency.rate ${operator} 2`, result),
        result,
      );
      return outcome!.holds;
    });
    assert.deepEqual(holds, held);
  });
}

Deno.test("checkAssertion() gives the figure, and what it is of", () => {
  const result = resultOf([
    completed({ rate: 50 }),
    completed({ rate: 50 }),
    completed({ rate: 50 }),
  ]);
  const assertion = parseAssertion("latency.rate > 0.04k msg/s", result);
  assert.deepEqual(checkAssertion(assertion, result), [{
    holds: true,
    assertion,
    server: result.servers[0],
    scenario: result.scenarios[0],
    case: SMALL,
    figure: 50,
    faults: [],
  }]);
  assert.equal(assertion.limit, 40);
});

Deno.test("checkAssertion() holds the geometric mean of the rounds against the limit, as the tables show it", () => {
  const result = resultOf([
    { ...completedTrial({ p99: 1, rate: 20 }, Array(99).fill(1)), ...place },
    { ...completedTrial({ p99: 9, rate: 80 }, [9]), ...place },
  ]);
  assert.deepEqual(lines("latency.p99 < 2ms", result), [
    "FAILED latency.p99 < 2ms: ws, 1 connection, 1 in flight, 64 B: 3.00 ms",
  ]);
  assert.deepEqual(lines("latency.rate > 39", result), [
    "held latency.rate > 39: ws, 1 connection, 1 in flight, 64 B: 40.0 messages/s",
  ]);
});

Deno.test("checkAssertion() lists every server in every case", () => {
  const result = resultOf(
    [
      completed({ rate: 10 }),
      completed({ rate: 20 }, { server: "native" }),
      completed({ rate: 30 }, { case: LARGE.id }),
      completed({ rate: 40 }, { server: "native", case: LARGE.id }),
    ],
    { servers: ["native", "ws"], cases: [SMALL, LARGE] },
  );
  assert.deepEqual(lines("latency.rate > 25", result), [
    "FAILED latency.rate > 25: native, 1 connection, 1 in flight, 64 B: 20.0 messages/s",
    "FAILED latency.rate > 25: ws, 1 connection, 1 in flight, 64 B: 10.0 messages/s",
    "held latency.rate > 25: native, 1 connection, 1 in flight, 16 KiB: 40.0 messages/s",
    "held latency.rate > 25: ws, 1 connection, 1 in flight, 16 KiB: 30.0 messages/s",
  ]);
  assert.deepEqual(lines("ws.latency[size=16384].rate > 25", result), [
    "held ws.latency[size=16384].rate > 25: ws, 1 connection, 1 in flight, 16 KiB: 30.0 messages/s",
  ]);
});

Deno.test("checkAssertion() counts no trial before the first round", () => {
  const before = { round: 0, ...wrong({ lost: 1 }) };
  const result = resultOf([
    completed({ rate: 1 }, before),
    failed("it ended", { round: 0 }),
    completed({ rate: 9 }),
  ]);
  assert.deepEqual(lines("latency.rate > 5", result), [
    "held latency.rate > 5: ws, 1 connection, 1 in flight, 64 B: 9.00 messages/s",
  ]);
});

Deno.test("checkAssertion() does not hold without a figure", () => {
  const absent = { absent: "the server is not on this machine" };
  assert.deepEqual(lines("latency.rate < 5", resultOf([completed({ rate: absent })])), [
    "FAILED latency.rate < 5: ws, 1 connection, 1 in flight, 64 B: no figure: the server is not on this machine",
  ]);
  assert.deepEqual(lines("latency.rate < 5", resultOf([])), [
    "FAILED latency.rate < 5: ws, 1 connection, 1 in flight, 64 B: no figure: no trial has run",
  ]);
});

Deno.test("checkAssertion() does not hold if a trial failed", () => {
  assert.deepEqual(
    lines("latency.rate < 5", resultOf([completed({ rate: 1 }), failed("it ended")])),
    [
      "FAILED latency.rate < 5: ws, 1 connection, 1 in flight, 64 B: 1.00 messages/s; 1 of 2 trials failed",
    ],
  );
  assert.deepEqual(lines("latency.rate < 5", resultOf([failed("it ended")])), [
    "FAILED latency.rate < 5: ws, 1 connection, 1 in flight, 64 B: no figure: it ended; 1 of 1 trial failed",
  ]);
});

Deno.test("checkAssertion() does not hold if replies were wrong", () => {
  const result = resultOf([
    completed({ rate: 1 }, wrong({ lost: 1, corrupted: 2 })),
    completed({ rate: 1 }, wrong({ lost: 2000, duplicated: 1, reordered: 4 })),
    failed("it ended"),
  ]);
  assert.deepEqual(lines("latency.rate < 5", result), [
    "FAILED latency.rate < 5: ws, 1 connection, 1 in flight, 64 B: 1.00 messages/s; 1 of 3 trials failed; " +
    "its replies were wrong: 2,001 lost, 1 duplicated, 4 reordered, 2 corrupted",
  ]);
});

Deno.test("checkAssertion() judges a server and a case by their own trials alone", () => {
  const result = resultOf(
    [
      completed({ rate: 1 }),
      failed("it ended", { server: "native" }),
      completed({ rate: 1 }, { case: LARGE.id, ...wrong({ lost: 1 }) }),
      failed("it ended", { scenario: "burst" }),
    ],
    { servers: ["native", "ws"], cases: [SMALL, LARGE] },
  );
  const outcomes = checkAssertion(parseAssertion("ws.latency.rate < 5", result), result);
  assert.deepEqual(outcomes.map(({ holds }) => holds), [true, false]);
});

Deno.test("checkAssertion() looks the cases up in the result", () => {
  const planned = { connections: 64, load: 50 };
  const ran = describeCase({ ...planned, rate: 9000 });
  const assertion = parseAssertion(
    "latency[load=50].rate < 5",
    resultOf([], { cases: [describeCase(planned)] }),
  );
  const result = resultOf([completed({ rate: 1 }, { case: ran.id })], { cases: [ran, SMALL] });
  assert.deepEqual(checkAssertion(assertion, result).map(describeOutcome), [
    `held latency[load=50].rate < 5: ws, ${ran.title}: 1.00 messages/s`,
  ]);
});

Deno.test("checkAssertion() refuses the result of another run", () => {
  const result = resultOf([]);
  const assertion = parseAssertion("ws.latency[size=64].rate < 5", result);
  for (
    const other of [
      { ...result, servers: [] },
      { ...result, scenarios: [] },
      resultOf([], { cases: [LARGE] }),
    ]
  ) {
    assert.throws(() => checkAssertion(assertion, other), {
      name: "RangeError",
      message:
        'Cannot check an assertion as the result has no such server, scenario or case: received "ws.latency[size=64].rate < 5"',
    });
  }
});

for (
  const [text, figure, shown] of [
    ["rate < 5", 48_123.4, "48,123 messages/s"],
    ["rate < 5", 0, "0 messages/s"],
    ["rate < 5", 0.012345, "0.0123 messages/s"],
    ["rate < 5", 7.314, "7.31 messages/s"],
    ["rate < 5", 9.996, "10.0 messages/s"],
    ["rate < 5", 5, "5.00 messages/s"],
    ["rate < 5", 5.00001, "5.00001 messages/s"],
    ["rate < 5", 4.9996, "4.9996 messages/s"],
    ["trips < 5", 1234, "1,234/s"],
    ["share < 5", 93.4, "93 % of a core"],
    ["share < 5", 4.7, "4.7 % of a core"],
    ["count < 5", 12, "12.0"],
  ] as const
) {
  Deno.test(`describeOutcome() shows ${figure} of ${text} as ${shown}`, () => {
    const [id = ""] = text.split(" ");
    const [line = ""] = lines(`latency.${text}`, resultOf([completed({ [id]: figure })]));
    assert.equal(line.split(": ").at(-1), shown);
  });
}
