/** The page in a browser that has no network. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import type { Result } from "../../measure/model/result.ts";
import { browserTest, OVERFLOW, watch } from "../../checks/testing/browser.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { renderHtml } from "./html.ts";
import { HOSTILE, plotIn } from "./testing.ts";

/** A test of the page of a run, in a browser that may request nothing but its file. */
function pageTest(
  name: string,
  result: Result,
  fn: (page: Page, context: BrowserContext) => Promise<void>,
): void {
  browserTest(name, async (browser) => {
    const file = await Deno.makeTempFile({ suffix: ".html" });
    try {
      const plots = result.scenarios.map(({ id }) => plotIn(id, result.servers[0]!.title));
      await Deno.writeTextFile(file, await renderHtml(result, plots));
      const { href } = pathToFileURL(file);
      const context = await browser.newContext({ acceptDownloads: true, offline: true });
      const troubles = await watch(context, (url) => url === href);
      const page = await context.newPage();
      await page.goto(href);
      await fn(page, context);
      assert.deepEqual(troubles, []);
    } finally {
      await Deno.remove(file);
    }
  });
}

/** How far the page is wider than the window, with all its details open. */
async function overflow(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  return await page.evaluate(OVERFLOW);
}

for (const [name, result] of [["a run", ROUNDS], ["a hostile run", HOSTILE]] as const) {
  pageTest(
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

pageTest("the page changes its theme, and on paper it is light", ROUNDS, async (page) => {
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

pageTest("a mark under the pointer says its figures as text", HOSTILE, async (page) => {
  const mark = page.locator("svg.plot .mark").first();
  await mark.scrollIntoViewIfNeeded();
  assert.equal(await page.locator(".tip").isVisible(), false);
  await mark.hover();
  assert.match(await page.locator(".tip").innerText(), /server: <img src=x onerror=alert\(1\)>/);
  await page.mouse.move(1, 1);
  assert.equal(await page.locator(".tip").isVisible(), false);
});

pageTest("the page gives the results as a file", HOSTILE, async (page) => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download/ }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "results.json");
  const json = await readFile(await download.path(), "utf8");
  assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(HOSTILE)));
});
