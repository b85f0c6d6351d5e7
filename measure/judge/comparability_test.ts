import assert from "node:assert/strict";
import { laterRunOf, rounds, runOf, scenario } from "./changes_testdata.ts";
import { doubtsOf } from "./comparability.ts";
import type { Fact, Result, Settings } from "../model/result.ts";

const OLD = runOf(rounds("ws"));

/** What makes the comparison of the old run with a changed one doubtful. */
function doubts(changes: Partial<Result>): string[] {
  return doubtsOf(OLD, laterRunOf(rounds("ws"), changes));
}

function withFact(group: string, name: string, value: Fact["value"]): Partial<Result> {
  const others = OLD.machine.filter((fact) => fact.group !== group || fact.name !== name);
  const unit = OLD.machine.find((fact) => fact.group === group && fact.name === name)?.unit;
  return { machine: [...others, { group, name, value, ...(unit && { unit }) }] };
}

function withSettings(settings: Partial<Settings>): Partial<Result> {
  return { settings: { ...OLD.settings, ...settings } };
}

Deno.test("doubtsOf() has no doubts about two runs alike", () => {
  assert.deepEqual(doubts({}), []);
  assert.deepEqual(doubts(withSettings({ seed: 2, rounds: 9, command: "--rounds 9" })), []);
});

Deno.test("doubtsOf() names both values of what differs between the machines", () => {
  for (
    const [changes, line] of [
      [withFact("Processor", "Model", "Other"), "Processor: Example CPU in OLD, Other in NEW"],
      [withFact("Processor", "Logical CPUs available", 8), "Logical CPUs: 2 in OLD, 8 in NEW"],
      [withFact("Processor", "Physical cores", 4), "Physical cores: unknown in OLD, 4 in NEW"],
      [withFact("Memory", "Total", 16e9), "Memory: 7.8 GiB in OLD, 14.9 GiB in NEW"],
      [
        withFact("Operating system", "Name", "Debian 12"),
        "Operating system: unknown in OLD, Debian 12 in NEW",
      ],
      [
        withFact("Operating system", "Kernel", "6.18"),
        "Kernel: unknown in OLD, 6.18 in NEW",
      ],
      [withFact("Software", "Deno", "2.10.0"), "Deno: 2.9.6 in OLD, 2.10.0 in NEW"],
      [
        withFact("Processor", "Model", { absent: "it has no name" }),
        "Processor: Example CPU in OLD, unknown in NEW",
      ],
    ] as const
  ) {
    assert.deepEqual(doubts(changes), [line]);
  }
});

Deno.test("doubtsOf() ignores memory that the kernel keeps, and what is unknown in both", () => {
  assert.deepEqual(doubts(withFact("Memory", "Total", 8_330_004_096)), []);
  assert.deepEqual(doubts(withFact("Operating system", "Kernel", { absent: "unknown" })), []);
});

Deno.test("doubtsOf() names other versions, with one line for all that differ in the same way", () => {
  const servers = OLD.servers.map((server) => ({ ...server, runtime: "deno 2.10.0" }));
  assert.deepEqual(doubts({ servers }), [
    "Runtime of native, ws: deno 2.9.6 in OLD, deno 2.10.0 in NEW",
  ]);
  const [native, ws] = OLD.servers;
  assert.deepEqual(doubts({ servers: [native!, { ...ws!, library: "ws 2.0.0" }] }), [
    "Library of ws: ws 1.0.0 in OLD, ws 2.0.0 in NEW",
  ]);
  assert.deepEqual(doubts({ wsmark: "0.2.0" }), ["wsmark: 0.1.0 in OLD, 0.2.0 in NEW"]);
});

Deno.test("doubtsOf() names another client of a server, and another library of a client", () => {
  const trials = rounds("ws").map((trial) => ({ ...trial, client: "websocket" }));
  assert.deepEqual(doubtsOf(OLD, laterRunOf(trials)), [
    "Client of ws: wire in OLD, websocket in NEW",
  ]);
  const clients = OLD.clients.map((client) => ({ ...client, library: "other" }));
  assert.deepEqual(doubts({ clients }), [
    "Library of the client wire: wsmark's own frames in OLD, other in NEW",
  ]);
});

Deno.test("doubtsOf() names other settings of the measurement", () => {
  for (
    const [settings, line] of [
      [{ engine: { id: "tcp" } }, "Engine of the client: epoll in OLD, tcp in NEW"],
      [{ generators: 2 }, "Generators: 1 in OLD, 2 in NEW"],
      [
        { pinning: { absent: "there is one CPU" } },
        "Pinning: server on CPU 0 and generator on CPU 1 in OLD, none in NEW",
      ],
      [
        { pinning: { server: [0, 1], generator: [2] } },
        "Pinning: server on CPU 0 and generator on CPU 1 in OLD, " +
        "server on CPU 0-1 and generator on CPU 2 in NEW",
      ],
      [{ durationMs: 1000 }, "Window: 0.4 s in OLD, 1 s in NEW"],
      [{ warmupMs: 0 }, "Warm-up: 0.25 s in OLD, 0 s in NEW"],
    ] as const
  ) {
    assert.deepEqual(doubts(withSettings(settings)), [line]);
  }
});

Deno.test("doubtsOf() recognizes runs that are the same, in the wrong order or partial", () => {
  assert.deepEqual(doubtsOf(OLD, OLD), ["OLD and NEW are the same run"]);
  assert.deepEqual(doubtsOf(laterRunOf(rounds("ws")), OLD), [
    "OLD began after NEW: the two may be in the wrong order",
  ]);
  assert.deepEqual(doubts({ state: "interrupted" }), ["NEW was stopped before its end"]);
});

Deno.test("doubtsOf() names scenarios without a case in common", () => {
  const rate = (value: number): Partial<Result> => ({
    scenarios: [scenario("throughput", [{ size: 64 }]), scenario("rate", [{ rate: value }])],
  });
  assert.deepEqual(doubtsOf(runOf(rounds("ws"), rate(1)), laterRunOf(rounds("ws"), rate(2))), [
    "Rate: no case in common. Give both the same rate",
  ]);
});
