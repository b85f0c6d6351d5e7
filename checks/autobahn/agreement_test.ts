import assert from "node:assert/strict";
import { allCases } from "../../conformance/groups/mod.ts";
import type { CaseResult, Verdict } from "../../conformance/types.ts";
import { agreementOn, renderAgreement, type TheirVerdict, verdictOf } from "./agreement.ts";
import { DIFFERENCES, PAIRS } from "./mapping.ts";

Deno.test("each pair names a case of ours that there is, and each of theirs once", () => {
  const known = new Set(allCases.map(({ id }) => id));
  for (const { ours, theirs } of PAIRS) assert.ok(known.has(ours), `${theirs}: ${ours}`);
  assert.equal(new Set(PAIRS.map(({ theirs }) => theirs)).size, PAIRS.length);
  assert.ok(PAIRS.length > 150);
});

const ours = (id: string, verdict: Verdict): CaseResult => ({
  ...{ id, verdict, expected: "", came: "text | pipe", durationMs: 1 },
});
const theirs = (id: string, behavior: string, passed = true): TheirVerdict => ({
  ...{ id, behavior, passed },
});

Deno.test("verdictOf() calls a case failed whose close is", () => {
  assert.equal(verdictOf(theirs("1", "NON-STRICT")), "non-strict");
  assert.equal(verdictOf(theirs("1", "OK", false)), "failed");
  assert.equal(verdictOf(theirs("1", "UNHEARD OF")), "failed");
});

Deno.test("agreementOn() compares the pairs that both have run, and explains what is known", () => {
  const agreement = agreementOn({
    ...{ role: "server", title: "ws" },
    version: "ws 8",
    ours: [ours("1.1.1", "ok"), ours("5.5.1", "non-strict"), ours("5.1.1", "failed")],
    theirs: [theirs("1.1.1", "OK"), theirs("2.5", "OK"), theirs("2.1", "OK"), theirs("2.2", "OK")],
  });
  assert.equal(agreement.common, 3);
  assert.equal(agreement.alike, 1);
  assert.equal(agreement.passAlike, 2);
  assert.deepEqual(
    agreement.disagreements.map(({ theirs, reason }) => [theirs, reason]),
    [["2.1", undefined], ["2.5", DIFFERENCES[0]!.reason]],
  );
});

Deno.test("renderAgreement() has a row for each server and each kind of difference", () => {
  const agreement = agreementOn({
    ...{ role: "client", title: "ws", version: "ws 8" },
    ours: [ours("1.1.1", "failed")],
    theirs: [theirs("1.1.1", "OK")],
  });
  const text = renderAgreement([agreement], "2026-11-30");
  assert.match(text, /\| ws \| ws 8 \| 1 \| 0 \| 0 \|/);
  assert.match(
    text,
    /\| failed \| ok \| ws as a client: 1\.1\.1 \(1\.1\.1\) \| not explained yet; came: text \\\| pipe \|/,
  );
  assert.match(renderAgreement([], "2026-11-30"), /## Differences\n\nNone\.\n$/);
});
