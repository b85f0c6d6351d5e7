import assert from "node:assert/strict";
import { createFigures } from "./figures.ts";
import { newsFor, type Page, pageOf, type Seen } from "./news.ts";
import { after, type LiveEvent, type LiveState } from "./state.ts";
import {
  completed,
  ended,
  EVIL,
  failed,
  follow,
  planned,
  plannedOf,
  pulse,
  started,
  trialOf,
} from "./testing.ts";

const first = plannedOf("native", "throughput", 1);
const figures = createFigures();

const seenOf = ({ version, pointsSoFar }: LiveState): Seen => ({ version, points: pointsSoFar });
const pageAfter = (...events: readonly LiveEvent[]): Page =>
  pageOf(follow(...events), createFigures());

Deno.test("pageOf() shows the plan before anything has run", () => {
  const page = pageAfter();
  assert.equal(
    page.plan,
    `Deno.serve and ${EVIL}: 2 cases of 2 scenarios in 3 rounds, 12 trials`,
  );
  assert.deepEqual([page.total, page.ended, page.failed, page.leftMs], [12, 0, 0, null]);
  assert.deepEqual([page.running, page.tables, page.answer], [null, [], null]);
  assert.equal(pageAfter(planned).tables.length, 2);
});

Deno.test("pageOf() names the running trial, what it counts, and how long it takes", () => {
  assert.deepEqual(pageAfter(planned, started(first)).running, {
    title: "Deno.serve · Throughput · 2 connections, 1 in flight, 64 B · round 1/3",
    rateUnit: "messages/s",
    latencyTitle: "Latency",
    spanMs: 650,
  });
  const connecting = pageAfter(planned, started(plannedOf("evil", "connect", 2))).running;
  assert.equal(connecting?.rateUnit, "connections/s");
  assert.equal(connecting?.latencyTitle, "Handshake time");
});

Deno.test("pageOf() names a trial that tells why, whose window is longer", () => {
  const explaining = { kind: "explaining", trial: first, number: 1, of: 2 } as const;
  const { running } = pageAfter(planned, explaining);
  assert.equal(
    running?.title,
    "Deno.serve · Throughput · 2 connections, 1 in flight, 64 B · explaining 1 of 2",
  );
  assert.ok(running.spanMs > 2000);
});

Deno.test("pageOf() says how much is left", () => {
  const [one, two] = [1, 2].map((round) => plannedOf("native", "throughput", round));
  const page = pageAfter(planned, completed(one!, 1000), completed(two!, 3000));
  assert.deepEqual([page.ended, page.leftMs], [2, 15_000]);
});

Deno.test("pageOf() tells wrong replies first, then failed trials, at once", () => {
  const [one, two] = [1, 2].map((round) => plannedOf("native", "throughput", round));
  const evil = plannedOf("evil", "throughput", 1);
  const page = pageAfter(
    planned,
    failed(evil, `it ended: ${EVIL}\nand more.`),
    completed(one!, 9, 3),
    completed(two!, 9),
  );
  assert.deepEqual(page.alarms, [
    "Deno.serve lost 3 of 24 replies (1 of 2 trials of Deno.serve in Throughput).",
    `Failed: it ended: ${EVIL} and more (1 of 1 trial of ${EVIL} in Throughput).`,
  ]);
  assert.equal(page.failed, 1);
});

Deno.test("pageOf() tells of so many kinds of failure, and counts the others", () => {
  const failures = Array.from({ length: 10 }, (_, index) => failed(first, `reason ${index}`));
  const { alarms } = pageAfter(planned, ...failures);
  assert.equal(alarms.length, 9);
  assert.equal(alarms.at(-1), "Trials failed for 2 other reasons.");
});

Deno.test("pageOf() lists a warning once, with the number of its trials", () => {
  const [one, two] = ["native", "evil"].map((server) => plannedOf(server, "throughput", 1));
  const { warnings } = pageAfter(planned, completed(one!, 5), completed(two!, 5, 1));
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /\(2 of 2 trials of every server in Throughput\)\.$/);
});

Deno.test("pageOf() has the answer and the light when the run has ended", () => {
  const trials = [trialOf(first, 5)];
  const page = pageAfter(planned, started(first), ended("interrupted", [], trials));
  assert.deepEqual([page.status, page.ended, page.total], ["interrupted", 1, 12]);
  assert.ok(page.answer!.sentences.length > 0);
  assert.match(page.answer!.light.colour, /^(green|amber|red)$/);
  assert.equal(page.isOver, false);
  const over = pageAfter(ended("finished"), { kind: "reported", hasReport: true });
  assert.deepEqual([over.status, over.isOver, over.hasReport], ["finished", true, true]);
});

Deno.test("newsFor() gives a late page everything, and then what is new", () => {
  const begun = follow(planned, started(first), pulse(1), pulse(2));
  const all = newsFor(begun, undefined, figures);
  assert.equal(all?.page?.running?.rateUnit, "messages/s");
  assert.deepEqual(all?.points.map(({ rate }) => rate), [5, 10]);

  const seen = seenOf(begun);
  assert.equal(newsFor(begun, seen, figures), undefined);
  const later = after(begun, pulse(3), 0);
  assert.deepEqual(newsFor(later, seen, figures), { points: later.points.slice(-1) });
  const next = after(later, completed(first, 7), 0);
  assert.equal(newsFor(next, seen, figures)?.page?.ended, 1);
});

Deno.test("newsFor() gives a page that was stuck no more than the present state", () => {
  const begun = follow(planned, started(first));
  const many = Array.from({ length: 5000 }, () => pulse(1));
  const stuck = many.reduce((state, event) => after(state, event, 0), begun);
  assert.equal(newsFor(stuck, seenOf(begun), figures)?.points.length, 300);
});
