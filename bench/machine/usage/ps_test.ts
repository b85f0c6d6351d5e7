import assert from "node:assert/strict";
import { fakeSystem } from "../testing.ts";
import { createPsReader, parseCpuTime, parsePs } from "./ps.ts";

Deno.test("parseCpuTime() reads every form that ps writes", () => {
  const forms: [string, number][] = [
    ["0:00.00", 0],
    ["0:01.25", 1.25],
    ["3:07", 187],
    ["125:00.50", 7500.5],
    ["00:00:07", 7],
    ["12:34:56", 45_296],
    ["2-01:00:00", 176_400],
  ];
  for (const [text, seconds] of forms) assert.equal(parseCpuTime(text), seconds * 1e9, text);
});

Deno.test("parseCpuTime() refuses anything else", () => {
  assert.throws(() => parseCpuTime("7"), {
    name: "SyntaxError",
    message: 'Cannot parse a CPU time of ps: received "7"',
  });
  assert.throws(() => parseCpuTime("-"), SyntaxError);
});

Deno.test("parsePs() reads the columns, whatever their width", () => {
  assert.deepEqual(
    parsePs("    1     0 Ss     8432   0:04.11\n12345     1 S+        0   0:00.00\n"),
    [
      { pid: 1, parent: 0, state: "Ss", residentBytes: 8_634_368, cpuNs: 4_110_000_000 },
      { pid: 12345, parent: 1, state: "S+", residentBytes: 0, cpuNs: 0 },
    ],
  );
});

Deno.test("parsePs() refuses a line that is something else", () => {
  assert.throws(() => parsePs("  PID  PPID STAT   RSS      TIME\n"), {
    name: "SyntaxError",
    message: 'Cannot parse a line of ps: received "  PID  PPID STAT   RSS      TIME"',
  });
});

const TABLE = `50
    1     0 Ss     8432   0:04.11
   40     1 S      1000   0:01.50
   41    40 R+      200   0:00.25
   42    40 Z         0   0:00.10
   50    40 R+      900   0:00.00
`;

Deno.test("createPsReader() reads the tree without ps itself", () => {
  const reader = createPsReader(fakeSystem({}, { platform: "darwin", run: () => TABLE }));
  const common = { reapedNs: 0, threads: null, peakBytes: null };
  assert.deepEqual(reader(40), [
    { id: "40", ended: false, ownNs: 1_500_000_000, residentBytes: 1_024_000, ...common },
    { id: "41", ended: false, ownNs: 250_000_000, residentBytes: 204_800, ...common },
    { id: "42", ended: true, ownNs: 100_000_000, residentBytes: 0, ...common },
  ]);
});

Deno.test("createPsReader() is empty for a process that is gone", () => {
  assert.deepEqual(createPsReader(fakeSystem({}, { run: () => TABLE }))(43), []);
});

Deno.test("createPsReader() says that there is no ps", () => {
  const absent = { absent: "this machine has no ps command" };
  assert.deepEqual(createPsReader(fakeSystem({}))(40), absent);
  // The shell printed its id and then found no ps.
  assert.deepEqual(createPsReader(fakeSystem({}, { run: () => "50\n" }))(40), absent);
});
