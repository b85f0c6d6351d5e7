import assert from "node:assert/strict";
import type { Curve, CurvePoint } from "../../measure/model/result.ts";
import type { Measurement } from "../types.ts";
import { ofLoadCurve } from "./curve.ts";

const CAPACITY = 10_000;

function pointAt(way: CurvePoint["way"], share: number, factor: number = 1): CurvePoint {
  const rate = share * CAPACITY;
  return {
    way,
    rate,
    sentShare: 1,
    answered: Math.min(rate, CAPACITY),
    inTime: share <= 1 ? rate : 400,
    p50Ms: 1,
    p99Ms: share < 1 ? factor / (1 - share) : 300,
    p999Ms: 400,
    lost: 0,
    cpuShare: null,
    memory: null,
  };
}

const RISING = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

const found: Curve = {
  closedRate: 9000,
  limitMs: 10,
  points: [
    ...RISING.map((share) => pointAt("up", share)),
    pointAt("overload", 1.25),
    pointAt("overload", 2),
    // Three times as slow as before, one of them twice.
    ...[0.9, 0.5, 0.1].map((share) => pointAt("down", share, share === 0.5 ? 2 : 3)),
  ],
  recovery: {
    rate: 5000,
    overloadRate: 20_000,
    overloadMs: 400,
    beforeP99Ms: 2,
    recoveredMs: 800,
    watchedMs: 2400,
  },
};

function metric(id: string, changed: Partial<Curve> | undefined = {}) {
  const own = changed && { ...found, ...changed };
  return ofLoadCurve.find((one) => one.id === id)!.value({ curve: own } as Measurement);
}

Deno.test("the knee of a curve is that of its rising rates that are kept up with", () => {
  assert.ok(Math.abs(metric("knee") as number / CAPACITY - 0.5) < 0.01);
  const flat = found.points.map((point) => ({ ...point, p99Ms: 1 }));
  assert.deepEqual(metric("knee", { points: flat }), {
    absent: "the response time does not bend among these rates, or does not follow them",
  });
});

Deno.test("curve has the highest throughput and goodput, and what overload leaves of it", () => {
  assert.equal(metric("most"), CAPACITY);
  assert.equal(metric("goodput"), 9000);
  assert.equal(metric("left"), 400 / 9000 * 100);
});

Deno.test("curve says how long a server takes to recover, and how much slower it is on the way down", () => {
  assert.equal(metric("recovery"), 800);
  assert.ok(Math.abs(metric("hysteresis") as number - 3) < 1e-9);
});

Deno.test("curve says why there is no figure", () => {
  const { recovery } = found;
  const reasons = [
    metric("recovery", { recovery: null }),
    metric("left", { recovery: null }),
    metric("recovery", { recovery: { ...recovery!, recoveredMs: null } }),
    metric("recovery", { recovery: { ...recovery!, beforeP99Ms: null, recoveredMs: null } }),
    metric("hysteresis", { points: found.points.slice(0, 3) }),
    ofLoadCurve[0]!.value({} as Measurement),
  ];
  assert.deepEqual(reasons.map((reason) => (reason as { absent: string }).absent), [
    "the client could not overload it",
    "the client could not overload it",
    "its p99 was not within twice of before after 2400 ms",
    "nothing was answered before the overload, or several generators shared it",
    "no rate was answered on both ways",
    "no rates were tried",
  ]);
});
