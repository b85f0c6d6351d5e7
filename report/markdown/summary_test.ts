import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { busy } from "../testing/busy_testdata.ts";
import { HOSTILE_RESULTS, withoutCode } from "../testing/hostile_testdata.ts";
import { EXPLAINED } from "../testing/explained_testdata.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { renderSummary } from "./summary.ts";

/** A result with more cases or servers. */
function larger({ servers = 3, cases = 1 }: { servers?: number; cases?: number }): Result {
  const copies = Array.from({ length: servers }, (_, index) => ({
    ...ROUNDS.servers[0]!,
    id: index === 0 ? "native" : `s${index}`,
    title: `Server ${index}`,
  }));
  return {
    ...ROUNDS,
    servers: copies,
    scenarios: ROUNDS.scenarios.map((one) => ({
      ...one,
      cases: Array.from({ length: cases }, (_, index) => ({ ...one.cases[0]!, id: `${index}` })),
    })),
  };
}

Deno.test("renderSummary() begins with wrong replies, then the answer, in fewer than 60 lines", () => {
  for (const result of [ROUNDS, RESULT, busy(), larger({ servers: 17 }), larger({ cases: 40 })]) {
    const lines = renderSummary(result).split("\n");
    assert.ok(lines.length < 60, `${lines.length} lines`);
  }
  const [, , alert, , wrong] = renderSummary(RESULT).split("\n");
  assert.equal(alert, "> [!CAUTION]");
  assert.match(wrong!, /^> ✗ \*\*socket\.io lost 7 and reordered 2 of /);
});

Deno.test("renderSummary() has the servers as rows if they are many, and says where the other cases are", () => {
  const text = renderSummary(larger({ servers: 17, cases: 2 }));
  assert.match(text, /^\| Server 16 \|/m);
  assert.match(text, /All cases and intervals are in report\.md\./);
  assert.doesNotMatch(renderSummary(ROUNDS), /All cases/);
});

Deno.test("renderSummary() has no picture, no link and no markup of others", () => {
  for (const result of HOSTILE_RESULTS) {
    const text = withoutCode(renderSummary(result));
    assert.doesNotMatch(text, /(?<!\\)\]\(/);
    assert.doesNotMatch(text, /<(img|script|svg)/i);
    assert.doesNotMatch(text, /(?!\n)\p{Cc}/u);
  }
});

Deno.test("renderSummary() says that no ceiling was measured if none was asked for", () => {
  const note = "Ceiling: not measured (--no-ceiling).";
  const settings = { ...ROUNDS.settings, ceiling: false as const };
  assert.ok(renderSummary({ ...ROUNDS, settings }).includes(note));
  assert.ok(!renderSummary(ROUNDS).includes(note));
});

Deno.test("renderSummary() has what goes with the largest difference in a line", () => {
  assert.match(
    renderSummary(EXPLAINED),
    /\nWith the largest difference \(socket\.io against Deno\.serve, Throughput, 16 connections.* goes: .*30 % of its time in garbage collections/,
  );
  assert.ok(!renderSummary(ROUNDS).includes("With the largest difference"));
});
