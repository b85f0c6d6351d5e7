import assert from "node:assert/strict";
import { parseCpuList } from "./cpu_list.ts";

Deno.test("parseCpuList() reads single CPUs and ranges", () => {
  assert.deepEqual(parseCpuList("0\n"), [0]);
  assert.deepEqual(parseCpuList("0-3,8,10-11"), [0, 1, 2, 3, 8, 10, 11]);
  assert.deepEqual(parseCpuList("\n"), []);
});
