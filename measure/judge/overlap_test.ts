import assert from "node:assert/strict";
import { laterRunOf, runOf, scenario, serversOf } from "./changes_testdata.ts";
import { commonCases, noCaseInCommon, onlyIn, withoutCommonCase } from "./overlap.ts";
import type { RecordedParameters } from "../model/result.ts";

const withCases = (...cases: readonly RecordedParameters[]) => ({
  scenarios: [scenario("latency", cases)],
});

const OPTIONS = {
  connections: "--connections",
  inFlight: "--in-flight",
  size: "--size",
  rate: "--rate",
};

/** The message for two runs of the scenario latency. */
function refusal(
  before: readonly RecordedParameters[],
  after: readonly RecordedParameters[],
): string {
  return noCaseInCommon(
    runOf([], withCases(...before)),
    laterRunOf([], withCases(...after)),
    OPTIONS,
  );
}

Deno.test("commonCases() has each server in each case of both runs, in the order of the new one", () => {
  const before = runOf([], {
    servers: serversOf("native", "ws", "socketio"),
    scenarios: [scenario("latency", [{ size: 1 }, { size: 2 }]), scenario("burst", [{ size: 1 }])],
  });
  const after = laterRunOf([], {
    servers: serversOf("ws", "native", "other"),
    scenarios: [
      scenario("burst", [{ size: 1 }]),
      scenario("latency", [{ size: 3 }, { size: 2 }]),
      scenario("idle", [{ size: 1 }]),
    ],
  });
  assert.deepEqual(
    commonCases(before, after).map(({ scenario, case: one, server }) =>
      `${scenario.id} ${one.id} ${server.id}`
    ),
    ["burst size=1 ws", "burst size=1 native", "latency size=2 ws", "latency size=2 native"],
  );
});

Deno.test("onlyIn() names servers, scenarios and cases", () => {
  const own = runOf([], {
    scenarios: [scenario("latency", [{ size: 1 }, { size: 2 }]), scenario("burst", [{ size: 1 }])],
  });
  const other = runOf([], { servers: serversOf("ws"), ...withCases({ size: 2 }) });
  assert.deepEqual(onlyIn(own, other), [
    "the server native",
    "the scenario Burst",
    "Latency: size 1",
  ]);
  assert.deepEqual(onlyIn(other, own), []);
});

Deno.test("noCaseInCommon() names the cases that differ, and the options that make them alike", () => {
  assert.equal(
    refusal([{ connections: 1, size: 64 }], [{ connections: 2, size: 128 }]),
    "they have no case in common: latency has connections=1,size=64 in OLD, " +
      "connections=2,size=128 in NEW. Give both the same --connections and --size",
  );
  assert.equal(
    refusal([{ inFlight: 1 }, { inFlight: 2 }], [{ inFlight: 3 }]),
    "they have no case in common: latency has inFlight=1 and inFlight=2 in OLD, " +
      "inFlight=3 in NEW. Give both the same --in-flight",
  );
  assert.match(
    refusal([{ concurrency: 1 }], [{ concurrency: 2 }]),
    /Give both the same concurrency$/,
    "a configuration may set what no option does",
  );
});

Deno.test("noCaseInCommon() says of arrival rates that each run found its own", () => {
  assert.equal(
    refusal([{ rate: 1000, load: 50 }], [{ rate: 1100, load: 50 }]),
    "they have no case in common: latency has rate=1000,load=50 in OLD, " +
      "rate=1100,load=50 in NEW. " +
      "The arrival rates were found by each run itself: give both the same --rate",
  );
  assert.match(refusal([{ rate: 1000 }], [{ rate: 1100 }]), /Give both the same --rate$/);
});

Deno.test("noCaseInCommon() names servers and scenarios if none is common", () => {
  const scenarios = [scenario("throughput", [{ size: 64 }]), scenario("burst", [{}])];
  assert.equal(
    noCaseInCommon(runOf([]), runOf([], { servers: serversOf("socketio") }), OPTIONS),
    "they have no server in common: OLD has native and ws, NEW has socketio. " +
      "Run one of them again with the servers of the other",
  );
  assert.equal(
    noCaseInCommon(runOf([], withCases({ size: 1 })), runOf([], { scenarios }), OPTIONS),
    "they have no scenario in common: OLD has latency, NEW has throughput and burst. " +
      "Run one of them again with the scenarios of the other",
  );
});

Deno.test("withoutCommonCase() names the scenarios in which nothing can be compared", () => {
  const run = (rate: number) =>
    runOf([], {
      scenarios: [scenario("latency", [{ size: 64 }]), scenario("rate", [{ rate, load: 10 }])],
    });
  assert.deepEqual(withoutCommonCase(run(1), run(2), OPTIONS), [
    "Rate: no case in common. The arrival rates were found by each run itself: give both the same --rate",
  ]);
  assert.deepEqual(withoutCommonCase(run(1), run(1), OPTIONS), []);
});
