/** The plots of a page in a browser: what they say under the pointer, whose marks are hidden, and how they fit a phone. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { browserTest, watch } from "../../checks/testing/browser.ts";
import { PLOTTED } from "../plots/testdata.ts";
import { renderHtml } from "./html.ts";

/** A test of the page of a run with all its plots. */
function plotsTest(
  name: string,
  options: BrowserContextOptions,
  fn: (page: Page) => Promise<void>,
): void {
  browserTest(name, async (browser) => {
    const file = await Deno.makeTempFile({ suffix: ".html" });
    try {
      await Deno.writeTextFile(file, await renderHtml(PLOTTED));
      const { href } = pathToFileURL(file);
      const context = await browser.newContext({ offline: true, ...options });
      const troubles = await watch(context, (url) => url === href);
      const page = await context.newPage();
      await page.goto(href);
      await page.evaluate(
        `for (const one of document.querySelectorAll("details")) one.open = true`,
      );
      await fn(page);
      assert.deepEqual(troubles, []);
    } finally {
      await Deno.remove(file);
    }
  });
}

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** The drawing of a plot that is seen. */
function drawing(page: Page, id: string) {
  return page.locator(`#plot-${id} svg.plot`).filter({ visible: true });
}

plotsTest("every plot says what is under the pointer, on a wide page", WIDE, async (page) => {
  const tip = page.locator(".tip");
  const ids: string[] = await page.locator("figure").evaluateAll((all) => all.map(({ id }) => id));
  assert.ok(ids.length > 10);
  for (const id of ids) {
    const mark = page.locator(`#${id} svg.plot .mark[data-server="1"]`).filter({ visible: true });
    await mark.first().scrollIntoViewIfNeeded();
    await mark.first().hover({ force: true });
    assert.match(await tip.innerText(), /^ws[:,] .*\d/, id);
  }
});

plotsTest("a touch says what the nearest mark shows, until the next one", PHONE, async (page) => {
  const tip = page.locator(".tip");
  const svg = drawing(page, "throughput-bars");
  await svg.scrollIntoViewIfNeeded();
  const { x, y, width } = (await svg.locator(".mark").first().boundingBox())!;
  await page.touchscreen.tap(x + width / 2, y + 3);
  assert.match(
    await tip.innerText(),
    /^Deno\.serve: 100,000 messages\/s\n95\u00a0% interval [\d,]+ to [\d,]+\n7 rounds, .*\nconnections=16,size=64$/,
  );
  const title = (await page.locator("#plot-throughput-bars h3").boundingBox())!;
  await page.touchscreen.tap(title.x + 3, title.y + 3);
  assert.equal(await tip.isVisible(), false);
});

plotsTest("a legend hides a server everywhere, and shows it again", WIDE, async (page) => {
  const seen = (): Promise<number> =>
    page.locator('svg.plot [data-server="1"]').filter({ visible: true }).count();
  assert.ok(await seen() > 0);
  const ws = page.locator("#plot-scalability-lines .legend").getByRole("button", { name: "ws" });
  const other = page.locator("#plot-scalability-p99 .legend").getByRole("button", { name: "ws" });
  await page.evaluate(`document.addEventListener("wsmark:servers", () => globalThis.told = true)`);
  await ws.click();
  assert.equal(await seen(), 0);
  assert.equal(await page.evaluate("globalThis.told"), true);
  assert.equal(await page.evaluate(`document.documentElement.classList.contains("hide-1")`), true);
  assert.equal(await other.getAttribute("aria-pressed"), "false");
  await other.click();
  assert.equal(await ws.getAttribute("aria-pressed"), "true");
  assert.equal(await page.evaluate(`document.documentElement.classList.contains("hide-1")`), false);
});

plotsTest("each plot fits a phone, with text that can be read", PHONE, async (page) => {
  const plots = await page.locator("svg.plot").filter({ visible: true }).evaluateAll((all) =>
    all.map((svg) => {
      const { left, right, width } = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
      return {
        id: svg.closest("figure")!.id,
        inside: left >= 0 && right <= 390 &&
          texts.every((text) => text.left >= left - 1 && text.right <= right + 1),
        scrolls: svg.closest("figure")!.scrollWidth > svg.closest("figure")!.clientWidth,
        size: 12 * width / Number(svg.getAttribute("width")),
      };
    })
  );
  assert.ok(plots.length > 10);
  for (const { id, inside, scrolls, size } of plots) {
    assert.ok(inside && !scrolls, id);
    assert.ok(size >= 11, `${id}: ${size} px`);
  }
});

plotsTest(
  "a wide page has wide drawings, a phone narrow ones, and never both",
  WIDE,
  async (page) => {
    const shapes = (): Promise<string[]> =>
      page.locator("figure:not(.half) svg.plot").filter({ visible: true })
        .evaluateAll((all) => all.map((svg) => svg.getAttribute("class")!));
    const wide = await shapes();
    await page.setViewportSize({ width: 390, height: 844 });
    const narrow = await shapes();
    assert.deepEqual([...new Set(wide)], ["plot wide"]);
    assert.deepEqual([...new Set(narrow)], ["plot narrow"]);
    assert.equal(wide.length, narrow.length);
  },
);
