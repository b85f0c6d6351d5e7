import assert from "node:assert/strict";
import { figureOf, runsOf } from "../../measure/history/testdata.ts";
import { type HistoryRun, seriesOf } from "../../measure/history/series.ts";
import { renderHistoryMarkdown } from "./markdown.ts";
import { renderHistoryPage } from "./page.ts";
import { changesTable, type History, signedShare } from "./tables.ts";
import { headline, renderHistory } from "./words.ts";

function historyOf(runs: readonly HistoryRun[], leftOut: readonly string[] = []): History {
  return {
    runs: runs.length,
    from: runs[0]!.startedAt,
    to: runs.at(-1)!.startedAt,
    machines: [...Map.groupBy(runs, ({ machine }) => machine)].map(([machine, of]) => ({
      machine,
      runs: of.length,
    })),
    series: seriesOf(runs),
    leftOut,
  };
}

const WORSE = historyOf(runsOf(30, (index) => ({ value: index < 18 ? 100 : 92 })));

Deno.test("a history says in the terminal what changed, by how much, and at which commit", () => {
  const text = renderHistory(WORSE, 200);
  const commit = `${(18).toString(16).padStart(40, "0").slice(0, 10)} results/18`;
  assert.ok(text.includes(`at ${commit}`), text);
  assert.match(text, /worse, −[78](\.\d+)? %/);
  assert.match(text, /1 of 1 figure changed its level: 1 became worse, 0 better\.$/);
  for (const line of renderHistory(WORSE, 60).split("\n")) assert.ok(line.length <= 60, line);
});

Deno.test("headline() says how many runs it takes", () => {
  assert.equal(
    headline(historyOf(runsOf(3, () => ({})))),
    "No change can be found yet: it takes 8 runs of one machine with the same settings, and there are 3.",
  );
  assert.equal(headline(historyOf(runsOf(20, () => ({})))), "None of 1 figure changed its level.");
});

Deno.test("signedShare() rounds to what can be read", () => {
  assert.deepEqual([1.0812, 0.5, 1].map(signedShare), ["+8.12 %", "−50.0 %", "+0 %"]);
});

Deno.test("page and Markdown have each change once, and nothing of a run becomes a tag", async () => {
  const hostile = "<script>alert(1)</script>|\u001b[31m";
  const runs = runsOf(30, (index) => ({
    name: hostile,
    machine: hostile,
    figures: [{
      ...figureOf(index < 18 ? 100 : 120),
      title: hostile,
      server: hostile,
      interval: { low: 90, high: 130 },
    }],
  }));
  const history = historyOf(runs, [hostile]);
  assert.equal(changesTable(history).rows.length, 1);
  const page = await renderHistoryPage(history, "0.1.0");
  assert.ok(!/<script/i.test(page) && !page.includes("\u001b"));
  assert.equal(page.match(/<circle /g)?.length, 30);
  assert.equal(page.match(/class="level better"/g)?.length, 1);
  const markdown = renderHistoryMarkdown(history, "0.1.0");
  assert.ok(!/<script/i.test(markdown) && !markdown.includes("\u001b"));
});

Deno.test("a history of several machines says that their runs are not joined", () => {
  const runs = runsOf(20, (index) => ({ machine: index < 10 ? "one" : "two" }));
  assert.match(renderHistory(historyOf(runs), 120), /are not joined/);
});
