import assert from "node:assert/strict";
import { newsFor, type Page, pageOf, type Seen } from "./news.ts";
import { after, beginning, type LiveEvent, type LiveState } from "./state.ts";
import { completed, ended, EVIL, failed, PLAN, plannedOf, pulse, started } from "./testing.ts";

const first = plannedOf("native", "throughput", 1);

function follow(...events: readonly LiveEvent[]): LiveState {
  return events.reduce(
    (state, event, index) => after(state, event, 1000 * (index + 1)),
    beginning(PLAN, "results/x", 0),
  );
}

const seenOf = ({ version, pointsSoFar }: LiveState): Seen => ({ version, points: pointsSoFar });

/** The cells of a scenario as `value; rounds; troubles`. */
function cells({ tables }: Page, scenario: number): string[] {
  return tables[scenario]!.rows.flatMap(({ cells }) =>
    cells.map(({ value, rounds, troubles }) => [value, rounds, ...troubles].join("; "))
  );
}

Deno.test("pageOf() shows the plan before anything has run", () => {
  const page = pageOf(follow());
  assert.equal(
    page.plan,
    `Deno.serve and ${EVIL}: 2 cases of 2 scenarios in 3 rounds, 12 trials`,
  );
  assert.deepEqual([page.total, page.ended, page.failed, page.leftMs], [12, 0, 0, null]);
  assert.equal(page.running, null);
  assert.deepEqual(cells(page, 0), ["–; 0 of 3", "–; 0 of 3"]);
  assert.equal(page.tables[0]!.metric, "Rate (messages/s), higher is better");
});

Deno.test("pageOf() names the running trial, what it counts, and how long it takes", () => {
  assert.deepEqual(pageOf(follow(started(first))).running, {
    title: "Deno.serve · Throughput · 2 connections, 1 in flight, 64 B · round 1/3",
    rateUnit: "messages/s",
    latencyTitle: "Latency",
    spanMs: 650,
  });
  const connecting = pageOf(follow(started(plannedOf("evil", "connect", 2)))).running;
  assert.equal(connecting?.rateUnit, "connections/s");
  assert.equal(connecting?.latencyTitle, "Handshake time");
});

Deno.test("pageOf() shows the geometric mean of the rounds, and which cell runs", () => {
  const [one, two, three] = [1, 2, 3].map((round) => plannedOf("native", "throughput", round));
  const page = pageOf(
    follow(completed(one!, 1000), completed(two!, 3000), started(three!)),
  );
  assert.deepEqual(cells(page, 0), ["1,732; 2 of 3", "–; 0 of 3"]);
  assert.deepEqual(page.tables[0]!.rows[0]!.cells.map(({ isRunning }) => isRunning), [true, false]);
  assert.equal(page.leftMs, 10_000);
});

Deno.test("pageOf() marks failed and wrong trials with their reasons", () => {
  const [one, two] = [1, 2].map((round) => plannedOf("native", "throughput", round));
  const page = pageOf(follow(failed(one!, `it ended: ${EVIL}\nand more`), completed(two!, 9, 3)));
  assert.deepEqual(cells(page, 0), [
    `9.00; 1 of 3; failed in round 1: it ended: ${EVIL} and more; wrong replies: 3 lost`,
    "–; 0 of 3",
  ]);
  assert.equal(page.failed, 1);
});

Deno.test("pageOf() leaves trials before the rounds out of the tables", () => {
  const ceiling = { ...first, round: 0 };
  const page = pageOf(follow(started(ceiling), completed(ceiling, 5), started(ceiling)));
  assert.deepEqual(cells(page, 0), ["–; 0 of 3", "–; 0 of 3"]);
  assert.ok(page.tables[0]!.rows[0]!.cells.every(({ isRunning }) => !isRunning));
});

Deno.test("pageOf() lists a finding once, where it was last, and each failure", () => {
  const [one, two] = ["native", "evil"].map((server) => plannedOf(server, "throughput", 1));
  const page = pageOf(follow(
    completed(one!, 5),
    failed(one!, "it ended"),
    completed(two!, 5),
    ended("finished", [{ kind: "too few rounds", rounds: 3, needed: 7 }]),
  ));
  assert.deepEqual(
    page.warnings.map(({ where, times, isFailure }) => [where, times, isFailure]),
    [
      ["", 1, false],
      [`${EVIL} · Throughput · 2 connections, 1 in flight, 64 B`, 2, false],
      ["Deno.serve · Throughput · 2 connections, 1 in flight, 64 B", 1, true],
    ],
  );
  assert.equal(page.moreWarnings, 0);
  assert.equal(page.status, "finished");
});

Deno.test("newsFor() gives a late page everything, and then what is new", () => {
  const begun = follow(started(first), pulse(1), pulse(2));
  const all = newsFor(begun, undefined);
  assert.equal(all?.page?.running?.rateUnit, "messages/s");
  assert.deepEqual(all?.points.map(({ rate }) => rate), [5, 10]);

  const seen = seenOf(begun);
  assert.equal(newsFor(begun, seen), undefined);
  const later = after(begun, pulse(3), 0);
  assert.deepEqual(newsFor(later, seen), { points: later.points.slice(-1) });
  const next = after(later, completed(first, 7), 0);
  assert.equal(newsFor(next, seen)?.page?.ended, 1);
});

Deno.test("newsFor() gives a page that was stuck no more than the present state", () => {
  const begun = follow(started(first));
  const many = Array.from({ length: 5000 }, () => pulse(1));
  const stuck = many.reduce((state, event) => after(state, event, 0), begun);
  assert.equal(newsFor(stuck, seenOf(begun))?.points.length, 300);
});
