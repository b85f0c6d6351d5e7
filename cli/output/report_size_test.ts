/** How long reports of large runs are. Here, because a plan and a report know nothing of one another. */

import assert from "node:assert/strict";
import type { Result, Trial } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { planRun } from "../../bench/plan/options.ts";
import { run } from "../../bench/run/run.ts";
import { renderMarkdown } from "../../report/markdown/markdown.ts";
import type { RunOptions } from "../../bench/plan/run_options.ts";
import type { Warning } from "../../measure/warnings/warnings.ts";
import { servers } from "../../servers/mod.ts";

const MOST_ON_GITHUB = 65_536;

const WARNINGS: readonly Warning[] = [
  { kind: "disturbed", who: "server", share: 0.2 },
  { kind: "generator saturated", cpuShare: 0.95 },
];

/** The result of a run of every server, with invented figures. */
async function everyServer(options: RunOptions): Promise<Result> {
  const plan = planRun({ ...options, servers: ["all"], seed: 1 }, () => undefined);
  for await (const event of run(plan, AbortSignal.abort())) {
    if (event.kind !== "planned") continue;
    const servers = event.result.servers.map((server) => ({
      ...server,
      notes: [
        "No compression, no logging, no idle timeout. TCP_NODELAY is set by the library. ".repeat(
          3,
        ),
      ],
    }));
    return { ...event.result, state: "finished", servers, trials: plan.trials.map(trialOf) };
  }
  throw new Error("The run was not planned");

  function trialOf(
    { trial, round, server, client, scenario, case: one }: typeof plan.trials[number],
  ): Trial {
    const place = plan.contenders.findIndex((contender) => contender.server === server);
    const noise = (index: number): number => 1 + 0.1 * Math.sin(trial * 7 + index);
    const metrics = scenario.metrics.map(({ id }, index) => [
      id,
      (1 + place / 4) * noise(index) * 10 ** (5 - index % 6),
    ]);
    return {
      ...completedTrial(Object.fromEntries(metrics), [1, 2, 3]),
      ...{ trial, round, client, server: server.id, scenario: scenario.id, case: one.id },
      warnings: trial % 5 === 0 ? WARNINGS : [],
    };
  }
}

/** The same result with its first servers alone. */
function firstOf({ servers, ...result }: Result, count: number): Result {
  const first = servers.slice(0, count);
  const ids = [...first.map(({ id }) => id), result.reference?.id];
  const trials = result.trials.filter(({ server }) => ids.includes(server));
  return { ...result, servers: first, trials };
}

Deno.test("report.md in the standard profile is short enough for GitHub: of three servers whole, of 17 with its figures, of all", async () => {
  const result = await everyServer({ rounds: 4 });
  assert.equal(result.servers.length, servers.length);
  const all = renderMarkdown(result);
  const many = renderMarkdown(firstOf(result, 17));
  const few = renderMarkdown(firstOf(result, 3));
  for (const text of [all, many, few]) {
    assert.ok(text.length <= MOST_ON_GITHUB, String(text.length));
    for (const { title } of result.scenarios) assert.match(text, RegExp(`^### ${title}$`, "m"));
  }
  const left = /^_GitHub takes 65,536 characters at most, so this text leaves to report\.html/m;
  assert.match(all, left);
  assert.match(many, /^\| Case \| Server \| /m);
  assert.match(many, left);
  assert.doesNotMatch(few, /GitHub takes/);
});
