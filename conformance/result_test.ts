import assert from "node:assert/strict";
import { countVerdicts, integrityOf } from "./result.ts";
import type { CaseResult, Verdict } from "./types.ts";

const result = (id: string, verdict: Verdict, rest: Partial<CaseResult> = {}): CaseResult => ({
  ...{ id, verdict, expected: "", came: "", durationMs: 1 },
  ...rest,
});

Deno.test("countVerdicts() counts each", () => {
  const results = [result("1.1.1", "ok"), result("1.1.2", "ok"), result("1.1.3", "failed")];
  assert.deepEqual(countVerdicts(results), {
    failed: 1,
    "non-strict": 0,
    unimplemented: 0,
    informational: 0,
    ok: 2,
  });
});

Deno.test("integrityOf() puts failed cases together that say the same of a server", () => {
  const about = (id: string, integrity?: string) => ({
    ...{ id, title: "", section: "" },
    ...(integrity !== undefined && { integrity }),
  });
  const cases = [about("1", "changes"), about("2", "changes"), about("3", "joins"), about("4")];
  const breaksIntegrity = true;
  assert.deepEqual(
    integrityOf(cases, [
      result("1", "failed", { breaksIntegrity }),
      result("2", "failed", { breaksIntegrity }),
      result("3", "failed"),
      result("4", "failed"),
    ]),
    [{ what: "changes", cases: ["1", "2"] }],
  );
});
