import assert from "node:assert/strict";
import { Finding, formatReport, fuzz, Random, type Target, targets } from "./network.ts";

Deno.test("fuzz() finds nothing in 5,000 inputs", () => {
  const report = fuzz(5_000, 1);
  assert.equal(report.finding, undefined, formatReport(report, 1));
  assert.deepEqual([...report.outcomes.keys()], targets.map(({ name }) => name));
  for (const [name, counts] of report.outcomes) {
    assert.ok((counts.get("accepted") ?? 0) > 0, `${name} accepts some`);
    assert.ok(counts.size > 5, `${name} fails in many ways`);
  }
});

const faulty: Target = {
  name: "faulty",
  run(random) {
    const input = random.bytes(2);
    if (input[0] === 7) throw new Finding("does not take a seven", input);
    return "accepted";
  },
};

Deno.test("fuzz() stops at a finding, and its seed shows it again as first input", () => {
  const { finding, inputs } = fuzz(100_000, 1, [faulty]);
  assert.ok(finding && inputs > 1);
  assert.equal(finding.seed, inputs);
  const again = fuzz(1, finding.seed, [faulty]).finding;
  assert.ok(again?.error instanceof Finding && finding.error instanceof Finding);
  assert.deepEqual(again.error.input, finding.error.input);
});

Deno.test("formatReport() prints the finding with its input in hexadecimal", () => {
  const text = formatReport(fuzz(100_000, 1, [faulty]), 2);
  assert.match(text, /^faulty\n +\d+ {2}accepted\n\d+ inputs in 2\.0 s, \d+ a second\n/);
  assert.match(text, /found in faulty: Finding: does not take a seven\n/);
  assert.match(text, /\ninput: 07[0-9a-f]{2}\nagain: --inputs 1 --seed \d+\n$/);
});

Deno.test("Random.cuts() ascends to the length", () => {
  for (let seed = 0; seed < 200; seed++) {
    const cuts = new Random(seed).cuts(50);
    assert.equal(cuts.at(-1), 50);
    assert.deepEqual(cuts, cuts.toSorted((a, b) => a - b));
  }
});
