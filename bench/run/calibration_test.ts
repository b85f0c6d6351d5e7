import assert from "node:assert/strict";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import type { Trial } from "../../measure/model/result.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { closedLoopsOf, withKnownRate, withRate } from "./calibration.ts";

const cases = [10, 50].map((load) =>
  describeCase({ connections: 64, size: 64, arrivals: "constant", load })
);
const [closed] = closedLoopsOf(cases);

function calibrated(server: string, replies: number): Trial {
  const trial = completedTrial({});
  return {
    ...trial,
    server,
    round: 0,
    scenario: "rate",
    case: closed!.id,
    counts: { ...trial.counts, replies },
    phases: { ...trial.phases, windowMs: 500 },
  };
}

Deno.test("closedLoopsOf() gives one closed loop for all loads of the same connections", () => {
  assert.deepEqual(closedLoopsOf(cases).map(({ id }) => id), ["connections=64,inFlight=1,size=64"]);
  assert.deepEqual(closedLoopsOf([describeCase({ connections: 1, rate: 5 })]), []);
  assert.deepEqual(closedLoopsOf([describeCase({ connections: 1, rate: 5, load: 10 })]), []);
});

Deno.test("withRate() takes the share of the slowest server, with two digits", () => {
  const trials = [calibrated("native", 61_234), calibrated("ws", 20_617)];
  assert.deepEqual(cases.map((one) => withRate(one, "rate", trials).parameters.rate), [
    4100,
    21000,
  ]);
  assert.equal(
    withRate(cases[0]!, "rate", trials).title,
    "64 connections, 64 B, 4,100 messages/s (10 % load)",
  );
});

Deno.test("withRate() never goes below one message a second", () => {
  assert.equal(withRate(cases[0]!, "rate", [calibrated("slow", 1)]).parameters.rate, 1);
});

Deno.test("withKnownRate() takes the rate that was found before, and no other case's", () => {
  const found = cases.map((one) => withRate(one, "rate", [calibrated("native", 61_234)]));
  const known = { id: "rate", title: "", question: "", metrics: [], cases: [found[1]!] };
  assert.deepEqual(cases.map((one) => withKnownRate(one, known)), [cases[0], found[1]]);
  assert.equal(withKnownRate(cases[1]!, undefined), cases[1]);
  assert.equal(withKnownRate(found[0]!, known), found[0]);
});

Deno.test("withRate() leaves alone what has a rate, and what none was found for", () => {
  const known = describeCase({ connections: 1, rate: 5 });
  assert.equal(withRate(known, "rate", [calibrated("native", 100)]), known);
  const failed = { ...failedTrial("gone"), round: 0, scenario: "rate", case: closed!.id };
  const ofRounds = { ...calibrated("native", 100), round: 1 };
  const others = { ...calibrated("native", 100), scenario: "other" };
  assert.equal(withRate(cases[0]!, "rate", [failed, ofRounds, others]), cases[0]);
});
