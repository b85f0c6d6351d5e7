/** The live view in a browser that reaches nothing else. */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, watch } from "../../checks/testing/browser.ts";
import { inFolder } from "../../bench/testing/folder.ts";
import type { LiveEvent } from "./state.ts";
import { completed, ended, EVIL, failed, PLAN, plannedOf, pulse, started } from "./testing.ts";
import { type LiveView, openLiveView } from "./server.ts";

const PROGRAM = new URL("../../mod.ts", import.meta.url).href;

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

function tell(view: LiveView, ...events: readonly LiveEvent[]): void {
  for (const event of events) {
    if (event.kind === "pulse") view.pulse(event.pulse);
    else if (event.kind !== "gone") view.happened(event);
  }
}

const [first, second] = ["native", "evil"].map((id) => plannedOf(id, "throughput", 1)) as [
  ReturnType<typeof plannedOf>,
  ReturnType<typeof plannedOf>,
];

liveTest("the live view shows names as text, fits, and keeps its last state", async (open) => {
  const view = await openLiveView(PLAN, `results/${EVIL}`);
  tell(view, started(first), pulse(100, "warm-up"), pulse(300));
  const page = await open(view.url);
  await reads(page, "#trial", "Deno.serve · Throughput");
  await reads(page, "#rate .figure", "1,500 messages/s");
  await reads(page, "#latency .figure", "0.5 ms mean, longest 2 ms");
  assert.match(await page.locator("#rate .line").getAttribute("d") ?? "", /^M[\d.]+ [\d.]+L/);

  tell(view, completed(first, 1234), started(second), failed(second, `it ended: ${EVIL}`));
  await reads(page, "#counts", "2 of 12 trials · 1 failed");
  await reads(page, "#tables tbody tr:first-child", "1,234");
  await reads(page, "#tables .reasons", `✗ ${EVIL}: failed in round 1: it ended: ${EVIL}`);
  await reads(page, "#warnings li.failed", `The trial failed: it ended: ${EVIL}`);
  assert.equal(await page.locator("img").count(), 0);

  const late = await open(view.url);
  await reads(late, "#counts", "2 of 12 trials · 1 failed");
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const excess = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      assert.equal(excess, 0, `${width} px, ${colorScheme}`);
    }
  }

  tell(view, ended("interrupted"));
  await view[Symbol.asyncDispose]();
  for (const one of [page, late]) {
    await reads(one, "#status", "The run was interrupted");
    await reads(one, "#after", EVIL);
    assert.equal(await one.locator("#now").isVisible(), false);
  }
  // It asks the stopped server for nothing any more.
  for (const one of [page, late]) {
    assert.deepEqual(await one.evaluate("streams.map((one) => one.readyState)"), [CLOSED]);
  }
});

liveTest("the live view says that a run has ended if it does not know how", async (open) => {
  const view = await openLiveView(PLAN, "results/x");
  const page = await open(view.url);
  await reads(page, "#status", "Running");
  await view[Symbol.asyncDispose]();
  await reads(page, "#status", "The run has ended");
});

liveTest(
  "run --live is followed by a page from the plan to the end",
  (open) =>
    inFolder(async (folder) => {
      const args = "--servers native --scenarios latency --rounds 5 --duration 1.5 --warmup 0.2";
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--allow-all", PROGRAM, "--live", "--no-config", "--reports", "json"]
          .concat(args.split(" "), "--out", `${folder}/run`),
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const [ours, rest] = child.stderr.tee();
      const url = await liveUrl(ours);
      const page = await open(url);
      await reads(page, "#status", /Running|finished/);
      await reads(page, "#plan", /^Deno\.serve: 1 case of 1 scenario in 5 rounds/);
      await reads(page, "#status", "The run has finished");
      await reads(page, "#tables tbody tr:first-child", /5 of 5/);
      assert.match(await new Response(rest).text(), /^live view: http:\/\/127\.0\.0\.1:\d+\/$/m);
      assert.equal((await child.status).code, 0);
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
