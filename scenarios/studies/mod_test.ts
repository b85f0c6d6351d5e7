import assert from "node:assert/strict";
import { FEWEST } from "../../measure/judge/judge.ts";
import { chooseScenarios } from "../../bench/plan/cases.ts";
import { planRun } from "../../bench/plan/options.ts";
import type { ChosenScenario } from "../../bench/plan/plan_types.ts";
import { DEFAULT_PROFILE, type Profile, profiles } from "../../bench/plan/profiles.ts";
import { servers } from "../../servers/mod.ts";
import { studies, type StudyEntry } from "./mod.ts";

/** About what a trial takes in addition to its warm-up and its window: to start the server and the generator. */
const AROUND_MS = 700;
const FIVE_MINUTES_MS = 300_000;

/** The servers that a study names one by one. */
function named({ run }: StudyEntry): string[] {
  return (run.servers ?? []).flatMap((one) =>
    typeof one === "string" && one !== "all" ? [one] : []
  );
}

const profileOf = ({ run }: StudyEntry): Profile =>
  profiles.find(({ id }) => id === (run.profile ?? DEFAULT_PROFILE))!;

const roundsOf = (study: StudyEntry): number => study.run.rounds ?? profileOf(study).rounds;

const chosenOf = ({ run }: StudyEntry): ChosenScenario[] =>
  chooseScenarios(run.scenarios, run.overrides ?? {});

Deno.test("every study has an id and a title that no other has, and sentences", () => {
  assert.equal(new Set(studies.map(({ id }) => id)).size, studies.length);
  for (const { id, title, about, claims } of studies) {
    assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    assert.doesNotMatch(title, /[.\n]$/);
    assert.ok(about.length > 0);
    for (const sentence of [...about, ...claims.map(({ text }) => text)]) {
      assert.match(sentence, /^\S.*\.$/, id);
    }
  }
});

Deno.test("every study names servers that wsmark has", () => {
  const known = servers.map(({ id }) => id);
  const unknown = new Set(studies.flatMap(named).filter((id) => !known.includes(id)));
  assert.deepEqual([...unknown], []);
});

Deno.test("planRun() accepts the run of every study", () => {
  for (const { id, run } of studies) {
    const { trials, leftOut } = planRun({ ...run, seed: 1 }, () => undefined);
    assert.ok(trials.length > 0, id);
    assert.deepEqual(leftOut.filter(({ cases }) => cases === undefined), [], id);
  }
});

Deno.test("every claim is about what its run has", () => {
  for (const study of studies) {
    const { id, claims } = study;
    const chosen = chosenOf(study);
    for (const claim of claims) {
      const place = chosen.find(({ scenario }) => scenario.id === claim.scenario);
      assert.ok(place !== undefined, `${id}: ${claim.scenario}`);
      if (claim.kind === "intact") continue;
      assert.ok(place.cases.some((one) => one.id === claim.case), `${id}: ${claim.case}`);
      assert.ok(
        place.scenario.metrics.some((metric) => metric.id === claim.metric),
        `${id}: ${claim.metric}`,
      );
      for (const server of [claim.server, claim.than]) assert.ok(named(study).includes(server));
    }
  }
});

Deno.test("a published figure is on the side that the claim says", () => {
  for (const { claims } of studies) {
    for (const claim of claims) {
      if (claim.kind === "intact" || claim.published === undefined) continue;
      const ratio = claim.published.server / claim.published.than;
      if (claim.relation === "same") assert.ok(Math.abs(ratio - 1) < 0.01);
      else assert.ok(claim.relation === "lower" ? ratio < 1 : ratio > 1);
    }
  }
});

Deno.test("the rounds of a study can be judged, except in the overview", () => {
  for (const study of studies) {
    if (study.run.profile === "quick") continue;
    assert.ok(roundsOf(study) >= FEWEST, study.id);
  }
});

Deno.test("the rounds of a study with claims about two servers can be judged, whatever its profile is", () => {
  for (
    const study of studies.filter(({ claims }) => claims.some(({ kind }) => kind === "relation"))
  ) {
    assert.ok(roundsOf(study) >= FEWEST, study.id);
  }
});

/** Runs of whole groups of servers: they repeat no publication. */
const FIELDS = ["deno-field", "field", "everything"];

Deno.test("a study takes at most five minutes, except for those of whole groups of servers", () => {
  for (const study of studies.filter(({ id }) => !FIELDS.includes(id))) {
    const { run } = study;
    const cases = chosenOf(study).reduce((sum, one) => sum + one.cases.length, 0);
    // The ceiling is measured three times in each case; the rounds follow.
    const trials = cases * (3 + named(study).length * roundsOf(study));
    const { durationMs, warmupMs } = { ...profileOf(study), ...run };
    const ms = trials * (durationMs + warmupMs + AROUND_MS);
    assert.ok(ms <= FIVE_MINUTES_MS, `${study.id}: ${Math.round(ms / 1000)} s`);
  }
});
