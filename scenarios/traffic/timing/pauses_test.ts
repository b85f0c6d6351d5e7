import assert from "node:assert/strict";
import { seededRandom } from "../../../measure/record/random.ts";
import { Pauses } from "./pauses.ts";

Deno.test("Pauses: the pause that ends next is taken first, whatever the order of their beginnings", () => {
  const pauses = new Pauses();
  assert.equal(pauses.nextMs, Infinity);
  pauses.add(7, 30);
  pauses.add(8, 10.5);
  pauses.add(9, 20);
  const taken: [number, number][] = [];
  while (pauses.nextMs < Infinity) taken.push([pauses.nextMs, pauses.take()]);
  assert.deepEqual(taken, [[10.5, 8], [20, 9], [30, 7]]);
});

Deno.test("Pauses: the same as a sorted list, for any order of adding and taking", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const random = seededRandom(seed);
    const pauses = new Pauses();
    const list: { connection: number; endMs: number }[] = [];
    for (let step = 0; step < 5000; step++) {
      // It grows at first, and is empty again and again.
      if (random() < (step < 2000 ? 0.6 : 0.45)) {
        const pause = { connection: step, endMs: Math.floor(random() * 1e6) / 1e3 };
        pauses.add(pause.connection, pause.endMs);
        list.push(pause);
      } else if (list.length > 0) {
        const endMs = list.reduce((least, pause) => Math.min(least, pause.endMs), Infinity);
        assert.equal(pauses.nextMs, endMs);
        const connection = pauses.take();
        const place = list.findIndex((pause) => pause.connection === connection);
        assert.equal(list[place]!.endMs, endMs);
        list.splice(place, 1);
      }
      assert.equal(pauses.nextMs === Infinity, list.length === 0);
    }
  }
});
