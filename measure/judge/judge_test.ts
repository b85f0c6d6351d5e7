import assert from "node:assert/strict";
import type { Absent } from "../model/result.ts";
import {
  changeOf,
  type Estimate,
  geometricMean,
  judge,
  type Judgement,
  type Kind,
  meanInterval,
  type Pair,
  pairedRatio,
  smallestShown,
  unpairedRatio,
} from "./judge.ts";
import realRun from "./testdata/real_run.json" with { type: "json" };

const base = [100, 104, 96, 101, 99, 103, 98];
const pairs = (factor: number): Pair[] =>
  base.map((baseline, round) => ({ value: factor * base[(round + 3) % 7]!, baseline }));

function judged(estimate: Estimate | Absent): Judgement {
  const [one] = judge([estimate]);
  assert.ok(one !== undefined && !("absent" in one), JSON.stringify(one));
  return one;
}

function assertClose(actual: number, expected: number, relative = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} ${expected}`);
}

/** Messages a second of two servers in a burst, of a real run. */
const BURST = {
  values: [160.301055, 195.690495, 160.694271, 171.442175, 170.262527, 191.102975, 148.635647],
  baselines: [103.153663, 136.839167, 131.071999, 93.847551, 129.105919, 117.571583, 87.687167],
};

// scipy.stats.ttest_rel of the logarithms, and its confidence interval.
Deno.test("judge() of one ratio is the plain paired t test of its logarithm", () => {
  const found = judged(
    pairedRatio(BURST.values.map((value, index) => ({ value, baseline: BURST.baselines[index]! }))),
  );
  assertClose(found.ratio, 1.5122281233);
  assertClose(found.interval.low, 1.3264093746);
  assertClose(found.interval.high, 1.7240785088);
  assertClose(found.p, 0.00024801563, 1e-7);
  assert.equal(found.adjustedP, found.p);
  assert.deepEqual([found.rounds, found.certainty, found.difference], [7, "clear", "higher"]);
});

Deno.test("the ratio is the quotient of the geometric means", () => {
  const found = judged(pairedRatio(pairs(1.3)));
  assertClose(
    found.ratio,
    geometricMean(pairs(1.3).map(({ value }) => value)) / geometricMean(base),
  );
});

type Figures = { readonly scenario: string; readonly case: string; readonly metric: string } & {
  readonly figures: Readonly<Record<string, readonly number[]>>;
};

function kindOf(metric: string): Kind {
  return metric.includes("p99") ? "tail" : metric.includes("memory") ? "memory" : "other";
}

function judgedRun(aspect: readonly Figures[]): Map<string, Judgement> {
  const open = ["ws", "socketio"].flatMap((server) =>
    aspect.map(({ scenario, case: id, metric, figures }) => ({
      name: `${server} ${scenario} ${id}`,
      estimate: pairedRatio(
        figures[server]!.map((value, round) => ({ value, baseline: figures["native"]![round]! })),
        kindOf(metric),
      ),
    }))
  );
  const judgements = judge(open.map(({ estimate }) => estimate));
  return new Map(open.map(({ name }, index) => [name, judgements[index] as Judgement]));
}

// Computed with scipy and numpy.
Deno.test("judge() of a whole real run draws its variances together", () => {
  const found = judgedRun(realRun.primary);
  for (
    const [name, ratio, low, high, p, q, certainty] of [
      [
        "socketio roundtrip connections=1,inFlight=1",
        0.6010,
        0.4914,
        0.7350,
        6.77769e-5,
        0.000144591,
        "clear",
      ],
      [
        "ws scalability connections=1024,inFlight=1,size=64",
        0.8184,
        0.6768,
        0.9895,
        0.0398358,
        0.0509898,
        "probable",
      ],
      [
        "ws throughput connections=16,inFlight=16,size=16384",
        0.9798,
        0.8242,
        1.1648,
        0.805081,
        0.805081,
        "not told apart",
      ],
    ] as const
  ) {
    const one = found.get(name)!;
    assert.deepEqual(
      [one.ratio, one.interval.low, one.interval.high].map((figure) => figure.toFixed(4)),
      [ratio, low, high].map((figure) => figure.toFixed(4)),
      name,
    );
    assertClose(one.p, p, 1e-5);
    assertClose(one.adjustedP, q, 1e-5);
    assert.equal(one.certainty, certainty);
  }
  const counts = Map.groupBy(found.values(), ({ certainty }) => certainty);
  assert.deepEqual(
    [...counts].map(([certainty, all]) => [certainty, all.length]).sort(),
    [["clear", 24], ["not told apart", 6], ["probable", 2]],
  );
});

Deno.test("judge() of a whole real run contradicts itself nowhere", () => {
  for (const aspect of [realRun.primary, realRun.cpu]) {
    for (const [name, one] of judgedRun(aspect)) {
      const { ratio, interval: { low, high }, certainty, p } = one;
      assert.ok(low < ratio && ratio < high, name);
      const excludes = low > 1 || high < 1;
      assert.equal(excludes, p < 0.05, name);
      if (certainty === "not told apart") assert.ok(!excludes || Math.abs(ratio - 1) <= 0.02, name);
      if (certainty === "clear" || certainty === "probable") assert.ok(excludes, name);
    }
  }
});

Deno.test("pairedRatio() is not disturbed by what affects a round as a whole", () => {
  const drift = [1, 0.5, 0.9, 0.4, 1.2, 0.8, 0.6];
  const { ratio, interval } = judged(
    pairedRatio(
      drift.map((speed, round) => ({ value: (80 + round % 2) * speed, baseline: 100 * speed })),
    ),
  );
  assert.ok(Math.abs(ratio - 0.804) < 0.001);
  assert.ok(interval.low > 0.79 && interval.high < 0.82);
});

Deno.test("pairedRatio() and unpairedRatio() say why there is no ratio", () => {
  assert.deepEqual(pairedRatio([]), { absent: "there is no round with both figures" });
  assert.deepEqual(unpairedRatio([1, 2], [1, 2, 3, 4, 5]), {
    absent: "2 rounds cannot show a difference: it takes 5 or more",
  });
  assert.deepEqual(pairedRatio([...pairs(1), { value: 0, baseline: 1 }]), {
    absent: "a figure of zero or below has no ratio",
  });
  assert.deepEqual(pairedRatio(base.map((baseline) => ({ value: 3 * baseline, baseline }))), {
    absent: "each round has exactly the same ratio, so nothing is known about its spread",
  });
});

// scipy.stats.ttest_ind of the logarithms, equal variances.
Deno.test("unpairedRatio() is the t test of two samples, and never more than probable", () => {
  const found = judged(unpairedRatio(BURST.values, BURST.baselines));
  assertClose(found.ratio, 1.5122281233);
  assertClose(found.p, 0.00015135426327660232, 1e-6);
  assert.deepEqual([found.certainty, found.difference, found.isApart], ["probable", "none", true]);
});

Deno.test("changeOf() is what remains of a change when that of another server is taken out", () => {
  const before = pairedRatio(pairs(1.2));
  const after = pairedRatio(pairs(1.5));
  const change = changeOf(before, after);
  assert.ok(!("absent" in change));
  assertClose(change.ratio, 1.25);
  assert.equal(change.df, 12);
  assert.equal(judged(change).certainty, "clear");
  assert.deepEqual(changeOf({ absent: "it failed" }, after), { absent: "it failed" });
  assert.deepEqual(changeOf(before, { absent: "it failed" }), { absent: "it failed" });
});

Deno.test("judge() tells the four cases apart", () => {
  const noisy = (factor: number): Pair[] =>
    base.map((baseline, round) => ({
      value: factor * baseline * (round % 2 ? 1.4 : 0.7),
      baseline,
    }));
  assert.equal(judged(pairedRatio(pairs(1.3))).difference, "higher");
  assert.equal(judged(pairedRatio(pairs(0.7))).difference, "lower");
  assert.equal(judged(pairedRatio(pairs(1))).certainty, "same");
  assert.equal(judged(pairedRatio(noisy(1))).certainty, "not told apart");
  const slight = pairedRatio(pairs(1.06));
  assert.equal(judged(slight).certainty, "clear");
  const among = judge([slight, ...Array.from({ length: 6 }, () => pairedRatio(noisy(1)))]);
  assert.equal((among[0] as Judgement).comparisons, 7);
});

Deno.test("judge() never claims a difference below the noise threshold", () => {
  const steady = base.map((baseline) => ({ value: 101.9, baseline: 100 + baseline * 1e-6 }));
  const found = judged(pairedRatio(steady));
  assert.ok(found.adjustedP < 0.001 && found.interval.low > 1);
  assert.deepEqual([found.certainty, found.difference], ["same", "none"]);
});

Deno.test("judge() passes on what has no ratio, in its place", () => {
  const many = judge([{ absent: "it failed" }, pairedRatio(pairs(1.3)), { absent: "gone" }]);
  assert.deepEqual([many[0], many[2]], [{ absent: "it failed" }, { absent: "gone" }]);
  assert.equal((many[1] as Judgement).comparisons, 1);
  assert.deepEqual(judge([]), []);
});

Deno.test("smallestShown() is of rates, not of tails", () => {
  const noisy = pairedRatio(
    base.map((baseline, round) => ({ value: baseline * (1 + round), baseline })),
    "tail",
  );
  const steady = pairedRatio(pairs(1));
  const [alone, beside] = [smallestShown([steady]), smallestShown([steady, noisy, noisy])];
  assert.equal(alone, beside);
  assert.ok(alone! > 0.02 && alone! < 0.2, `${alone}`);
  assert.equal(smallestShown([noisy, { absent: "it failed" }]), undefined);
});

// scipy: exp(mean ± t.ppf(.975, 6) · sem) of the logarithms.
Deno.test("meanInterval() is the interval of the geometric mean", () => {
  const { low, high } = meanInterval(BURST.values)!;
  assertClose(low, 155.61037430476625, 1e-8);
  assertClose(high, 186.69921956814022, 1e-8);
  assert.equal(meanInterval([1, 2, 3, 4]), undefined);
});
