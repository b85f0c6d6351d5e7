import assert from "node:assert/strict";
import { formatFileReport, fuzzFiles } from "./main.ts";
import type { FileTarget } from "./files.ts";
import { fileTargets } from "./files.ts";

Deno.test("fuzzFiles() finds nothing in 60 inputs", async () => {
  const report = await fuzzFiles(60, 1);
  assert.equal(report.finding, undefined, formatFileReport(report, 1));
  assert.deepEqual([...report.outcomes.keys()], fileTargets.map(({ name }) => name));
  const accepted = [...report.outcomes.values()].map(({ counts }) => counts.get("accepted") ?? 0);
  assert.ok(accepted.filter((count) => count > 0).length > 3, "most targets accept some");
  for (const [name, { counts }] of report.outcomes) {
    assert.ok([...counts.keys()].some((word) => word !== "accepted"), `${name} refuses some`);
  }
});

const faulty: FileTarget = {
  name: "faulty",
  share: 1,
  make: (random) => String(Math.floor(random() * 20)),
  read(input) {
    if (input === "7") throw new Error("does not take a seven");
    return Promise.resolve("accepted");
  },
};

Deno.test("fuzzFiles() stops at a finding, and its seed shows it again as first input", async () => {
  const report = await fuzzFiles(10_000, 1, [faulty]);
  assert.ok(report.finding && report.inputs > 1);
  const again = await fuzzFiles(1, report.finding.seed, [faulty]);
  assert.equal(again.finding?.input, "7");
  const text = formatFileReport(again, 2);
  assert.match(
    text,
    /^faulty \(at most 0 ms\)\n1 inputs in 2\.0 s\nfound in faulty: Error: does not/,
  );
  assert.match(text, /\ninput: "7"\nagain: --inputs 0 --files 1 --seed \d+\n$/);
});
