import assert from "node:assert/strict";
import type { Fact } from "../../measure/model/result.ts";
import { fakeSystem } from "./testing.ts";
import {
  describeLoad,
  describeMachine,
  parseOsRelease,
  parseSoftLimit,
  smallestStepNs,
} from "./machine.ts";

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max open files            20000                1048576              files     
`;

function find(facts: readonly Fact[], group: string, name: string): Fact | undefined {
  return facts.find((fact) => fact.group === group && fact.name === name);
}

Deno.test("parseOsRelease() takes the name out of its quotes", () => {
  assert.equal(
    parseOsRelease('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12"\n'),
    "Debian GNU/Linux 12",
  );
  assert.equal(parseOsRelease("PRETTY_NAME='Alpine Linux v3.20'\n"), "Alpine Linux v3.20");
  assert.equal(parseOsRelease("PRETTY_NAME=Void\nID=void\n"), "Void");
  assert.equal(parseOsRelease("NAME=Void\n"), null);
});

Deno.test("parseSoftLimit() takes the first of the two limits", () => {
  assert.equal(parseSoftLimit(LIMITS, "Max open files"), 20_000);
  assert.equal(parseSoftLimit(LIMITS, "Max cpu time"), "unlimited");
  assert.equal(parseSoftLimit(LIMITS, "Max locked memory"), null);
});

Deno.test("describeMachine() reads the limits and the name of Linux", () => {
  const facts = describeMachine(fakeSystem({
    "/etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    "/proc/self/limits": LIMITS,
    "/proc/sys/net/ipv4/ip_local_port_range": "32768\t60999\n",
    "/proc/sys/net/core/somaxconn": "4096\n",
  }));
  assert.equal(find(facts, "Operating system", "Name")?.value, "Debian GNU/Linux 12 (bookworm)");
  assert.equal(find(facts, "Limits", "Open files")?.value, 20_000);
  assert.equal(find(facts, "Limits", "Ephemeral ports")?.value, "32768–60999");
  assert.equal(find(facts, "Limits", "Accept queue (somaxconn)")?.value, 4096);
});

Deno.test("describeMachine() reads the limits and the version of macOS", () => {
  const answers: { [program: string]: string } = {
    sysctl: "kern.osproductversion: 14.5\nkern.ipc.somaxconn: 128\n",
    sh: "10240\n",
  };
  const run = (program: string): string | null => answers[program] ?? null;
  const facts = describeMachine(fakeSystem({}, { platform: "darwin", run }));
  assert.equal(find(facts, "Operating system", "Name")?.value, "macOS 14.5");
  assert.equal(find(facts, "Limits", "Open files")?.value, 10_240);
  assert.equal(find(facts, "Limits", "Accept queue (somaxconn)")?.value, 128);
  assert.equal(find(facts, "Container limits", "CPU quota"), undefined);
});

Deno.test("describeMachine() leaves out what makes no sense on Windows", () => {
  const groups = describeMachine(fakeSystem({}, { platform: "windows" })).map(({ group }) => group);
  assert.deepEqual([...new Set(groups)], [
    "Processor",
    "Memory",
    "Operating system",
    "Clock",
    "Software",
  ]);
});

Deno.test("describeMachine() gives a reason for what it may not read", () => {
  const read = (): never => {
    throw new Deno.errors.NotCapable("Requires all access");
  };
  const facts = describeMachine(fakeSystem({}, { read, list: read }));
  const absent = { absent: "wsmark was not allowed to read it: it needs --allow-all" };
  for (const name of ["Model", "Sockets", "L2 cache", "Turbo", "Virtual machine"]) {
    assert.deepEqual(find(facts, "Processor", name)?.value, absent, name);
  }
  assert.deepEqual(find(facts, "Container limits", "Container")?.value, absent);
  assert.deepEqual(find(facts, "Limits", "Open files")?.value, absent);
});

Deno.test("describeMachine() describes this machine", () => {
  const facts = describeMachine();
  const names = facts.map(({ group, name }) => `${group}: ${name}`);
  assert.equal(new Set(names).size, names.length);
  for (const { group, name, value } of facts) {
    if (typeof value === "object") assert.notEqual(value.absent, "", `${group}: ${name}`);
    if (typeof value === "number") assert.ok(Number.isFinite(value), `${group}: ${name}`);
  }
  const groups = facts.map(({ group }) => group).filter((group, i, all) => group !== all[i - 1]);
  assert.equal(new Set(groups).size, groups.length, "facts of one group are together");
  assert.equal(find(facts, "Memory", "Total")?.unit, "bytes");
  assert.equal(find(facts, "Software", "Deno")?.value, Deno.version.deno);
  assert.ok(!names.some((name) => /host/i.test(name)));
});

Deno.test("describeLoad() names the moment", () => {
  const names = describeLoad("at the end", fakeSystem({})).map(({ name }) => name);
  assert.deepEqual(names, ["1 min at the end", "5 min at the end", "15 min at the end"]);
  assert.deepEqual(describeLoad("at the end", fakeSystem({}, { platform: "windows" })), []);
});

/** A clock that gives these readings, in milliseconds. */
function clockOf(...readings: number[]): () => number {
  return () => readings.shift() ?? NaN;
}

Deno.test("smallestStepNs() finds the smallest step of those that are one", () => {
  assert.equal(smallestStepNs(clockOf(1, 1, 1.0005, 1.001, 1.00107, 3), 6), 70);
});

Deno.test("smallestStepNs() passes over a clock that is set back", () => {
  assert.equal(smallestStepNs(clockOf(5, 2, 4), 3), 2_000_000);
});

Deno.test("smallestStepNs() is null if the clock stood still", () => {
  assert.equal(smallestStepNs(clockOf(1, 1, 1), 3), null);
});

Deno.test("describeMachine() names the clock source on Linux alone", () => {
  const path = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
  const clock = (platform: string): unknown[] =>
    describeMachine(fakeSystem({ [path]: "tsc\n" }, { platform }))
      .filter(({ group }) => group === "Clock").map(({ name, value }) => [name, typeof value]);
  const step = ["Smallest step of the program's clock", "number"];
  assert.deepEqual(clock("linux"), [["Kernel clock source", "string"], step]);
  assert.deepEqual(clock("darwin"), [step]);
});
