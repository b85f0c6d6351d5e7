import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { summaryOf } from "../summary/summary.ts";
import { heading, type Section, type Table } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import { EXPLAINED } from "../testing/explained_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { SLOW } from "../testing/slow_readers_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { markup } from "./markup.ts";
import { scenarioMarkup, shortTable } from "./scenario.ts";
import { serverPlaces } from "./table.ts";

function sectionOf(result: Result, id: string): Section {
  return sections(result).find(({ tables }) => tables[0]!.id === id)!;
}

/** The section of a run's scenario. */
function shown(
  result: Result,
  id: string,
  figures: Parameters<typeof scenarioMarkup>[3] = [],
): string {
  const summary = summaryOf(result).scenarios.find(({ scenario }) => scenario.id === id)!;
  return scenarioMarkup(result, summary, sectionOf(result, id), figures, serverPlaces(result))
    .markup;
}

function short(result: Result, id: string, change: (table: Table) => Table = (same) => same) {
  const scenario = result.scenarios.find((one) => one.id === id)!;
  const table = change(sectionOf(result, id).tables[0]!);
  return shortTable(table, scenario, result.reference?.title);
}

Deno.test("scenarioMarkup() has the question, what it means, the plots and one table, and folds the rest", () => {
  const text = shown(ROUNDS, "throughput", [{ title: "One", figure: markup`<figure></figure>` }]);
  const open = text.replace(/<details[\s\S]*?<\/details>/g, "");
  const parts = ['class="question"', 'class="meaning"', "<figure>", "<table"];
  const places = parts.map((part) => open.indexOf(part));
  assert.ok(places.every((place) => place >= 0), open);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  assert.equal(open.split("<table").length - 1, 1);
  assert.match(text, /<summary>All figures: \d+ columns<\/summary>/);
  assert.match(text, /<summary>Case by case: 8 verdicts<\/summary>/);
});

Deno.test("scenarioMarkup() folds all plots but two, and names them", () => {
  const plots = ["One", "Two", "Three", "<4>"].map((title) => (
    { title, figure: markup`<figure>${title}</figure>` }
  ));
  assert.match(
    shown(ROUNDS, "throughput", plots),
    /<div class="plots"><figure>One<\/figure><figure>Two<\/figure><\/div><details><summary>2 more plots: Three; &lt;4&gt;<\/summary><div class="plots"><figure>Three/,
  );
});

Deno.test("scenarioMarkup() folds the other tables, and says how many rows they have", () => {
  const [{ id }] = SLOW.scenarios as [Result["scenarios"][number]];
  assert.match(
    shown(SLOW, id),
    /<summary>What each server does with slow readers: \d rows?<\/summary>/,
  );
});

Deno.test("shortTable() makes a sentence of what is the same in every row", () => {
  const { table, same } = short(ROUNDS, "throughput");
  assert.deepEqual(
    table.columns.map(heading),
    ["Case", "Server", "Rate (messages/s)", "Server CPU time per message (µs)"],
  );
  assert.match(
    same,
    /^In every row: Client [^;]+; Rounds completed 7.*; Rounds failed 0; no wrong replies\.$/,
  );
  assert.equal(table.keyColumns, 2);
});

Deno.test("shortTable() keeps columns in which servers differ or something is wrong", () => {
  const { table } = short(RESULT, "echo");
  const titles = table.columns.map(({ title }) => title);
  for (const title of ["Client", "Rounds failed", "Lost", "Reordered"]) {
    assert.ok(titles.includes(title), title);
  }
});

Deno.test("shortTable() names a single case in the sentence instead of in each row", () => {
  const { table, same } = short(ROUNDS, "connect");
  assert.match(same, /^In every row: Case 32 at once[.;]/);
  assert.equal(table.keyColumns, 1);
});

Deno.test("shortTable() keeps CPU time and what single connections got beside the first metrics", () => {
  const ids = ["a", "b", "c", "d", "e", "f", "connection.min", "cpu.message", "cpu.share"];
  const [first] = ROUNDS.scenarios;
  const scenario = {
    ...first!,
    metrics: ids.map((id) => ({
      id,
      title: id,
      unit: "",
      better: /share|min/.test(id) ? "none" : "higher",
    } as const)),
  };
  const result = { ...ROUNDS, scenarios: [scenario] };
  const { table } = short(result, scenario.id);
  const kept = table.columns.map(({ title }) => title).filter((title) => ids.includes(title));
  assert.deepEqual(kept, ["a", "b", "c", "d", "e", "connection.min", "cpu.message"]);
});

Deno.test("scenarioMarkup() has what goes with the verdicts below them, and that it may not be the cause", () => {
  const text = shown(EXPLAINED, "throughput");
  assert.match(
    text,
    /What goes with it<\/p><ul class="meaning"><li>ws against Deno\.serve, 16 connections, 16 in flight, 64 B: 19 × the system calls/,
  );
  assert.match(text, /that it is the cause was not measured/);
  assert.ok(!/goes with it/i.test(shown(ROUNDS, "throughput")));
});
