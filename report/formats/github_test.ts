import assert from "node:assert/strict";
import { z } from "zod";
import { HOSTILE_RESULTS } from "../testing/hostile_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./github.ts";
import { soundFigures } from "./sound.ts";
import { textOf } from "./testing/rendered.ts";

/** What the action reads: https://github.com/benchmark-action/github-action-benchmark#examples, "Custom". */
const ENTRIES = z.array(z.strictObject({
  name: z.string().min(1),
  unit: z.string(),
  value: z.number(),
  range: z.string().optional(),
  extra: z.string().optional(),
}));

for (const [better, path] of [["higher", "bigger"], ["lower", "smaller"]] as const) {
  Deno.test(`render() of github has the figures of which ${path} is better, each once`, () => {
    for (const result of [RESULT, ROUNDS, ...HOSTILE_RESULTS]) {
      const text = textOf(render(result), `github-${path}-is-better.json`);
      const entries = ENTRIES.parse(JSON.parse(text));
      const figures = soundFigures(result).filter(({ metric }) => metric.better === better);
      assert.deepEqual(entries.map(({ value }) => value), figures.map(({ value }) => value));
      // Two entries of one name would be one line of a chart.
      assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
    }
  });
}

Deno.test("render() of github shows the interval as a range, and none without one", () => {
  const entries = ENTRIES.parse(
    JSON.parse(textOf(render(ROUNDS), "github-bigger-is-better.json")),
  );
  assert.match(entries[0]!.range!, /^[\d,.]+…[\d,.]+$/);
  const [first] = ENTRIES.parse(JSON.parse(textOf(render(RESULT), "github-bigger-is-better.json")));
  assert.equal(first!.name, "native.echo[connections=1,inFlight=1,size=16].rate");
  assert.equal(first!.range, undefined);
});
