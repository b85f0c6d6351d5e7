import assert from "node:assert/strict";
import type { MetricDefinition } from "../../measure/model/result.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { type AssertionScope, parseAssertion } from "./assertion.ts";
import { meets } from "./subject.ts";

const metric = (id: string, unit = "ms"): MetricDefinition => ({
  id,
  title: id,
  unit,
  better: "none",
});

const scope: AssertionScope = {
  servers: [{ id: "native" }, { id: "ws" }, { id: "host.local" }],
  scenarios: [
    {
      id: "latency",
      cases: [describeCase({ connections: 1, inFlight: 1, size: 64 })],
      metrics: [metric("p50"), metric("p99"), metric("p99.9"), metric("cpu.message", "µs")],
    },
    {
      id: "throughput",
      cases: [64, 16_384].map((size) => describeCase({ connections: 16, inFlight: 16, size })),
      metrics: [metric("rate", "messages/s"), metric("data", "MB/s"), metric("p99")],
    },
    {
      id: "burst",
      cases: [describeCase({ messages: 10_000 })],
      metrics: [metric("burst.p50"), metric("rate", "messages/s"), metric("p50"), metric("p99")],
    },
    {
      id: "rate",
      cases: (["constant", "poisson"] as const).map((arrivals) =>
        describeCase({ arrivals, load: 50 })
      ),
      metrics: [metric("response.p99"), metric("answered", "% of offered")],
    },
  ],
};

/** Text, then what it is about, then the operator and the limit. */
const READ: readonly (readonly [
  text: string,
  about: string,
  operator: string,
  limit: number,
])[] = [
  ["latency.p99 < 5ms", "* latency [] p99", "<", 5],
  ["latency.p99<5", "* latency [] p99", "<", 5],
  ["latency.p99 <= 5", "* latency [] p99", "<=", 5],
  ["latency.p99 ≤ 5", "* latency [] p99", "<=", 5],
  ["latency.p99 > 5", "* latency [] p99", ">", 5],
  ["latency.p99 >= 5", "* latency [] p99", ">=", 5],
  ["latency.p99 ≥ 5", "* latency [] p99", ">=", 5],
  ["  latency . p99\n <  5  ms ", "* latency [] p99", "<", 5],
  ["latency.p99.9 < 5", "* latency [] p99.9", "<", 5],
  ["ws.latency.cpu.message < 40", "ws latency [] cpu.message", "<", 40],
  ["host.local.latency.p50 < 1", "host.local latency [] p50", "<", 1],
  ["burst.burst.p50 < 1s", "* burst [] burst.p50", "<", 1000],
  ["rate.response.p99 < 1", "* rate [] response.p99", "<", 1],
  ["rate[arrivals=poisson].answered > 99%", "* rate [arrivals=poisson] answered", ">", 99],
  ["rate[load=50].answered > 99%", "* rate [load=50] answered", ">", 99],
  ["throughput[size=64].rate > 50k", "* throughput [size=64] rate", ">", 50_000],
  [
    "native.throughput[ connections=16, inFlight = 16 ].rate > 1",
    "native throughput [connections=16,inFlight=16] rate",
    ">",
    1,
  ],
  ["throughput[size=16_384].data > 1", "* throughput [size=16384] data", ">", 1],
  ["burst[messages=10,000].rate > 1", "* burst [messages=10000] rate", ">", 1],
  ["throughput[size=64]rate > 1", "* throughput [size=64] rate", ">", 1],
  ["burst[messages=10k].rate > 1", "* burst [messages=10000] rate", ">", 1],
];

for (const [text, about, operator, limit] of READ) {
  Deno.test(`parseAssertion() reads ${JSON.stringify(text)}`, () => {
    const read = parseAssertion(text, scope);
    const where = read.where.map(({ name, value }) => `${name}=${value}`);
    assert.equal(
      `${read.server ?? "*"} ${read.scenario} [${where}] ${read.metric.id}`,
      about,
    );
    assert.deepEqual([read.operator, read.limit], [operator, limit]);
  });
}

Deno.test("parseAssertion() writes the text evenly", () => {
  const { text } = parseAssertion(
    "ws.throughput[ size = 16,384,connections=16 ].p99≤1.5  ms",
    scope,
  );
  assert.equal(text, "ws.throughput[size=16384,connections=16].p99 <= 1.5 ms");
});

/** Text, then what follows the text in the message. */
const REFUSED: readonly (readonly [text: string, message: string])[] = [
  [
    "",
    "it has no operator. Write SCENARIO.METRIC < VALUE, in quotes, as the shell takes < and > for itself",
  ],
  [
    "throughput[size=64].rate",
    "it has no operator. Write SCENARIO.METRIC < VALUE, in quotes, as the shell takes < and > for itself",
  ],
  [
    "latency.p99 == 5ms",
    "a measured figure never equals a value. Use <, <=, > or >=: received ==",
  ],
  ["latency.p99 = 5ms", "a measured figure never equals a value. Use <, <=, > or >=: received ="],
  ["latency.p99 != 5ms", "a measured figure never equals a value. Use <, <=, > or >=: received !="],
  ["latency.p99 => 5ms", "unknown operator =>. Known: <, <=, >, >="],
  [
    "latncy.p99 < 5ms",
    'unknown scenario "latncy", did you mean "latency"? Known: latency, throughput, burst, rate',
  ],
  [
    "connect.p99 < 5ms",
    'unknown scenario "connect". Known: latency, throughput, burst, rate',
  ],
  [
    "5ms > latency.p99",
    'the figure must come before the operator, as SCENARIO.METRIC < VALUE: received "5ms"',
  ],
  ["< 5ms", "it names no scenario. Known: latency, throughput, burst, rate"],
  [
    "natve.latency.p99 < 5ms",
    'unknown server "natve", did you mean "native"? Known: native, ws, host.local',
  ],
  [
    "wss.latncy.p99 < 5ms",
    'unknown server "wss", did you mean "ws"? Known: native, ws, host.local',
  ],
  [
    "ws.latncy.p99 < 5ms",
    'unknown scenario after the server ws "latncy", did you mean "latency"? Known: latency, throughput, burst, rate',
  ],
  [
    "ws < 5ms",
    "it names no scenario after the server ws. Known: latency, throughput, burst, rate",
  ],
  [
    "burst.p98 < 5ms",
    'unknown metric of burst "p98", did you mean "p99"? Known: burst.p50, rate, p50, p99',
  ],
  [
    "rate < 5ms",
    "it names no metric of rate. Known: response.p99, answered",
  ],
  [
    "throughput[sizes=64].rate > 1",
    'unknown parameter of throughput "sizes", did you mean "size"? Known: connections, inFlight, size',
  ],
  [
    "throughput[size=65].rate > 1",
    "throughput has no case [size=65]. Known: [connections=16,inFlight=16,size=64], [connections=16,inFlight=16,size=16384]",
  ],
  [
    "burst[messages=10000,messages=1].rate > 1",
    "burst has no case [messages=10000,messages=1]. Known: [messages=10000]",
  ],
  [
    "throughput[size].rate > 1",
    'PARAMETER=VALUE must be in the brackets, as size=64: received "size"',
  ],
  ["throughput[].rate > 1", 'PARAMETER=VALUE must be in the brackets, as size=64: received ""'],
  [
    "throughput.rate[size=64] > 1",
    "the brackets must directly follow the scenario. Write throughput[size=64].rate",
  ],
  [
    "throughput.[size=64].rate > 1",
    "the brackets must directly follow the scenario. Write throughput[size=64].rate",
  ],
  [
    "ws[size=64].throughput.rate > 1",
    "the brackets must directly follow the scenario. Write ws.throughput[size=64].rate",
  ],
  [
    "throughput[size=64.rate > 1",
    "its brackets cannot be read. Write one pair, after the scenario: SCENARIO[PARAMETER=VALUE].METRIC < VALUE",
  ],
  [
    "throughput[size=64][inFlight=16].rate > 1",
    "its brackets cannot be read. Write one pair, after the scenario: SCENARIO[PARAMETER=VALUE].METRIC < VALUE",
  ],
  [
    "latency.p99 < fast",
    'a number must follow the operator, as 5, 0.5, 50_000 or 50k: received "fast"',
  ],
  [
    "latency.p99 < 5 MiB",
    'p99 is in ms. Use ns, us, µs, ms, s or no unit: received "MiB"',
  ],
];

for (const [text, message] of REFUSED) {
  Deno.test(`parseAssertion() refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => parseAssertion(text, scope), {
      name: "UsageError",
      message: `Cannot use the assertion "${text}": ${message}`,
    });
  });
}

Deno.test("parseAssertion() takes a word for a server only where a scenario follows", () => {
  const alike: AssertionScope = {
    servers: [{ id: "echo" }],
    scenarios: ["echo", "chat"].map((id) => ({
      id,
      cases: [describeCase({ size: 1 })],
      metrics: [metric("p50"), metric("chat.p50")],
    })),
  };
  const about = (text: string): unknown[] => {
    const { server, scenario, metric } = parseAssertion(`${text} < 1`, alike);
    return [server, scenario, metric.id];
  };
  assert.deepEqual(about("echo.p50"), [undefined, "echo", "p50"]);
  assert.deepEqual(about("echo.echo.p50"), ["echo", "echo", "p50"]);
  assert.deepEqual(about("echo.chat.p50"), ["echo", "chat", "p50"]);
  assert.deepEqual(about("echo[size=1].chat.p50"), [undefined, "echo", "chat.p50"]);
  assert.deepEqual(about("chat.chat.p50"), [undefined, "chat", "chat.p50"]);
});

Deno.test("meets() compares numbers and words, and never a parameter that is not there", () => {
  const parameters = { rate: 1000, arrivals: "poisson" } as const;
  assert.equal(meets(parameters, []), true);
  assert.equal(meets(parameters, [{ name: "arrivals", value: "poisson" }]), true);
  assert.equal(meets(parameters, [{ name: "rate", value: "1000" }]), true);
  assert.equal(meets(parameters, [{ name: "rate", value: "100" }]), false);
  assert.equal(meets(parameters, [{ name: "size", value: "undefined" }]), false);
});
