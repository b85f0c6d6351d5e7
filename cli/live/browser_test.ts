/** The live view in a browser that reaches nothing else. */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, PATIENCE_MS, watch } from "../../checks/testing/browser.ts";
import { inFolder } from "../../bench/testing/folder.ts";
import type { LiveEvent } from "./state.ts";
import {
  completed,
  ended,
  EVIL,
  failed,
  PLAN,
  planned,
  plannedOf,
  planOfMany,
  pulse,
  resultOf,
  started,
  trialOf,
} from "./testing.ts";
import type { RunFollower } from "./follower.ts";
import { openLiveView } from "./server.ts";

const PROGRAM = new URL("../wsmark.ts", import.meta.url).href;

/** Makes a page keep its streams of events where a test sees them. */
const KEEP_STREAMS = `
  globalThis.streams = [];
  globalThis.EventSource = class extends EventSource {
    constructor(...options) {
      super(...options);
      streams.push(this);
    }
  };
`;
/** `EventSource.CLOSED`: it does not reconnect. */
const CLOSED = 2;

/** A test with pages of a live view. */
function liveTest(name: string, fn: (open: (url: string) => Promise<Page>) => Promise<void>): void {
  browserTest(name, async (browser) => {
    const troubles: string[][] = [];
    await fn(async (url) => {
      const context = await browser.newContext();
      troubles.push(await watch(context, (asked) => asked.startsWith(url)));
      await context.addInitScript({ content: KEEP_STREAMS });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
    // The stream of events breaks off when its run has ended.
    const others = troubles.flat().filter((one) => !/^failed request of \S+\/events$/.test(one));
    assert.deepEqual(others, []);
  });
}

/** Waits until an element has a text. */
function reads(page: Page, selector: string, text: string | RegExp): Promise<void> {
  return page.locator(selector).filter({ hasText: text }).waitFor();
}

function tell(view: RunFollower, ...events: readonly LiveEvent[]): void {
  for (const event of events) {
    if (event.kind === "pulse") view.pulse(event.pulse);
    else if (event.kind === "reported") view.reported(event.failure);
    else if (event.kind !== "gone") view.happened(event);
  }
}

const [first, second] = ["native", "evil"].map((id) => plannedOf(id, "throughput", 1)) as [
  ReturnType<typeof plannedOf>,
  ReturnType<typeof plannedOf>,
];

liveTest("the live view shows names as text, fits, and keeps its last state", async (open) => {
  const view = await openLiveView(PLAN, `results/${EVIL}`);
  tell(view, planned, started(first), pulse(100, "warm-up"), pulse(300));
  const page = await open(view.url);
  await reads(page, "#trial", "Deno.serve · Throughput");
  await reads(page, "#strip", /1,500 messages\/s.*0\.5 ms mean, longest 2 ms/s);
  await reads(page, "#tables .running", "0 of 3");

  tell(view, completed(first, 1234, 3), started(second), failed(second, `it ended: ${EVIL}`));
  await reads(page, "#counts", "2 of 12 trials · 1 failed");
  await reads(page, "#tables tbody tr:first-child", "1,234");
  assert.equal(await page.locator(`#tables path[d^="M"]`).count(), 1);
  await reads(page, "#alarms li:first-child", "✗ Deno.serve lost 3 of 12 replies");
  await reads(page, "#alarms li:last-child", `✗ Failed: it ended: ${EVIL}`);
  assert.equal(await page.locator("#warnings").isVisible(), false);
  await page.locator("#warned-count").click();
  await reads(page, "#warnings li", "(1 of 1 trial of Deno.serve in Throughput).");
  assert.equal(await page.locator("img").count(), 0);

  const late = await open(view.url);
  await reads(late, "#counts", "2 of 12 trials · 1 failed");
  await fits(page);

  tell(view, ended("interrupted", [], [trialOf(first, 1234)]));
  for (const one of [page, late]) {
    await reads(one, "#status", "The run was stopped");
    await reads(one, "#where", "The reports are being written");
    assert.equal(await one.locator("#now").isVisible(), false);
  }
  await view[Symbol.asyncDispose]();
  for (const one of [page, late]) {
    await reads(one, "#where", EVIL);
    await reads(one, "#where", / resume 'results\/<img/);
    await reads(one, "#tables", "1,234");
    assert.equal(await one.locator("#report").isVisible(), false);
    assert.ok(await one.locator("#answer li").count() > 0);
  }
  // It asks the stopped server for nothing any more.
  for (const one of [page, late]) {
    assert.deepEqual(await one.evaluate("streams.map((one) => one.readyState)"), [CLOSED]);
  }
});

/** Nothing on a page is cut, on a desk and on a phone, light and dark. */
async function fits(page: Page): Promise<void> {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const cut = await page.evaluate(`[...document.querySelectorAll("main *")]
        .filter((one) => one.checkVisibility() && !one.closest(".unseen, thead"))
        .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth ||
          one.matches("th, td") && one.scrollHeight > one.clientHeight)
        .map((one) => one.className + one.textContent)`);
      assert.deepEqual(cut, [], `${width} px, ${colorScheme}`);
    }
  }
}

liveTest("the live view shows many servers as rows, and marks who leads", async (open) => {
  const plan = planOfMany(17, 6);
  const view = await openLiveView(plan, "results/x");
  const trials = plan.trials.map((one, index) =>
    trialOf(one, one.server.id === "s3" && one.scenario.id === "throughput" ? 900 : 300 + index % 7)
  );
  tell(view, { kind: "planned", result: resultOf(plan) });
  tell(view, ...trials.map((trial) => ({ kind: "trial ended", trial } as const)));
  const page = await open(view.url);
  await reads(page, "#counts", "204 of 204 trials");
  assert.deepEqual(await page.locator("#tables tbody tr").count(), 34);
  await reads(page, "#tables .table:first-child .best", "900");
  assert.equal(await page.locator("#tables .best").count(), 1);
  await fits(page);
  await view[Symbol.asyncDispose]();
  await reads(page, "#status", "The run has failed");
});

liveTest("the live view says that a run has ended if it does not know how", async (open) => {
  const view = await openLiveView(PLAN, "results/x");
  const page = await open(view.url);
  await reads(page, "#status", "Running");
  // As if its program had been killed.
  await page.context().setOffline(true);
  await page.evaluate("streams[0].close(); streams[0].dispatchEvent(new Event('error'))");
  await reads(page, "#status", "The run has ended");
  await reads(page, "#where", "Its program has ended without a word");
  await view[Symbol.asyncDispose]();
});

// Not a liveTest: a browser that is watched keeps no report.
browserTest(
  "run --live is followed by a page from the plan to the report",
  (browser) =>
    inFolder(async (folder) => {
      const args =
        "--servers native --scenarios latency --rounds 5 --duration 0.5 --warmup 0.2 --no-ceiling";
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-all", PROGRAM, "--live", "--no-config", "--reports", "json,html"]
          .concat(args.split(" "), "--out", `${folder}/run`),
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const [ours, rest] = child.stderr.tee();
      const url = await liveUrl(ours);
      const context = await browser.newContext();
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await page.goto(url);
      await reads(page, "#status", /Running|finished/);
      await reads(page, "#plan", /^Deno\.serve: 1 case of 1 scenario in 5 rounds/);
      await reads(page, "#status", "The run has finished");
      await reads(page, "#tables tbody tr:first-child", /5 of 5/);
      assert.match(await new Response(rest).text(), /^live view: http:\/\/127\.0\.0\.1:\d+\/$/m);
      assert.equal((await child.status).code, 0);
      // The command has ended, and its server with it.
      await reads(page, "#where", `It is the file report.html in ${folder}/run`);
      const opened = context.waitForEvent("page");
      await page.locator("#report").click();
      const report = await opened;
      await reads(report, "h1", "WebSocket server measured: Deno.serve");
      assert.match(await page.locator("#tables").innerText(), /5 of 5/);
    }),
);

/** Where the program says that its live view is. */
async function liveUrl(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const chunk of stderr.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const url = /^live view: (\S+)\n/m.exec(text)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`There is no live view: ${text}`);
}
