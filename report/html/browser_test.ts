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

/** What a reader sees of a table's rows but those of the reference: the texts of a column, from top to bottom. */
async function seen(page: Page, table: string, column: number): Promise<string[]> {
  const cells = page.locator(`${table} tr:not(.group) > :nth-child(${column})`);
  return await cells.evaluateAll((all) =>
    (all as unknown as Shown[]).filter((one) => one.closest("tbody") && one.offsetParent !== null)
      .filter((one) => !one.parentElement.innerText.includes("Reference"))
      .map((one) => one.innerText.replace(/^★[^]*:\s*/, "").replace(/\n.*/s, ""))
  );
}

/** What the tests ask of an element in the browser. */
interface Shown {
  readonly innerText: string;
  readonly offsetParent: unknown;
  readonly parentElement: { readonly innerText: string };
  closest(selector: string): unknown;
}

const THROUGHPUT = "#table-throughput table";

pageTest(
  "the filter shows the servers and scenarios that are typed, and Escape shows all",
  ROUNDS,
  async (page) => {
    const box = page.getByRole("searchbox");
    const isShown = (id: string): Promise<boolean> => page.locator(`#section-${id}`).isVisible();
    await page.keyboard.press("/");
    assert.ok(await box.evaluate((one) => one === one.ownerDocument.activeElement));
    await page.keyboard.type("ws through");
    assert.deepEqual(await seen(page, THROUGHPUT, 1), ["ws", "ws"]);
    assert.deepEqual([await isShown("throughput"), await isShown("connect")], [true, false]);
    assert.deepEqual(
      await page.locator("table.summary").first().locator("thead th:visible").allInnerTexts(),
      [
        "Case",
        "ws",
        "Ceiling",
      ],
    );
    assert.match(await page.getByRole("status").innerText(), /^1 of 3 servers, 1 of 3 scenarios$/);
    await box.fill("nothing");
    assert.match(await page.getByRole("status").innerText(), /^No match: .* called nothing\.$/);
    assert.equal(await isShown("connect"), true);
    await page.keyboard.press("Escape");
    assert.equal(await box.inputValue(), "");
    assert.equal((await seen(page, THROUGHPUT, 1)).length, 6);
    assert.equal(await page.locator("[role=status]").textContent(), "");
  },
);

pageTest(
  "a server is switched off in tables and plots, by its button and by the plots' event",
  ROUNDS,
  async (page) => {
    const chip = page.locator(".chip", { hasText: "ws" });
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
    await chip.press("Enter");
    assert.equal(await chip.getAttribute("aria-pressed"), "false");
    assert.deepEqual(await seen(page, THROUGHPUT, 1), [
      "Deno.serve",
      "socket.io",
      "Deno.serve",
      "socket.io",
    ]);
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal((await seen(page, THROUGHPUT, 1)).length, 6);
    await page.evaluate(`{
    document.documentElement.classList.add("hide-0");
    document.dispatchEvent(new CustomEvent("wsmark:servers"));
  }`);
    const other = page.locator(".chip", { hasText: "Deno.serve" });
    assert.equal(await other.getAttribute("aria-pressed"), "false");
    assert.deepEqual(await seen(page, THROUGHPUT, 1), ["ws", "socket.io", "ws", "socket.io"]);
  },
);

pageTest(
  "a heading sorts the rows of each group by value: up, down, and as before",
  ROUNDS,
  async (page) => {
    const head = page.locator(`${THROUGHPUT} th`, { hasText: "Rate" });
    const before = await seen(page, THROUGHPUT, 2);
    const numbers = (texts: readonly string[]): number[] =>
      texts.map((text) => Number(text.replace(/[^\d.]/g, "")));
    await head.getByRole("button").press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    const up = numbers(await seen(page, THROUGHPUT, 2));
    assert.deepEqual(up, [47_500, 122_000, 152_000, 21_300, 55_100, 55_900]);
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const down = numbers(await seen(page, THROUGHPUT, 2));
    assert.deepEqual(down, [152_000, 122_000, 47_500, 55_900, 55_100, 21_300]);
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), null);
    assert.deepEqual(await seen(page, THROUGHPUT, 2), before);
  },
);

pageTest(
  "the heading of a row orders the servers side by side by it",
  ROUNDS,
  async (page) => {
    const table = page.locator("table.summary").first();
    const servers = async (): Promise<string[]> =>
      (await table.locator("thead th").allInnerTexts()).slice(1, 4);
    const before = await servers();
    const heading = table.locator("th[scope=row]", { hasText: "16 KiB" });
    await heading.getByRole("button").click();
    assert.deepEqual(await servers(), ["socket.io", "Deno.serve", "ws"]);
    const figures = await heading.locator("xpath=..").locator("td").allInnerTexts();
    assert.match(figures[0]!, /21,300/);
    await heading.getByRole("button").click();
    assert.equal(await heading.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await servers(), ["ws", "Deno.serve", "socket.io"]);
    await heading.getByRole("button").click();
    assert.deepEqual(await servers(), before);
  },
);

pageTest(
  "a row of CPU time stays with its case when the servers side by side are sorted",
  ROUNDS,
  async (page) => {
    const table = "table.summary >> nth=0";
    await page.locator(table).getByRole("button", { name: "Deno.serve" }).click();
    const rows = await page.locator(table).locator("tbody").first().locator("tr").allInnerTexts();
    assert.deepEqual(rows.map((row) => row.split("\t")[0]), [
      rows[0],
      "16 connections, 16 in flight, 16 KiB",
      "CPU time per message, µs",
      "16 connections, 16 in flight, 64 B",
      "CPU time per message, µs",
    ]);
  },
);

pageTest(
  "a table of several scenarios is sorted as a whole, and each row says where it is from",
  ROUNDS,
  async (page) => {
    const table = page.locator("#table-verdicts table");
    await page.evaluate(`location.hash = "#section-verdicts"`);
    await table.getByRole("button", { name: "Ratio", exact: true }).click();
    const ratios = (await seen(page, "#table-verdicts table", 4)).filter((text) => text !== "").map(
      Number,
    );
    assert.deepEqual(ratios, ratios.toSorted((a, b) => a - b));
    assert.equal(await table.locator("tr.group:visible").count(), 0);
    assert.match(await table.locator("tbody th.key").first().innerText(), /\n\w+, .+/);
  },
);

/** What is cut off: an element that ends beyond the window, unless it is in a box that scrolls and says so. */
const CUT = `[...document.querySelectorAll("main *, header *, nav *, .tools *")].filter((one) => {
  const { right, width } = one.getBoundingClientRect();
  if (width === 0 || right <= innerWidth + 1 || one.closest(".unseen, .skip, svg svg, defs")) return false;
  const box = one.closest(".scroll, .chips, nav ul");
  if (box === null || box === one) return true;
  const hint = box.previousElementSibling;
  return box.matches(".scroll") && !(hint?.matches(".hint") && hint.getClientRects().length > 0);
}).map((one) => one.outerHTML.slice(0, 100))`;

for (const [name, result] of [["a run", ROUNDS], ["a hostile run", HOSTILE]] as const) {
  pageTest(`nothing of the page of ${name} is cut off on a phone`, result, async (page) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(OVERFLOW);
    await page.waitForFunction(`document.querySelector(".hint:not([hidden])") !== null`);
    assert.deepEqual(await page.evaluate(CUT), []);
  });
}

pageTest(
  "the page copies the command line that repeats the run, or selects it",
  ROUNDS,
  async (page) => {
    const button = page.getByRole("button", { name: "Copy" });
    await button.click();
    await page.waitForFunction(`document.querySelector("[data-copy]").textContent !== "Copy"`);
    assert.match(await page.evaluate("String(getSelection())"), /^deno task bench /);
  },
);

pageTest("the page gives the results as a file", HOSTILE, async (page) => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download/ }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "results.json");
  const json = await readFile(await download.path(), "utf8");
  assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(HOSTILE)));
});
