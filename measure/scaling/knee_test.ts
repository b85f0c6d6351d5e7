import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { median, quantile } from "../statistics/statistics.ts";
import { type CurvePoint, kneeOf } from "./knee.ts";

/** What all the servers of these tests can do, per second. */
const CAPACITY = 10_000;
const LOADS = [5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95, 100, 105, 110, 125, 150, 200];

function curveOf(response: (load: number) => number): CurvePoint[] {
  return LOADS.filter((load) => load < 100)
    .map((load) => ({ rate: CAPACITY * load / 100, response: response(load / 100) }));
}

function assertNear(value: number, expected: number, within: number): void {
  assert.ok(Math.abs(value / expected - 1) <= within, `${value} instead of ${expected}`);
}

Deno.test("kneeOf() is where Kleinrock's power is highest: M/M/1 at half, M/D/1 at 2 − √2 of the capacity", () => {
  const mm1 = kneeOf(curveOf((load) => 1 / (1 - load)))!;
  assertNear(mm1.rate, 0.5 * CAPACITY, 0.01);
  assertNear(mm1.limit, CAPACITY, 0.02);
  assertNear(mm1.unloaded, 1, 0.02);
  // Mean response time after Pollaczek and Khinchine.
  const md1 = kneeOf(curveOf((load) => 1 + load / (2 * (1 - load))))!;
  assertNear(md1.rate, (2 - Math.SQRT2) * CAPACITY, 0.01);
});

Deno.test("kneeOf() has an answer only if the response time grows, and among the rates", () => {
  assert.equal(kneeOf(curveOf(() => 3)), undefined);
  assert.equal(kneeOf(curveOf((load) => 3 - load)), undefined);
  assert.equal(kneeOf(curveOf((load) => 1 / (1 - load)).slice(0, 4)), undefined);
  // Up to 20 % of the capacity nothing is seen of a knee at 50 %.
  assert.equal(
    kneeOf([2, 4, 8, 12, 20].map((n) => ({ rate: n, response: 1 / (1 - n / 100) }))),
    undefined,
  );
});

Deno.test("kneeOf() has no answer where something else than the rate decides the response time", () => {
  const random = seededRandom(3);
  // As on a machine whose CPUs others use: p99 from 4 to 90 ms at any rate.
  assert.equal(kneeOf(curveOf(() => 4 * 22 ** random()), CAPACITY), undefined);
});

Deno.test("kneeOf() is among the rates, though the lowest rate happened to have the lowest response time", () => {
  const points = curveOf((load) => 1 / (1 - load));
  const knee = kneeOf(
    points.map((point, index) => index === 0 ? { ...point, response: 0.1 } : point),
  );
  assert.ok(knee === undefined || knee.rate >= 0.05 * CAPACITY, `${knee?.rate}`);
});

Deno.test("kneeOf() takes the highest throughput for about the limit where the rates below do not show it", () => {
  const few = curveOf((load) => 1 + load / (2 * (1 - load))).slice(0, 10);
  assertNear(kneeOf(few, CAPACITY)!.limit, CAPACITY, 0.02);
});

Deno.test("kneeOf() does not depend on the units", () => {
  const points = curveOf((load) => 1 + load ** 4 / (1 - load));
  const scaled = points.map(({ rate, response }) => ({ rate: rate / 7, response: response * 1e6 }));
  assertNear(kneeOf(scaled)!.rate * 7, kneeOf(points)!.rate, 1e-9);
});

/** Servers that share a queue, and how long a request takes them, in seconds. */
interface Queue {
  readonly servers: number;
  readonly service: (random: () => number) => number;
}

const exponential = (random: () => number): number => -Math.log(1 - random());

/** p99 of the response times of a window of 0.4 s, and the share that was answered in it, at each rate. */
function sweep({ servers, service }: Queue, random: () => number): Sweep {
  return LOADS.map((load) => {
    const rate = CAPACITY * load / 100;
    const free = new Float64Array(servers);
    const responses: number[] = [];
    let answered = 0;
    for (let at = exponential(random) / rate; at < 0.4; at += exponential(random) / rate) {
      const first = free.reduce((least, time, index) => time < free[least]! ? index : least, 0);
      free[first] = Math.max(at, free[first]!) + servers / CAPACITY * service(random);
      responses.push(free[first]! - at);
      if (free[first]! < 0.4) answered++;
    }
    return { rate, response: quantile(responses, 0.99), share: answered / responses.length };
  });
}

type Sweep = (CurvePoint & { readonly share: number })[];

/** Other definitions that are in use. */
const OTHERS: { readonly [name: string]: (all: Sweep) => number } = {
  /** The point of highest power itself. */
  "highest power": (all) =>
    all.reduce((a, b) => b.rate / b.response > a.rate / a.response ? b : a).rate,
  /** The first point with twice the response time of the lowest rate. */
  "twice": (all) => all.find(({ response }) => response >= 2 * all[0]!.response)!.rate,
  /** Satopää et al., "Finding a 'Kneedle' in a Haystack", 2011: farthest from the chord. */
  "Kneedle": (all) => {
    const [first, last] = [all[0]!, all.at(-1)!];
    const above = ({ rate, response }: CurvePoint): number =>
      (rate - first.rate) / (last.rate - first.rate) -
      (response - first.response) / (last.response - first.response);
    return all.reduce((a, b) => above(b) > above(a) ? b : a).rate;
  },
};

const SWEEPS = 20;

const sweeps = new Map<Queue, readonly Sweep[]>();

/** The knees of many sweeps as shares of the capacity: median, and the middle 90 %. */
function kneesOf(queue: Queue, find: (all: Sweep) => number): { at: number; spread: number } {
  const all = sweeps.get(queue) ??
    Array.from({ length: SWEEPS }, (_, seed) => sweep(queue, seededRandom(seed + 1)));
  sweeps.set(queue, all);
  const found = all.map((one) => find(one) / CAPACITY);
  return { at: median(found), spread: quantile(found, 0.95) - quantile(found, 0.05) };
}

const ours = (all: Sweep): number => kneeOf(all.filter(({ share }) => share >= 0.97))!.rate;

const QUEUES = {
  "M/M/1": { servers: 1, service: exponential },
  "M/D/1": { servers: 1, service: () => 1 },
  "8 threads": { servers: 8, service: exponential },
} satisfies { readonly [name: string]: Queue };

/** Where the power of p99 is highest: exactly for M/M/1; else found in windows of a minute at 49 rates. */
const TRUE_KNEES = { "M/M/1": 0.5, "M/D/1": 0.436, "8 threads": 0.772 };

for (const [name, queue] of Object.entries(QUEUES) as [keyof typeof QUEUES, Queue][]) {
  Deno.test(`kneeOf() is near the knee of p99 in short windows, and steadier than the highest point: ${name}`, () => {
    const { at, spread } = kneesOf(queue, ours);
    assertNear(at, TRUE_KNEES[name], 0.1);
    assert.ok(spread < kneesOf(queue, OTHERS["highest power"]!).spread, `${spread}`);
  });
}

Deno.test("other definitions of a knee do not tell queues apart, or lie beside their knees", () => {
  // The farthest point from the chord is the capacity, whatever the response times below it do.
  const kneedle = Object.values(QUEUES).map((queue) => kneesOf(queue, OTHERS["Kneedle"]!).at);
  assert.deepEqual(kneedle, [1, 1, 1]);
  // Twice the lowest: that of the pool is at its capacity, where p99 is far beyond its knee.
  const twice = kneesOf(QUEUES["8 threads"], OTHERS["twice"]!).at;
  assert.ok(twice / TRUE_KNEES["8 threads"] > 1.2, `${twice}`);
});
