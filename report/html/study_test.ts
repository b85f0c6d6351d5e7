import assert from "node:assert/strict";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { STUDIED } from "../testing/study_testdata.ts";
import { renderHtml } from "./html.ts";

const EVIL = "</script><img src=x onerror=alert(1)>";

Deno.test("renderHtml() has the study after the summary, with a verdict for every claim", async () => {
  const page = await renderHtml(STUDIED, []);
  const ids = [...page.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(ids.slice(0, 3), ["section-summary", "section-study", "section-throughput"]);
  const verdicts = [...page.matchAll(/<span class="verdict (\w+)">([^<]*)</g)];
  assert.deepEqual(verdicts.map(([, name, text]) => [name, text]), [
    ["better", "holds"],
    ["wrong", "contradicted"],
    ["better", "holds"],
    ["worse", "not shown"],
    ["muted", "not measured"],
    ["muted", "not measured"],
    ["better", "holds"],
  ]);
});

Deno.test("renderHtml() shows the servers left out in the summary and with the settings", async () => {
  const page = await renderHtml(STUDIED, []);
  assert.match(page, /Left out: Tornado \(python3 has no module/);
  assert.match(page, /id="table-left-out"/);
  const plain = await renderHtml(ROUNDS, []);
  assert.doesNotMatch(plain, /section-study|Left out|table-left-out/);
});

Deno.test("renderHtml() escapes the texts of a study and of what was left out", async () => {
  const claims = STUDIED.study!.claims.map((one) => ({ ...one, text: EVIL, remark: EVIL }));
  const page = await renderHtml({
    ...STUDIED,
    study: { id: EVIL, title: EVIL, about: [EVIL], claims },
    leftOut: [{ id: "tornado", title: EVIL, reason: EVIL }],
  }, []);
  assert.doesNotMatch(page, /<img src=x/);
  const without = { ...STUDIED, study: { ...STUDIED.study!, claims: [] } };
  assert.match(await renderHtml(without, []), /The study has no claims/);
});
