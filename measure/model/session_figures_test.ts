import assert from "node:assert/strict";
import type { Exchange } from "./session.ts";
import { runningFigures, sessionFigures } from "./session_figures.ts";

const content = { text: "", bytes: 0, remarks: [], isCut: false };

function answered(sentMs: number, latencyMs: number): Exchange {
  return {
    fate: "answered",
    message: { atMs: sentMs, content },
    reply: { atMs: sentMs + latencyMs, content },
  };
}

/** One message a second, with the latencies 1, 2, 3 … ms. */
const rising = (count: number): Exchange[] =>
  Array.from({ length: count }, (_, index) => answered(index * 1000, index + 1));

Deno.test("runningFigures() averages over all messages and over the last ten", () => {
  const figures = [...runningFigures(rising(12))];
  assert.deepEqual(figures.map((figure) => figure!.averageMs).slice(0, 3), [1, 1.5, 2]);
  assert.equal(figures.at(-1)!.averageMs, 6.5);
  assert.equal(figures[9]!.movingMs, 5.5);
  assert.equal(figures[11]!.movingMs, (3 + 12) / 2);
});

Deno.test("runningFigures() counts replies since the first message was sent", () => {
  const figures = [...runningFigures([answered(5000, 500), answered(5500, 500)])];
  assert.deepEqual(figures.map((figure) => figure!.perSecond), [2, 2]);
  assert.equal([...runningFigures([answered(0, 0)])][0]!.perSecond, undefined);
});

Deno.test("runningFigures() has no figures for an exchange without message or reply", () => {
  const exchanges: Exchange[] = [
    { fate: "not sent", message: { atMs: 0, content } },
    { fate: "unasked", reply: { atMs: 1, content } },
    { fate: "lost", message: { atMs: 1000, content } },
    answered(1500, 500),
  ];
  const figures = [...runningFigures(exchanges)];
  assert.deepEqual(figures.slice(0, 3), [undefined, undefined, undefined]);
  assert.deepEqual(figures[3], { latencyMs: 500, averageMs: 500, movingMs: 500, perSecond: 1 });
  const { sent, received, fates } = sessionFigures({ exchanges });
  assert.deepEqual([sent, received], [2, 2]);
  assert.deepEqual(fates, { answered: 1, unasked: 1, "no reply": 0, lost: 1, "not sent": 1 });
});

Deno.test("sessionFigures() has a percentile only if there are enough messages", () => {
  const { latencyMs } = sessionFigures({ exchanges: rising(9) });
  assert.equal(latencyMs.min, 1);
  assert.equal(latencyMs.mean, 5);
  assert.equal(latencyMs.median, 5);
  assert.equal(latencyMs.max, 9);
  assert.deepEqual(latencyMs.p90, { absent: "it takes 10 answered messages: there are 9" });
  const many = sessionFigures({ exchanges: rising(101) }).latencyMs;
  assert.equal(many.p90, 91);
  assert.equal(many.p99, 100);
});

Deno.test("sessionFigures() has no figures if nothing was answered", () => {
  const { latencyMs, perSecond } = sessionFigures({ exchanges: [] });
  const absent = { absent: "it takes an answered message: there are 0" };
  assert.deepEqual([latencyMs.min, latencyMs.mean, latencyMs.max], [absent, absent, absent]);
  assert.deepEqual(perSecond, { absent: "it takes 2 answered messages: there are 0" });
});

Deno.test("sessionFigures() takes a million messages", () => {
  const { latencyMs } = sessionFigures({ exchanges: Array(1_000_000).fill(answered(0, 2)) });
  assert.equal(latencyMs.p99, 2);
});
