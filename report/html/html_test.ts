import assert from "node:assert/strict";
import { COUNTERS } from "../../measure/explain/counters.ts";
import type { Result } from "../../measure/model/result.ts";
import { captionOf } from "../plots/chart.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import { renderHtml } from "./html.ts";
import { HOSTILE, plotIn } from "./testing.ts";

const count = (text: string, part: string | RegExp): number => text.split(part).length - 1;

Deno.test("renderHtml() has a section for each scenario, in the order of its table of contents", async () => {
  const page = await renderHtml(ROUNDS);
  const ids = [...page.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(
    ids,
    ["summary", "throughput", "connect", "idle", "details"].map((id) => `section-${id}`),
  );
  const links = [
    ...page.matchAll(/<li(?: data-scenario="[^"]*")?><a href="#([^"]*)">[^<]*<\/a><\/li>/g),
  ].map(([, id]) => id);
  assert.deepEqual(links, ids);
  assert.match(page, /<p class="question">How many messages a second get through\?<\/p>/);
});

Deno.test("renderHtml() has headings in order, one h1, and an id only once", async () => {
  const page = await renderHtml(ROUNDS, [plotIn("throughput")]);
  assert.equal(count(page, "<h1>"), 1);
  let level = 0;
  for (const [, digit] of page.matchAll(/<h([1-6])\b/g)) {
    assert.ok(Number(digit) <= level + 1, "no level is left out");
    level = Number(digit);
  }
  const ids = [...page.matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id);
  assert.deepEqual(ids.toSorted(), [...new Set(ids)].toSorted());
  const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id!);
  assert.deepEqual(targets.filter((id) => !ids.includes(id)), [], "every link leads somewhere");
});

Deno.test("renderHtml() says once where the plots are from, and folds what only some readers need", async () => {
  const page = await renderHtml(ROUNDS, []);
  assert.equal(count(page, captionOf(ROUNDS)), 1);
  for (const id of ["methods", "verdicts", "tails", "trials", "warnings", "hardware", "settings"]) {
    assert.match(page, new RegExp(`<details><summary>[^<]+</summary><div id="section-${id}">`), id);
  }
  assert.match(page, /<summary>Verdicts: 8 rows<\/summary>/);
});

Deno.test("renderHtml() puts plots into their sections", async () => {
  const page = await renderHtml(ROUNDS, [plotIn("connect"), plotIn("nowhere"), plotIn("summary")]);
  const [, summary] = page.split('<section id="section-summary"');
  assert.equal(count(page, "<figure "), 2);
  assert.match(summary!.split("</section>")[0]!, /<figure id="plot-in-summary"/);
  assert.match(page.split('<section id="section-connect"')[1]!, /<figure id="plot-in-connect"/);
});

Deno.test("renderHtml() loads nothing, and allows only its own script", async () => {
  const page = await renderHtml(ROUNDS, [plotIn("throughput")]);
  assert.match(
    page,
    /Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-[\w+/=]+&#39;; style-src &#39;sha256-[\w+/=]+&#39;; /,
  );
  assert.doesNotMatch(page, /\s(?:src|srcset|style|on\w+)=/);
  assert.deepEqual([...page.matchAll(/\shref="(?!#)[^"]*"/g)].join(""), ' href="data:,"');
});

Deno.test("renderHtml() escapes all text from servers and files", async () => {
  const page = await renderHtml(HOSTILE, [plotIn("echo", HOSTILE.servers[0]!.title)]);
  assert.equal(count(page, "<script"), 2);
  assert.equal(count(page, "</script"), 2);
  assert.doesNotMatch(page, /<img/);
  assert.ok(
    page.includes('<th scope="col" data-server="0">&lt;img src=x onerror=alert(1)&gt;</th>'),
  );
});

Deno.test("renderHtml() gives the same text for the same result", async () => {
  const plots = [plotIn("throughput"), plotIn("connect")];
  const copy: Result = structuredClone(ROUNDS);
  assert.equal(await renderHtml(ROUNDS, plots), await renderHtml(copy, plots));
});

Deno.test("renderHtml() shows a run without cases, servers and trials", async () => {
  const page = await renderHtml({
    ...RESULT,
    state: "interrupted",
    servers: [],
    clients: [],
    scenarios: [],
    trials: [],
    machine: [],
    warnings: [],
  });
  assert.match(page, /The run has no cases\./);
  assert.match(page, /interrupted: the run did not end/);
});

Deno.test("renderHtml() shows what was counted to tell why, as much as there is room for", async () => {
  const [scenario, ...others] = RESULT.scenarios;
  const cases = Array.from({ length: 150 }, (_, place) => (
    { ...scenario!.cases[0]!, id: `case-${place}`, title: `Case <${place}>` }
  ));
  const explanations = cases.map(({ id }) => ({
    server: "ws",
    client: "wire",
    scenario: scenario!.id,
    case: id,
    startedAt: RESULT.startedAt,
    replies: 10,
    windowMs: 1000,
    counters: {
      ...Object.fromEntries(COUNTERS.map(({ id }) => [id, 1.5])),
      "switches.voluntary": { absent: "<i>no</i>" },
    },
  }));
  const few = {
    ...RESULT,
    explanations: explanations.slice(0, 1).map((one) => (
      { ...one, case: scenario!.cases[0]!.id }
    )),
  };
  const page = await renderHtml(few, []);
  assert.match(page, /<section id="section-explain"/);
  assert.match(page, /All system calls/);
  assert.ok(page.includes("voluntary context switches") && !page.includes("<i>no</i>"));
  assert.doesNotMatch(page, /in the sheet Why/);
  const many = { ...RESULT, scenarios: [{ ...scenario!, cases }, ...others], explanations };
  assert.match(await renderHtml(many, []), /\d+ more cases are in the sheet Why of results\.xlsx/);
});
