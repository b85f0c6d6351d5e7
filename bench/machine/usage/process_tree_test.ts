import assert from "node:assert/strict";
import { treeOf } from "./process_tree.ts";

Deno.test("treeOf() finds children and grandchildren, whatever their order", () => {
  assert.deepEqual(treeOf(7, new Map([[10, 8], [8, 7], [9, 1], [7, 1], [11, 7]])), [7, 8, 11, 10]);
});

Deno.test("treeOf() gives the root alone if nothing was started", () => {
  assert.deepEqual(treeOf(7, new Map([[7, 1], [9, 1]])), [7]);
});

Deno.test("treeOf() ends if a process is its own parent", () => {
  assert.deepEqual(treeOf(0, new Map([[0, 0], [1, 0]])), [0, 1]);
});
