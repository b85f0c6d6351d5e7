import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { browserTest, OVERFLOW, watch } from "../../checks/testing/browser.ts";
import { profileOf } from "../../measure/explain/profile/profile.ts";
import { renderHtml } from "../html/html.ts";
import { flameData } from "./data.ts";
import { renderFlamePage } from "./page.ts";
import { titledProfiles } from "./run_profiles.ts";
import { AFTER, BEFORE, PROFILED, PROFILES } from "./testing.ts";

Deno.test("flameData() has each function once, and shares in millionths", () => {
  const titled = [BEFORE, AFTER].map((profile) => ({ title: "x", group: "", profile }));
  const { names, profiles } = flameData(titled);
  assert.equal(names.length, 4);
  const [, share, self, calls] = profiles[0]!.tree;
  assert.deepEqual([share, self, calls![0]![1], calls![0]![2]], [1e6, 0, 1e6, 200_000]);
  const many = profileOf(
    "x",
    Array.from({ length: 1000 }, (_, us) => ({ frames: [{ name: `f${us}`, kind: "user" }], us })),
  );
  const large = [{ title: "x", group: "", profile: many }];
  assert.ok(JSON.stringify(flameData(large)).length > 10_000);
  assert.ok(JSON.stringify(flameData(large, 10_000)).length <= 10_000);
});

Deno.test("renderHtml() has the profiles of a run, says which is missing, and lets no name become markup", async () => {
  assert.deepEqual(titledProfiles(PROFILED, PROFILES).length, 2);
  const page = await renderHtml(PROFILED, [], PROFILES);
  assert.match(page, /id="section-profiles"/);
  assert.match(page, /its file is not there/);
  assert.match(page, /kernel 50\.0 %/);
  assert.doesNotMatch(page, /<img/);
  assert.doesNotMatch(await renderHtml(PROFILED, []), /section-profiles|setUpFlame/);
});

browserTest("the page of two runs shows their difference at once", async (browser) => {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  try {
    const titled = [AFTER, BEFORE].map((profile, at) => ({ title: `${at}`, group: "x", profile }));
    await Deno.writeTextFile(file, await renderFlamePage("Two <runs>", titled));
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    assert.equal(await page.locator("h1").textContent(), "Two <runs>");
    assert.equal(await page.locator("rect.d3").count(), 2);
    await page.close();
  } finally {
    await Deno.remove(file);
  }
});

browserTest("a flame graph zooms, finds, compares and goes by keys, and fits", async (browser) => {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  try {
    await Deno.writeTextFile(file, await renderHtml(PROFILED, [], PROFILES));
    const { href } = pathToFileURL(file);
    const context = await browser.newContext({ offline: true });
    const troubles = await watch(context, (url) => url === href);
    const page = await context.newPage();
    await page.goto(href);
    const box = page.locator(".flame");
    const says = box.locator(".says");
    assert.equal(await box.locator("svg g").count(), 4);
    await box.getByRole("searchbox").fill("SENDMSG");
    assert.match((await says.textContent())!, /50\.0 %/);
    assert.equal(await box.locator("g.found").count(), 1);
    await box.getByRole("searchbox").fill("");
    await box.locator("svg g").first().focus();
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    assert.match((await says.textContent())!, /onerror.*library, 80\.0 %, itself 30\.0 %/);
    await page.keyboard.press("Escape");
    assert.match((await says.textContent())!, /^All CPU time/);
    await box.getByLabel("compared with").selectOption({ index: 1 });
    assert.match((await box.locator("ol").textContent())!, /50\.0 % against 70\.0 % tcp_sendmsg/);
    assert.equal(await box.locator("rect.d-3").count(), 2);
    await box.getByLabel("from the innermost function").check();
    assert.match((await box.locator("svg text").allTextContents()).join(), /^all,tcp_sendmsg/);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await page.evaluate(OVERFLOW), 0);
    }
    assert.deepEqual(troubles, []);
  } finally {
    await Deno.remove(file);
  }
});
