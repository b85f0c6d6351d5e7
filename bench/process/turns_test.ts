import assert from "node:assert/strict";
import { takingTurns } from "./turns.ts";

Deno.test("takingTurns() lets so many be at it at once, in their order, also if one fails", async () => {
  const inTurn = takingTurns(2);
  const begun: number[] = [];
  const ends = [0, 1, 2, 3, 4].map(() => Promise.withResolvers<number>());
  const all = ends.map(({ promise }, index) =>
    inTurn(() => {
      begun.push(index);
      return promise;
    })
  );
  assert.deepEqual(begun, [0, 1]);
  ends[1]!.reject(new Error("no report"));
  await assert.rejects(all[1]!, { message: "no report" });
  assert.deepEqual(begun, [0, 1, 2]);
  for (const index of [0, 2, 3, 4]) ends[index]!.resolve(index);
  assert.deepEqual(await Promise.all([all[0], all[2], all[3], all[4]]), [0, 2, 3, 4]);
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
});
