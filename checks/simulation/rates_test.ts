import assert from "node:assert/strict";
import { seededRandom } from "../../measure/record/random.ts";
import { formatRow } from "./main.ts";
import { MACHINES } from "./machine.ts";
import { ratesOf } from "./rates.ts";

const design = { servers: 3, rounds: 7, order: "blocks" } as const;

// The bounds leave room for chance: 20 runs of each size, the same for the seed.
Deno.test("ratesOf() finds that the verdicts keep what docs/method.md promises", () => {
  for (const machine of MACHINES) {
    const { familyError, falseDiscoveries, coverage, power } = ratesOf(
      seededRandom(11),
      design,
      machine,
      20,
    );
    assert.ok(familyError <= 0.15, `${machine.id}: ${familyError}`);
    assert.ok(falseDiscoveries <= 0.12, `${machine.id}: ${falseDiscoveries}`);
    assert.ok(coverage > 0.92 && coverage < 0.98, `${machine.id}: ${coverage}`);
    assert.ok(power[3]! > 0.9, `${machine.id}: ${power}`);
    assert.ok(power[0]! < power[2]!, `${machine.id}: ${power}`);
  }
});

Deno.test("formatRow() is a row of the table", () => {
  assert.equal(
    formatRow("real", 3, 7, "blocks", {
      familyError: 0.039,
      falseDiscoveries: 0.0211,
      coverage: 0.948,
      power: [0.01, 0.08, 0.86, 0.99],
    }),
    "| real | 3 | 7 | blocks | 3.9 | 2.1 | 94.8 | 1 / 8 / 86 / 99 |",
  );
});
