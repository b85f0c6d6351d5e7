import assert from "node:assert/strict";
import { guardMemory } from "./memory_guard.ts";

Deno.test("guardMemory() reports once that too much more than at first is used", async () => {
  const uses = [100, 150, 200, 201, 300];
  const { promise, resolve } = Promise.withResolvers<number>();
  const told: number[] = [];
  using _ = guardMemory(1, (bytes) => {
    told.push(bytes);
    resolve(bytes);
  }, { most: 100, everyMs: 1, used: () => uses.shift() ?? 1000 });
  assert.equal(await promise, 101);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(told, [101]);
});

Deno.test("guardMemory() looks no longer when its scope is left", async () => {
  let looks = 0;
  guardMemory(1, () => {}, { everyMs: 1, used: () => looks++ })[Symbol.dispose]();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(looks, 1);
});
