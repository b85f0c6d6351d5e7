import assert from "node:assert/strict";
import { fakeLoad } from "./traffic/testing.ts";
import { describeCase } from "./cases.ts";
import { scenarios } from "./mod.ts";

Deno.test("no two scenarios have the same id", () => {
  const ids = scenarios.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

for (const { id, question, cases, metrics, traffic, payload, behaviour } of scenarios) {
  Deno.test(`${id} asks a question and has cases with different names`, () => {
    assert.ok(question.endsWith("?"));
    const names = cases.map((parameters) => describeCase(parameters).id);
    assert.ok(names.length > 0);
    assert.equal(new Set(names).size, names.length);
  });

  Deno.test(`${id} has metrics with different ids, and a primary one with a better way`, () => {
    const ids = metrics.map((metric) => metric.id);
    assert.equal(new Set(ids).size, ids.length, ids.join(" "));
    assert.notEqual(metrics[0]!.better, "none");
    const titles = metrics.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length, titles.join(", "));
  });

  Deno.test(`${id} reports CPU and memory of the server`, () => {
    const ids = metrics.map((metric) => metric.id);
    for (const wanted of ["cpu.share", "memory.before", "memory.peak", "memory.after"]) {
      assert.ok(ids.includes(wanted), wanted);
    }
  });

  Deno.test(`${id} makes the traffic and the payload of each case`, () => {
    for (const parameters of cases) {
      const made = traffic(fakeLoad(), { rate: 100, ...parameters }, 1);
      assert.ok(made.slots >= made.connections && made.slots > 0);
      if (parameters.size !== undefined) {
        // There may be larger messages in addition to those of this size.
        assert.ok(payload(parameters, behaviour).size >= parameters.size);
      }
    }
  });
}
