import assert from "node:assert/strict";
import { createFigures, type LiveCell, type LiveTable } from "./figures.ts";
import { summarize } from "../../report/summary/lines.ts";
import type { Result, Trial } from "../../measure/model/result.ts";
import { failedTrial } from "../../measure/model/testdata.ts";
import { PLAN, plannedOf, planOfMany, resultOf, trialOf } from "./testing.ts";

const NOISE = [1, 1.03, 0.98, 1.01, 0.99];
const SERVERS = ["native", "evil"];

/** The trials of both servers in rounds of throughput, with a little noise. */
function rounds(count: number, ...values: readonly number[]): Trial[] {
  return Array.from({ length: count }, (_, index) =>
    SERVERS.map((server, which) => {
      const planned = { ...plannedOf(server, "throughput", 1), round: index + 1 };
      return trialOf(planned, values[which]! * NOISE[(index + which * 2) % NOISE.length]!);
    })).flat();
}

const plan = { ...PLAN, settings: { ...PLAN.settings, rounds: 6 } };
const result = (trials: readonly Trial[], state?: Result["state"]): Result =>
  resultOf(plan, trials, state);

/** The cells of a case of throughput. */
function cellsOf(tables: readonly LiveTable[]): readonly LiveCell[] {
  return tables[0]!.rows[0]!.cells;
}

Deno.test("createFigures() shows cases by servers before anything has run", () => {
  const [throughput, connect] = createFigures()(result([]), undefined);
  assert.equal(throughput!.metric, "Rate (messages/s), higher is better");
  assert.equal(connect!.metric, "Handshake p50 (ms), lower is better");
  assert.deepEqual([throughput!.key, ...throughput!.columns], [
    "Case",
    "Deno.serve",
    "<img src=x onerror=alert(1)>",
  ]);
  const empty = {
    value: "–",
    interval: "",
    rounds: "0 of 6",
    points: [],
    leads: false,
    isWrong: false,
    isRunning: false,
  };
  assert.deepEqual(throughput!.rows[0]!.cells, [empty, empty]);
});

Deno.test("createFigures() shows the figures of the summary, with a point for each round", () => {
  const figures = createFigures();
  const now = result(rounds(2, 1000, 500));
  const [native, other] = cellsOf(figures(now, plannedOf("native", "throughput", 3)));
  const [entry] = summarize(now)[0]!.primary.entries;
  assert.equal(Number(native!.value.replace(",", "")), Math.round(entry!.cell.value as number));
  assert.equal(native!.rounds, "2 of 6");
  assert.equal(native!.interval, "");
  // On the scale of the case: the highest is 1.
  assert.deepEqual(native!.points.map(([x]) => x), [0.5 / 6, 1.5 / 6]);
  assert.deepEqual(native!.points.map(([, y]) => y), [1 / 1.03, 1]);
  assert.ok(other!.points.every(([, y]) => y < 0.5));
  assert.deepEqual([native!.isRunning, other!.isRunning], [true, false]);
});

Deno.test("createFigures() shows intervals and a clear leader from the fifth complete round on", () => {
  const figures = createFigures();
  const leads = (trials: readonly Trial[], state?: Result["state"]): boolean[] =>
    cellsOf(figures(result(trials, state), undefined)).map(({ leads }) => leads);
  assert.deepEqual(leads(rounds(4, 1000, 500)), [false, false]);
  // The fifth round may still go on.
  const five = rounds(5, 1000, 500);
  assert.deepEqual(leads(five), [false, false]);
  assert.match(cellsOf(figures(result(five), undefined))[0]!.interval, /^9\d\d…1,0\d\d$/);
  assert.deepEqual(leads(five, "finished"), [true, false]);
  assert.deepEqual(leads(rounds(6, 1000, 500)), [true, false]);
  assert.deepEqual(leads(rounds(6, 1000, 1001), "finished"), [false, false]);
});

Deno.test("createFigures() marks failed and wrong trials, of which the wrong ones never lead", () => {
  const figures = createFigures();
  const failed: Trial = {
    ...failedTrial("it ended"),
    ...{ server: "evil", scenario: "throughput", case: plannedOf("evil", "throughput", 1).case.id },
  };
  const [, evil] = cellsOf(figures(result([...rounds(2, 1000, 500), failed]), undefined));
  assert.deepEqual([evil!.rounds, evil!.isWrong], ["2 of 6, 1 failed", true]);

  const lost = trialOf({ ...plannedOf("native", "throughput", 1), round: 6 }, 9000, 3);
  const [native] = cellsOf(figures(result([...rounds(5, 1000, 500), lost], "finished"), undefined));
  assert.deepEqual([native!.isWrong, native!.leads], [true, false]);
});

Deno.test("createFigures() leaves trials before the rounds out", () => {
  const ceiling = { ...plannedOf("native", "throughput", 1), round: 0 };
  const [native] = cellsOf(createFigures()(result([trialOf(ceiling, 5)]), ceiling));
  assert.deepEqual([native!.value, native!.points, native!.isRunning], ["–", [], false]);
});

Deno.test("createFigures() makes servers the rows if they are many", () => {
  const many = planOfMany(7, 3);
  const trial = trialOf(plannedOf("s6", "throughput", 1, many), 7);
  const [throughput] = createFigures()(resultOf(many, [trial]), undefined);
  assert.equal(throughput!.key, "Server");
  assert.equal(throughput!.columns.length, 1);
  assert.deepEqual(
    throughput!.rows.map(({ title, cells }) => [title, cells.map(({ value }) => value).join()]).at(
      -1,
    ),
    ["Server s6", "7.00"],
  );
});

Deno.test("createFigures() follows a case that is described anew", () => {
  const figures = createFigures();
  const trials = rounds(1, 1000, 500);
  figures(result(trials), undefined);
  const before = result(trials);
  const scenarios = before.scenarios.map((one) => ({
    ...one,
    cases: one.cases.map((two) => ({ ...two, title: `${two.title}, 20 messages/s` })),
  }));
  const [throughput] = figures({ ...before, scenarios }, undefined);
  assert.match(throughput!.rows[0]!.title, /, 20\u00A0messages\/s$/);
  assert.equal(throughput!.rows[0]!.cells[0]!.value, "1,000");
});
