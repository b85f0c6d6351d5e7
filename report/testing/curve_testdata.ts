/** A run of load curves, as tests of reports need one: two rounds on three servers. */

import type { CompletedTrial, CurvePoint, Result } from "../../measure/model/result.ts";
import { ROUNDS } from "./rounds_testdata.ts";

function pointAt(way: CurvePoint["way"], rate: number, speed: number): CurvePoint {
  const load = rate / (10_000 * speed);
  return {
    way,
    rate,
    sentShare: 1,
    answered: Math.min(rate, 10_000 * speed),
    inTime: load < 1 ? rate : 0,
    p50Ms: 0.5,
    p99Ms: load < 1 ? 1 / (1 - load) : null,
    p999Ms: 9,
    lost: 0,
    cpuShare: 0.5,
    memory: 2 ** 26,
  };
}

const SPEEDS = { native: 2, ws: 1.5, socketio: 1 };
const [TEMPLATE] = ROUNDS.trials.filter((trial) => trial.state === "completed");
const [PLACE] = ROUNDS.scenarios[0]!.cases;
const CASE = {
  ...PLACE!,
  id: "connections=64,size=64,arrivals=poisson,sloMs=10",
  title: "64 connections, 64 B, Poisson arrivals, within 10 ms",
  parameters: { connections: 64, size: 64, arrivals: "poisson", sloMs: 10 },
} as const;

/** Each trial has three rising rates, one of overload without a reply, and a falling one. */
export const CURVED: Result = {
  ...ROUNDS,
  scenarios: [{
    id: "curve",
    title: "Load curve",
    question: "Where does it bend?",
    cases: [CASE],
    metrics: [{
      id: "knee",
      title: "Knee",
      unit: "messages/s",
      better: "higher",
      decimals: 0,
    }],
  }],
  trials: Object.entries(SPEEDS).flatMap(([server, speed]) =>
    [1, 2].map((round): CompletedTrial => ({
      ...TEMPLATE as CompletedTrial,
      server,
      round,
      scenario: "curve",
      case: CASE.id,
      metrics: {
        knee: server === "socketio" ? { absent: "it has none" } : 5000 * speed + 10 * round,
      },
      curve: {
        closedRate: 8000,
        limitMs: 10,
        points: [
          ...[1000, 4000, 8000].map((rate) => pointAt("up", rate, speed)),
          pointAt("overload", 20_000, speed),
          pointAt("down", 4000, speed),
        ],
        recovery: null,
      },
    }))
  ),
};
