import assert from "node:assert/strict";
import { choosePinning, splitCores } from "./pinning.ts";

Deno.test("splitCores() gives the server the larger half", () => {
  assert.deepEqual(splitCores([[0], [1]]), { server: [0], generator: [1] });
  assert.deepEqual(splitCores([[0], [2], [4]]), { server: [0, 2], generator: [4] });
});

Deno.test("splitCores() keeps the threads of a core together", () => {
  assert.deepEqual(splitCores([[0, 4], [1, 5], [2, 6], [3, 7]]), {
    server: [0, 4, 1, 5],
    generator: [2, 6, 3, 7],
  });
});

Deno.test("splitCores() splits a single core, but not a single CPU", () => {
  assert.deepEqual(splitCores([[0, 1]]), { server: [0], generator: [1] });
  assert.deepEqual(splitCores([[3]]), { absent: "there is only 1 CPU to run on" });
});

Deno.test("choosePinning() does nothing when it is not wanted", () => {
  assert.deepEqual(choosePinning(false), { absent: "--no-pin was given" });
});
