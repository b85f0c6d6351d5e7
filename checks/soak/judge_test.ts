import assert from "node:assert/strict";
import { seededRandom } from "../../measure/record/random.ts";
import { formatJudgements, judge, type Judgement, type Sample, type SoakRecord } from "./judge.ts";

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;

/** A figure a minute, by a function of the minute. */
function series(count: number, value: (minute: number) => number): Sample[] {
  return Array.from({ length: count }, (_, minute) => ({
    atMs: minute * MINUTE_MS,
    value: value(minute),
  }));
}

const STEADY: SoakRecord = {
  trials: 84,
  failures: [],
  integrity: { sent: 5e6, answered: 5e6, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
  heap: series(20, () => 12 * MIB),
  resident: series(20, () => 90 * MIB),
  files: series(20, () => 14),
  generators: new Map([["native for 60 s", series(60, () => 80 * MIB)]]),
  rates: new Map([["native", Array.from({ length: 20 }, () => ({ rate: 1e5, taken: 0.01 }))]]),
};

function outcomes(record: SoakRecord): Judgement["outcome"][] {
  return judge(record).map(({ outcome }) => outcome);
}

/** What fails. */
function failing(more: Partial<SoakRecord>): string[] {
  return judge({ ...STEADY, ...more }).filter(({ outcome }) => outcome === "fails")
    .map(({ what }) => what);
}

Deno.test("judge() passes a soak in which nothing changes", () => {
  assert.deepEqual([...new Set(outcomes(STEADY))], ["holds"]);
});

Deno.test("judge() fails for a trial that failed, and says why", () => {
  const [trials] = judge({ ...STEADY, failures: ["ws, rate: signal SIGKILL"] });
  assert.deepEqual(trials, {
    what: "trials",
    found: "84 ran, 1 failed: ws, rate: signal SIGKILL",
    outcome: "fails",
  });
});

for (const fault of ["lost", "duplicated", "reordered", "corrupted"] as const) {
  Deno.test(`judge() fails for one reply that is ${fault}`, () => {
    assert.deepEqual(failing({ integrity: { ...STEADY.integrity, [fault]: 1 } }), ["replies"]);
  });
}

Deno.test("judge() fails for a heap that keeps 100 KiB a minute, and names the speed", () => {
  const random = seededRandom(1);
  const heap = series(20, (minute) => 12 * MIB + minute * 105 * 1024 + random() * 50_000);
  assert.deepEqual(failing({ heap }), ["runner, heap after each pass"]);
  const { found } = judge({ ...STEADY, heap }).find(({ what }) => what.includes("heap"))!;
  assert.match(found, /^12\.0 to 1[34]\.\d MiB; \+6\.\d MiB an hour \(at most 6\.0\), p = 0\.000/);
});

Deno.test("judge() fails for a file that stays open in each pass", () => {
  assert.deepEqual(failing({ files: series(20, (minute) => 14 + minute) }), [
    "runner, open files after each pass",
  ]);
});

Deno.test("judge() is not misled by noise, by an outlier, or by what settles at the beginning", () => {
  for (let seed = 0; seed < 50; seed++) {
    const random = seededRandom(seed);
    const resident = series(20, () => 90 * MIB + random() * 8 * MIB);
    assert.deepEqual(failing({ resident }), [], `seed ${seed}`);
  }
  const outlier = series(20, (minute) => (minute === 19 ? 300 : 90) * MIB);
  const settled = series(20, (minute) => Math.min(100, 60 + 30 * minute) * MIB);
  for (const resident of [outlier, settled]) assert.deepEqual(failing({ resident }), []);
});

Deno.test("judge() fails for a generator that grows by a tenth in a minute", () => {
  const generators = new Map([
    ["native for 60 s", series(60, () => 80 * MIB)],
    [
      "ws for 60 s",
      Array.from({ length: 60 }, (_, second) => ({
        atMs: second * 1000,
        value: (80 + second * 8 / 60) * MIB,
      })),
    ],
  ]);
  assert.deepEqual(failing({ generators }), ["generator, ws for 60 s"]);
});

Deno.test("judge() reports a drift, what others took meanwhile, and that its cause is unknown", () => {
  const rates = Array.from({ length: 20 }, (_, pass) => ({
    rate: (pass < 10 ? 1e5 : 7e4) + pass,
    taken: pass < 10 ? 0.01 : 0.2,
  }));
  const record = { ...STEADY, rates: new Map([["native", rates]]) };
  const drift = judge(record).at(-1)!;
  assert.equal(drift.outcome, "fails");
  assert.match(drift.found, /second half -30\.0 %, p = /);
  assert.match(
    drift.found,
    /cannot be distinguished here; others took 1 % of the time, then 20 %$/,
  );
});

Deno.test("judge() takes no small or chance difference for a drift", () => {
  const random = seededRandom(3);
  const of = (rate: (pass: number) => number): SoakRecord["rates"] =>
    new Map([[
      "native",
      Array.from({ length: 20 }, (_, pass) => ({
        rate: rate(pass),
        taken: NaN,
      })),
    ]]);
  assert.deepEqual(failing({ rates: of((pass) => pass < 10 ? 1e5 : 0.9e5) }), []);
  assert.deepEqual(failing({ rates: of(() => 1e5 * (1 + random())) }), []);
});

Deno.test("judge() leaves open what too few passes cannot show", () => {
  const few: SoakRecord = {
    ...STEADY,
    heap: series(5, (minute) => minute * 100 * MIB),
    resident: [],
    files: [],
    generators: new Map(),
    rates: new Map([["native", []]]),
  };
  assert.deepEqual(outcomes(few), ["holds", "holds", "open", "open", "open"]);
  const nothing = { ...few, trials: 0, integrity: { ...few.integrity, sent: 0 } };
  assert.deepEqual([...new Set(outcomes(nothing))], ["open"]);
});

Deno.test("formatJudgements() gives a line each and counts them", () => {
  const lines = formatJudgements([
    { what: "a", found: "right", outcome: "holds" },
    { what: "long", found: "wrong", outcome: "fails" },
    { what: "b", found: "few", outcome: "open" },
  ]);
  assert.deepEqual(lines, [
    "✓ a     right",
    "✗ long  wrong",
    "? b     few",
    "1 hold, 1 fail, 1 undecided",
  ]);
});
