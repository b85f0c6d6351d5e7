import assert from "node:assert/strict";
import { sections } from "./tables.ts";
import { STUDIED } from "../testing/study_testdata.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("sections() go from the summary to the settings", () => {
  assert.deepEqual(sections(RESULT).map(({ id }) => id), [
    "summary",
    "verdicts",
    "echo",
    "connect",
    "tails",
    "trials",
    "timeline",
    "warnings",
    "hardware",
    "settings",
  ]);
});

Deno.test("sections() have the study after the summary, and the servers left out among the settings", () => {
  const all = sections(STUDIED);
  assert.deepEqual(all.slice(0, 3).map(({ id }) => id), ["summary", "study", "verdicts"]);
  assert.deepEqual(all.at(-1)!.tables.map(({ id }) => id), [
    "run",
    "servers",
    "left-out",
    "clients",
  ]);
});

Deno.test("sections() say why a table has no rows", () => {
  const empty = {
    ...RESULT,
    servers: [],
    clients: [],
    scenarios: [],
    machine: [],
    trials: [],
    warnings: [],
  };
  for (const { tables } of sections(empty)) {
    for (const { id, rows, empty } of tables) {
      assert.ok(rows.length > 0 || empty !== "", `${id} is empty and does not say why`);
    }
  }
});

Deno.test("sections() hold only finite numbers", () => {
  for (const { tables } of sections(RESULT)) {
    for (const { value } of tables.flatMap(({ rows }) => rows.flat())) {
      assert.ok(typeof value !== "number" || Number.isFinite(value));
    }
  }
});
