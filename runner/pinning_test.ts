import assert from "node:assert/strict";
import { choosePinning, parseCpuList, splitCpus } from "./pinning.ts";

for (
  const [list, cpus] of [
    ["0", [0]],
    ["0-3", [0, 1, 2, 3]],
    ["0-1,4,6-7\n", [0, 1, 4, 6, 7]],
    ["", []],
  ] as const
) {
  Deno.test(`parseCpuList() reads "${list.trim()}"`, () =>
    assert.deepEqual(parseCpuList(list), cpus));
}

Deno.test("splitCpus() gives the server the larger half", () => {
  assert.deepEqual(splitCpus([0, 1]), { server: [0], generator: [1] });
  assert.deepEqual(splitCpus([0, 2, 4]), { server: [0, 2], generator: [4] });
});

Deno.test("splitCpus() does not split one CPU", () => {
  assert.deepEqual(splitCpus([3]), { absent: "there is only 1 CPU to run on" });
});

Deno.test("choosePinning() does nothing when it is not wanted", () => {
  assert.deepEqual(choosePinning(false), { absent: "--no-pin was given" });
});
