import assert from "node:assert/strict";
import { fileTargets } from "./files.ts";
import { formatReport, fuzz } from "./fuzz.ts";
import { networkTargets } from "./main.ts";
import { Finding, made, Random, type Target } from "./target.ts";

Deno.test("fuzz() finds nothing in 5,000 inputs from the network", async () => {
  const report = await fuzz(5_000, 1, networkTargets);
  assert.equal(report.finding, undefined, formatReport(report, 1, ""));
  assert.deepEqual([...report.outcomes.keys()], networkTargets.map(({ name }) => name));
  for (const [name, { counts }] of report.outcomes) {
    assert.ok((counts.get("accepted") ?? 0) > 0, `${name} accepts some`);
    assert.ok(counts.size > 3, `${name} fails in many ways`);
  }
});

Deno.test("fuzz() finds nothing in 60 files", async () => {
  const report = await fuzz(60, 1, fileTargets);
  assert.equal(report.finding, undefined, formatReport(report, 1, ""));
  assert.deepEqual([...report.outcomes.keys()], fileTargets.map(({ name }) => name));
  const accepted = [...report.outcomes.values()].map(({ counts }) => counts.get("accepted") ?? 0);
  assert.ok(accepted.filter((count) => count > 0).length > 3, "most targets accept some");
  for (const [name, { counts }] of report.outcomes) {
    assert.ok([...counts.keys()].some((word) => word !== "accepted"), `${name} refuses some`);
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

const faultyFile: Target = {
  name: "faulty file",
  run: made((random) => String(random.below(20)), (input) => {
    if (input === "7") throw new Error("does not take a seven");
    return "accepted";
  }),
};

Deno.test("fuzz() stops at a finding, and its seed shows it again as first input", async () => {
  for (const target of [faulty, faultyFile]) {
    const { finding, inputs } = await fuzz(100_000, 1, [target]);
    assert.ok(finding && inputs > 1);
    assert.equal(finding.seed, inputs);
    const again = (await fuzz(1, finding.seed, [target])).finding;
    assert.ok(again?.error instanceof Finding && finding.error instanceof Finding);
    assert.deepEqual(again.error.input, finding.error.input);
  }
});

Deno.test("formatReport() prints the finding with its input, bytes in hexadecimal", async () => {
  const text = formatReport(await fuzz(100_000, 1, [faulty]), 2, "--inputs 1");
  assert.match(
    text,
    /^faulty \(at most \d+ ms\)\n +\d+ {2}accepted\n\d+ inputs in 2\.0 s, \d+ a s/,
  );
  assert.match(text, /found in faulty: Finding: does not take a seven\n/);
  assert.match(text, /\ninput: 07[0-9a-f]{2}\nagain: --inputs 1 --seed \d+$/);
  const ofFile = formatReport(await fuzz(10_000, 1, [faultyFile]), 2, "--files 1");
  assert.match(ofFile, /found in faulty file: Error: does not take a seven\n/);
  assert.match(ofFile, /\ninput: "7"\nagain: --files 1 --seed \d+$/);
});

Deno.test("Random.cuts() ascends to the length", () => {
  for (let seed = 0; seed < 200; seed++) {
    const cuts = new Random(seed).cuts(50);
    assert.equal(cuts.at(-1), 50);
    assert.deepEqual(cuts, cuts.toSorted((a, b) => a - b));
  }
});
