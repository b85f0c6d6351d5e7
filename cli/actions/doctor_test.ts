import assert from "node:assert/strict";
import type { Finding } from "../../bench/doctor/mod.ts";
import { wsmark } from "../testing.ts";
import { renderFindings } from "./doctor.ts";

Deno.test("doctor --json has a state for each point, and an exit code that agrees", async () => {
  const { code, stdout } = await wsmark("doctor", "--json");
  const { fit, findings }: { fit: boolean; findings: Finding[] } = JSON.parse(stdout);
  assert.equal(code, fit ? 0 : 1);
  const names = new Set(findings.map(({ name }) => name));
  for (
    const name of ["CPUs", "Pinning", "Open files", "Ports", "Clock", "Memory", "Servers", "perf"]
  ) {
    assert.ok(names.has(name), name);
  }
  for (const { state, said } of findings) {
    assert.match(state, /^(good|care|not|unknown)$/);
    assert.doesNotMatch(said, /\n|undefined|NaN/);
  }
});

Deno.test("renderFindings() has the remedy below its point, and what it comes to in the end", () => {
  const good: Finding = { name: "CPUs", state: "good", said: "8 may be used" };
  const care: Finding = { name: "Governor", state: "care", said: "powersave", remedy: "Set it" };
  assert.equal(
    renderFindings([good, care]),
    "  good  CPUs      8 may be used\n  care  Governor  powersave\n                  → Set it\n\n" +
      "Runs can be made here, with care for Governor.",
  );
  const perf: Finding = { name: "perf", state: "not", said: "none", isOptional: true };
  assert.match(renderFindings([good, perf]), /\nRuns can be made here\.$/);
  assert.match(
    renderFindings([{ ...good, state: "not" }, perf]),
    /\nRuns made here cannot be relied on: mend CPUs\.$/,
  );
});
