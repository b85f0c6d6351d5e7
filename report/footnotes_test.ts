import assert from "node:assert/strict";
import { footnotesOf } from "./footnotes.ts";

Deno.test("footnotesOf() numbers notes in reading order, equal ones alike", () => {
  const cell = (note: string): { value: null; note: string } => ({ value: null, note });
  const { numberOf, notes } = footnotesOf([[cell("a"), { value: 1 }], [cell("b"), cell("a")]]);
  assert.deepEqual(notes, ["a", "b"]);
  assert.equal(numberOf(cell("b")), 2);
  assert.equal(numberOf({ value: 1 }), undefined);
});
