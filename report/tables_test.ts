import assert from "node:assert/strict";
import { sections } from "./tables.ts";
import { RESULT } from "./testdata.ts";

Deno.test("sections() go from the summary to the settings", () => {
  assert.deepEqual(sections(RESULT).map(({ id }) => id), [
    "summary",
    "verdicts",
    "echo",
    "connect",
    "trials",
    "timeline",
    "warnings",
    "hardware",
    "settings",
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

Deno.test("sections() hold no number that is not finite", () => {
  for (const { tables } of sections(RESULT)) {
    for (const { value } of tables.flatMap(({ rows }) => rows.flat())) {
      assert.ok(typeof value !== "number" || Number.isFinite(value));
    }
  }
});
