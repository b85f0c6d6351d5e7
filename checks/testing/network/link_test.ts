import assert from "node:assert/strict";
import { Link } from "./link.ts";

Deno.test("Link delays what is sent", () => {
  const link = new Link(1);
  assert.equal(link.arrivalMs(1000, 10, { delayMs: 40 }), 1040);
  assert.equal(link.arrivalMs(1005, 10, { delayMs: 40 }), 1045);
  assert.equal(link.arrivalMs(1005, 10, {}), 1045, "nothing overtakes");
});

Deno.test("Link has all wait that is behind a lost segment", () => {
  const link = new Link(1);
  const lost = link.arrivalMs(0, 1, { delayMs: 10, loss: 1 });
  assert.equal(lost, 10 + 200 + 400 + 800 + 1600 + 3200 + 6400);
  assert.equal(link.losses, 6);
  assert.equal(link.arrivalMs(50, 1, { delayMs: 10 }), lost);
  assert.equal(link.arrivalMs(20_000, 1, { delayMs: 10 }), 20_010);
});

Deno.test("Link sends again after a round trip if that is longer", () => {
  const link = new Link(1);
  const at = link.arrivalMs(0, 1, { delayMs: 300, loss: 1 });
  assert.equal(at, 300 + 600 * (1 + 2 + 4 + 8 + 16 + 32));
});

Deno.test("Link loses the share of segments that it is told, the same ones each time", () => {
  const count = (seed: number): number => {
    const link = new Link(seed);
    for (let at = 0; at < 100; at++) link.arrivalMs(at, 1448 * 100, { loss: 0.01 });
    return link.losses;
  };
  assert.equal(count(1), count(1));
  // Binomial: 10,000 segments, ± 5 standard deviations.
  for (const seed of [1, 2, 3]) assert.ok(Math.abs(count(seed) - 100) < 50, `${count(seed)}`);
});
