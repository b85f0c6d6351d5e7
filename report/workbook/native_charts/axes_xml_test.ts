import assert from "node:assert/strict";
import { valueAxis, X, Y } from "./axes_xml.ts";

function scaleIn(values: readonly number[], base?: 2 | 10): Record<string, string | undefined> {
  const xml = valueAxis({
    id: Y,
    across: X,
    axis: { title: "Rate <1/s>", base },
    position: "l",
    values,
  });
  assert.match(xml, /Rate &lt;1\/s&gt;/);
  const found = (name: string): string | undefined =>
    new RegExp(`<c:${name} val="([^"]*)"/>`).exec(xml)?.[1];
  return Object.fromEntries(
    ["logBase", "max", "min", "majorUnit"].map((name) => [name, found(name)]),
  );
}

Deno.test("valueAxis() begins at 0 and has room for all values, in steps of 1, 2 or 5", () => {
  const linear = (max: string, majorUnit: string) => (
    { logBase: undefined, max, min: "0", majorUnit }
  );
  assert.deepEqual(scaleIn([3, 7.5]), linear("8", "1"));
  assert.deepEqual(scaleIn([127_300]), linear("140000", "20000"));
  assert.deepEqual(scaleIn([0.00033]), linear("0.00035", "0.00005"));
});

Deno.test("valueAxis() goes from power to power if it is logarithmic", () => {
  const { majorUnit: _, ...scale } = scaleIn([0.3, 40], 10);
  assert.deepEqual(scale, { logBase: "10", max: "100", min: "0.1" });
  assert.equal(scaleIn([1, 1024], 2).max, "2048");
});
