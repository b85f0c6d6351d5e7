import assert from "node:assert/strict";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { summaryOf } from "../summary/summary.ts";
import { machineLine, withDetail } from "./phrases.ts";

Deno.test("withDetail() is the figure with its verdict, and null for an empty cell", () => {
  const [{ primary: { entries: [, ws] } }] = summaryOf(ROUNDS).lines as [
    ReturnType<typeof summaryOf>["lines"][0],
  ];
  assert.equal(withDetail(ws!), "122,000 −20 % (−23…−17)");
  assert.equal(withDetail(ws!, false), "122,000 −20 %");
  assert.equal(withDetail({ ...ws!, cell: { value: null } }), null);
});

Deno.test("machineLine() names the machine, the command and when the run began", () => {
  assert.match(machineLine(ROUNDS), /wsmark .*, started [\d-]+ [\d:]+ UTC\.$/);
});
