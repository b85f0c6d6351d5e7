import assert from "node:assert/strict";
import { heading, measured, words } from "./table.ts";

Deno.test("heading() puts the unit behind the title", () => {
  assert.equal(heading({ title: "Rate", unit: "messages/s", kind: "number" }), "Rate (messages/s)");
  assert.equal(heading({ title: "Count", unit: "", kind: "integer" }), "Count");
});

Deno.test("words() makes an empty cell of an empty text", () => {
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
