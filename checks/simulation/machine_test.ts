import assert from "node:assert/strict";
import { seededRandom } from "../../measure/record/random.ts";
import { CASES, MACHINES, simulate } from "./machine.ts";

const steady = MACHINES.find(({ id }) => id === "steady")!;
const bursty = MACHINES.find(({ id }) => id === "bursty")!;
const none = (servers: number) => Array.from({ length: servers - 1 }, () => CASES.map(() => 0));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

Deno.test("simulate() gives every server a figure in each case and round, the same for a seed", () => {
  const design = { servers: 3, rounds: 7, order: "blocks" } as const;
  const run = () => simulate(seededRandom(5), design, steady, none(3));
  const figures = run();
  assert.deepEqual(figures.map((server) => server.map(({ length }) => length)), [
    ...Array(3).fill(Array(CASES.length).fill(7)),
  ]);
  assert.deepEqual(run(), figures);
});

Deno.test("simulate() has the noise of each kind, and the effects that it is given", () => {
  const rounds = 4000;
  const effects = [CASES.map((_, place) => place / 10)];
  const design = { servers: 2, rounds, order: "blocks" } as const;
  const [baseline, other] = simulate(seededRandom(1), design, steady, effects);
  for (const [place, effect] of effects[0]!.entries()) {
    const differences = other![place]!.map((value, round) => value - baseline![place]![round]!);
    const error = Math.sqrt(variance(differences) / rounds);
    assert.ok(Math.abs(mean(differences) - effect) < 5 * error, `case ${place}`);
  }
  const spreadOf = (kind: string): number =>
    mean(CASES.flatMap((one, place) => one === kind ? [variance(baseline![place]!)] : []));
  assert.ok(spreadOf("tail") > 4 * spreadOf("other"));
  assert.ok(spreadOf("memory") < spreadOf("other"));
});

Deno.test("simulate() lets the servers of a block share the state of the machine", () => {
  const pairedVariance = (order: "blocks" | "shuffled"): number => {
    const design = { servers: 2, rounds: 4000, order };
    const quiet = { ...bursty, outliers: { share: 0, height: 0 } };
    const [a, b] = simulate(seededRandom(3), design, quiet, none(2));
    return mean(
      CASES.flatMap((kind, place) =>
        kind === "other"
          ? [variance(a![place]!.map((value, round) => value - b![place]![round]!))]
          : []
      ),
    );
  };
  assert.ok(pairedVariance("blocks") < 0.9 * pairedVariance("shuffled"));
});
