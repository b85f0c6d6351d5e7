import assert from "node:assert/strict";
import { footnotesOf, formatCell, heading, measured, words } from "./table.ts";

Deno.test("heading() puts the unit after the title", () => {
  assert.equal(heading({ title: "Rate", unit: "messages/s", kind: "number" }), "Rate (messages/s)");
  assert.equal(heading({ title: "Count", unit: "", kind: "integer" }), "Count");
});

Deno.test("words() makes an empty cell from an empty text", () => {
  assert.deepEqual(words("\n"), { value: null });
  assert.deepEqual(words(undefined), { value: null });
});

Deno.test("measured() scales a number and keeps the reason of an absent one", () => {
  assert.deepEqual(measured(2, 100), { value: 200 });
  assert.deepEqual(measured({ absent: "no\npid" }), { value: null, note: "no pid" });
  assert.deepEqual(measured(undefined), { value: null });
});

Deno.test("measured() never lets NaN or Infinity into a table", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.deepEqual(measured(value), { value: null, note: "it is not a finite number" });
  }
});

Deno.test("formatCell() prefers the format of the cell to that of its column", () => {
  const column = { title: "Value", kind: "text", decimals: 1 } as const;
  assert.equal(formatCell({ value: 1234.56, kind: "number" }, column), "1,234.6");
  assert.equal(formatCell({ value: 1234.56, decimals: 0 }, column), "1,235");
  assert.equal(formatCell({ value: 1_234_567, kind: "identifier" }, column), "1234567");
  assert.equal(formatCell({ value: null, note: "because" }, column), "");
});

Deno.test("formatCell() never shows a probability as 0", () => {
  const column = { title: "p", kind: "probability" } as const;
  assert.equal(formatCell({ value: 1e-9 }, column), "<0.001");
  assert.equal(formatCell({ value: 0.0384 }, column), "0.038");
});

Deno.test("footnotesOf() numbers notes in reading order, equal ones alike", () => {
  const cell = (note: string): { value: null; note: string } => ({ value: null, note });
  const { numberOf, notes } = footnotesOf([[cell("a"), { value: 1 }], [cell("b"), cell("a")]]);
  assert.deepEqual(notes, ["a", "b"]);
  assert.equal(numberOf(cell("b")), 2);
  assert.equal(numberOf({ value: 1 }), undefined);
});
