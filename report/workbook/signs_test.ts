import assert from "node:assert/strict";
import { firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import type { Section } from "../tables/table.ts";
import { sections } from "../tables/tables.ts";
import { RESULT } from "../testing/testdata.ts";
import { claimOf, signOf, withSigns } from "./signs.ts";

function signedSection(id: string, result = ROUNDS): Section {
  return withSigns(result, sections(result).find((section) => section.id === id)!);
}

Deno.test("withSigns() tells in the table of verdicts what is better and worse, in a word too", () => {
  const [table] = signedSection("verdicts").tables;
  const at = table!.columns.findIndex(({ title }) => title === "Verdict");
  const cells = table!.rows.map((row) => row[at]!);
  assert.deepEqual(cells.map(signOf), [
    "worse",
    "worse",
    undefined,
    "worse",
    "better",
    undefined,
    "worse",
    "worse",
  ]);
  assert.match(String(cells[0]!.value), /^▼ worse: ws is 19 % slower than Deno\.serve /);
  assert.match(String(cells[2]!.value), /^ws: no difference/);
  assert.match(String(cells[4]!.value), /^▲ better: ws has 29 % lower handshake p50 /);
});

Deno.test("withSigns() marks the figures of the summary and says against whom", () => {
  const [table] = signedSection("summary").tables;
  const signs = table!.rows.map((row) => row.slice(5, 8).map(signOf));
  assert.deepEqual(signs[0], [undefined, "worse", "worse"]);
  assert.deepEqual(signs[2], [undefined, "better", undefined]);
  assert.equal(table!.rows[0]!.filter((cell) => signOf(cell) !== undefined).length, 2);
  assert.match(table!.note!, /▲ ▼: better or worse than Deno\.serve, as the sheet Verdicts says/);
});

Deno.test("withSigns() leaves a summary without verdicts and every other section as they are", () => {
  for (const result of [RESULT, firstServers(1)]) {
    const plain = sections(result).find(({ id }) => id === "summary")!;
    assert.deepEqual(withSigns(result, plain), plain);
  }
  const trials = sections(ROUNDS).find(({ id }) => id === "trials")!;
  assert.equal(withSigns(ROUNDS, trials), trials);
  const odd = { ...trials, id: "toString" };
  assert.equal(withSigns(ROUNDS, odd), odd);
});

Deno.test("claimOf() claims nothing of what has no verdict", () => {
  assert.equal(claimOf(undefined), undefined);
});
