import assert from "node:assert/strict";
import { burner } from "./burn.ts";

/** The shortest of several times: disturbances only make it longer. */
function shortestMs(work: () => void): number {
  let shortest = Infinity;
  for (let time = 0; time < 200; time++) {
    const startMs = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - startMs);
  }
  return shortest;
}

Deno.test("burner() burns as much as asked, in proportion", () => {
  const [one, four] = [burner(100), burner(400)].map(shortestMs);
  assert.ok(one! > 0.05, `${one}`);
  assert.ok(four! / one! > 2 && four! / one! < 8, `${four} ${one}`);
});

Deno.test("burner() of nothing burns nothing to speak of", () => {
  assert.ok(shortestMs(burner(0)) < 0.05);
});
