import assert from "node:assert/strict";
import { fakeSystem, machineFiles } from "../machine/testing.ts";
import { type GivenCpus, pinnedByHand } from "./given_cpus.ts";

/** Eight CPUs of four cores, of which one thread of the last core may not be used. */
const CORES = [[0, 4], [1, 5], [2, 6], [3]];
const SYSTEM = fakeSystem(
  machineFiles({ nodes: ["0-7"], cores: ["0,4", "1,5", "2,6", "3,7"], allowed: "0-6" }),
);

function pin(given: GivenCpus) {
  return pinnedByHand(given, CORES, SYSTEM);
}

Deno.test("pinnedByHand() takes what is given, each CPU once", () => {
  assert.deepEqual(pin({ server: "0-2,1", generator: "4, 6" }), {
    server: [0, 1, 2],
    generator: [4, 6],
    reason: "--cpus was given",
  });
});

Deno.test("pinnedByHand() gives the other side the cores that are left, and threads only if there are none", () => {
  const reason = "--cpus was given";
  assert.deepEqual(pin({ server: "0-1" }), { server: [0, 1], generator: [2, 6, 3], reason });
  assert.deepEqual(pin({ generator: "5" }), {
    server: [0, 4, 2, 6, 3],
    generator: [5],
    reason,
  });
  assert.deepEqual(pin({ server: "0-3" }), { server: [0, 1, 2, 3], generator: [4, 5, 6], reason });
});

for (
  const [given, message] of [
    [
      { server: "0-3", generator: "2-5" },
      "--cpus gives CPUs 2-3 to the server and to the generator: give each its own",
    ],
    [
      { server: "0", generator: "8-9,12" },
      "--cpus gives the generator CPUs 8-9,12, which this machine does not have: it has 0-7",
    ],
    [
      { server: "7", generator: "1" },
      "--cpus gives the server CPU 7, which wsmark may not use: its affinity and its control group allow 0-6",
    ],
    [{ server: "0-6" }, "--cpus leaves no CPU to the generator: there are 0-6"],
    ...["", "a", "0-", "3-1", "0;1", "-1", "0-99999999999", "0,,1", "1.5"].map((list) =>
      [
        { server: list },
        `The CPUs of the server (--cpus) must be numbers and ranges of them, as 0-3,8: received "${list}"`,
      ] as const
    ),
  ] as const
) {
  Deno.test(`pinnedByHand() refuses ${JSON.stringify(given)}`, () => {
    assert.throws(() => pin(given), { name: "UsageError", message });
  });
}
