import assert from "node:assert/strict";
import { fakeSystem, machineFiles } from "../machine/testing.ts";
import { describeMachine } from "../machine/machine.ts";
import type { System } from "../machine/system.ts";
import { type Finding, isFit } from "./finding.ts";
import { machineFindings } from "./machine.ts";
import { networkFindings } from "./network.ts";
import { quietFindings } from "./quiet.ts";

const LIMITS = "/proc/self/limits";
const PORTS = "/proc/sys/net/ipv4/ip_local_port_range";
const SOCKETS = "/proc/net/sockstat";

/** The state of the finding with a name. */
function state(findings: readonly Finding[], name: string): string | undefined {
  return findings.find((finding) => finding.name === name)?.state;
}

function withTaskset(files: { readonly [path: string]: string }): System {
  return fakeSystem(files, { run: (program) => program === "taskset" ? "taskset" : null });
}

function found(files: { readonly [path: string]: string }): Finding[] {
  const system = withTaskset(files);
  return machineFindings(system, describeMachine(system));
}

Deno.test("machineFindings() goes by the CPUs that may be used", () => {
  const four = { nodes: ["0-3"], cores: ["0", "1", "2", "3"] };
  const rows = [
    [four, "good", "good"],
    [{ ...four, allowed: "0-1" }, "care", "good"],
    [{ ...four, cpuMax: "max 100000" }, "good", "good"],
    [{ ...four, cpuMax: "300000 100000" }, "care", "care"],
    [{ ...four, cpuMax: "100000 100000" }, "care", "not"],
  ] as const;
  for (const [machine, cpus, quota] of rows) {
    const findings = found(machineFiles(machine));
    assert.deepEqual([state(findings, "CPUs"), state(findings, "CPU quota")], [cpus, quota]);
  }
});

Deno.test("machineFindings() names the remedy for a missing taskset, a governor, and a slow clock source", () => {
  const system = fakeSystem({
    ...machineFiles({ nodes: ["0-1"], cores: ["0", "1"] }),
    "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave\n",
    "/sys/devices/system/clocksource/clocksource0/current_clocksource": "hpet\n",
  });
  const findings = machineFindings(system, describeMachine(system));
  const remedy = (name: string): string =>
    findings.find((one) => one.name === name)?.remedy ?? assert.fail(name);
  assert.match(remedy("Pinning"), /util-linux/);
  assert.match(remedy("Governor"), /--governor performance/);
  assert.match(remedy("Clock source"), /echo tsc/);
});

Deno.test("networkFindings() goes by the connections that limits leave", () => {
  const system = (files: string, ports: string, waiting: number): System =>
    fakeSystem({
      [LIMITS]: `Max open files            ${files}                 ${files}    files\n`,
      [PORTS]: `${ports}\n`,
      [SOCKETS]: `sockets: used 9\nTCP: inuse 5 orphan 0 tw ${waiting} alloc 7 mem 1\n`,
    });
  const rows = [
    ["1048576", "32768\t60999", 0, "good", "good"],
    ["unlimited", "32768\t60999", 0, "good", "good"],
    ["4096", "32768\t60999", 20_000, "care", "care"],
    ["256", "32768\t33000", 0, "not", "not"],
    ["65536", "32768\t60999", 28_000, "good", "not"],
  ] as const;
  for (const [limit, range, waiting, files, ports] of rows) {
    const findings = networkFindings(system(limit, range, waiting));
    assert.deepEqual([state(findings, "Open files"), state(findings, "Ports")], [files, ports]);
  }
});

Deno.test("networkFindings() does not guess what another system does not say", () => {
  const findings = networkFindings(fakeSystem({}, { platform: "windows" }));
  assert.deepEqual(
    findings.map(({ name, state }) => [name, state]),
    [["Open files", "unknown"], ["Ports", "unknown"], ["Accept queue", "unknown"], [
      "Loopback",
      "good",
    ]],
  );
});

Deno.test("quietFindings() tells what a hypervisor takes from what other programs take", () => {
  const states = (stolen: number, got: number, load: number): (string | undefined)[] => {
    const findings = quietFindings({ stolen, got, load }, 4);
    return ["Steal now", "Others now"].map((name) => state(findings, name));
  };
  assert.deepEqual(states(0, 1, 0.2), ["good", "good"]);
  assert.deepEqual(states(0.2, 1, 0.2), ["care", "good"]);
  assert.deepEqual(states(0, 0.7, 0.2), ["good", "care"]);
  assert.deepEqual(states(0, 1, 6), ["good", "care"]);
  assert.deepEqual(states(0, 0.3, 9), ["good", "not"]);
  const [steal] = quietFindings({ stolen: { absent: "no" }, got: 1, load: undefined }, 4);
  assert.equal(steal?.state, "unknown");
});

Deno.test("isFit() forgives what a usual run does without", () => {
  const finding = { name: "perf", said: "there is none", state: "not" } as const;
  assert.ok(isFit([{ ...finding, isOptional: true }, { ...finding, state: "care" }]));
  assert.ok(!isFit([finding]));
});
