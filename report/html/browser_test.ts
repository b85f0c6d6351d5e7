/** The page in a browser that has no network. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import type { Result } from "../../measure/result.ts";
import { ROUNDS } from "../rounds_testdata.ts";
import { renderHtml } from "./html.ts";
import { findChromium, HOSTILE, launch, plotIn } from "./testing.ts";

const chromium = findChromium();
const isRequired = Deno.env.get("CI") !== undefined;

/** Where Chromium is missing the tests are left out, but never where all must be checked. */
function browserTest(
  name: string,
  result: Result,
  fn: (page: Page, context: BrowserContext) => Promise<void>,
): void {
  const isSkipped = chromium === undefined && !isRequired;
  Deno.test({
    name: isSkipped ? `${name} (skipped: no Chromium on PATH)` : name,
    ignore: isSkipped,
    // Playwright keeps timers and pipes of its own until after the browser has gone.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      assert.ok(chromium, "There is no Chromium on PATH, and CI is set: install Debian's chromium");
      const file = await Deno.makeTempFile({ suffix: ".html" });
      const browser = await launch(chromium);
      try {
        const plots = result.scenarios.map(({ id }) => plotIn(id, result.servers[0]!.title));
        await Deno.writeTextFile(file, await renderHtml(result, plots));
        const context = await browser.newContext({ acceptDownloads: true });
        const troubles = await isolate(context, pathToFileURL(file).href);
        const page = await context.newPage();
        await page.goto(pathToFileURL(file).href);
        await fn(page, context);
        assert.deepEqual(troubles, []);
      } finally {
        await browser.close();
        await Deno.remove(file);
      }
    },
  });
}

/** Cuts a browser off from all but one file; gives the list of what goes wrong, which grows. */
async function isolate(context: BrowserContext, allowed: string): Promise<string[]> {
  const troubles: string[] = [];
  await context.setOffline(true);
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.split("#")[0] === allowed) return route.continue();
    troubles.push(`request of ${url}`);
    return route.abort();
  });
  context.on("requestfailed", (request) => troubles.push(`failed request of ${request.url()}`));
  context.on("console", (message) => troubles.push(`console: ${message.text()}`));
  context.on("weberror", (error) => troubles.push(`error: ${error.error().message}`));
  context.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await context.addInitScript({
    content: `document.addEventListener("securitypolicyviolation", (event) => {
      console.error("policy: " + event.violatedDirective + " " + event.blockedURI);
    });`,
  });
  return troubles;
}

/** How far the page is wider than the window, with all its details open. */
async function overflow(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  return await page.evaluate(`{
    for (const one of document.querySelectorAll("details")) one.open = true;
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  }`);
}

for (const [name, result] of [["a run", ROUNDS], ["a hostile run", HOSTILE]] as const) {
  browserTest(
    `the page of ${name} shows offline, without an error, and fits`,
    result,
    async (page) => {
      assert.equal(await page.locator("h1").count(), 1);
      assert.equal(await page.locator("svg.plot").count(), result.scenarios.length);
      assert.equal(await page.locator("img").count(), 0);
      for (const width of [1280, 390]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.equal(await overflow(page, width), 0, `${width} px, ${colorScheme}`);
        }
      }
    },
  );
}

browserTest("the page changes its theme, and on paper it is light", ROUNDS, async (page) => {
  const ground = (): Promise<string> =>
    page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const plot = (): Promise<string> =>
    page.evaluate(`getComputedStyle(document.querySelector("svg.plot rect")).fill`);
  await page.emulateMedia({ colorScheme: "light" });
  const light = [await ground(), await plot()];
  assert.deepEqual(light, ["rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
  await page.getByRole("button", { name: "Dark theme" }).click();
  assert.notEqual(await ground(), light[0]);
  assert.notEqual(await plot(), light[1]);
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  assert.deepEqual([await ground(), await plot()], light);
});

browserTest("a mark under the pointer says its figures as text", HOSTILE, async (page) => {
  const mark = page.locator("svg.plot .mark").first();
  await mark.scrollIntoViewIfNeeded();
  assert.equal(await page.locator(".tip").isVisible(), false);
  await mark.hover();
  assert.match(await page.locator(".tip").innerText(), /server: <img src=x onerror=alert\(1\)>/);
  await page.mouse.move(1, 1);
  assert.equal(await page.locator(".tip").isVisible(), false);
});

browserTest("the page gives the results as a file", HOSTILE, async (page) => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download/ }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "results.json");
  const json = await readFile(await download.path(), "utf8");
  assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(HOSTILE)));
});
