/** The page in a browser, as every TypeScript server of the list serves it. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { servers } from "../mod.ts";
import { lackOfServer, startProcess, withPage } from "../testing/process.ts";
import type { ServerEntry } from "../types.ts";
import { browserTest, OVERFLOW } from "../../checks/testing/browser.ts";
import { button, established, lastLine, lines, openPage, resultOf, untilText } from "./testing.ts";

/** An echo that gives no reply to every 1,000th message. */
const lossy: ServerEntry = {
  id: "lossy",
  title: "Lossy",
  protocol: "websocket",
  launch: {
    by: "contract",
    command: () => [
      Deno.execPath(),
      ...["run", "--quiet", "--allow-all", import.meta.resolve("../../checks/verify/server.ts")],
      ...["--drop", "1000"],
    ],
  },
};

// One file under several runtimes has one page.
for (const entry of withPage.filter(({ id }) => !/-(node|bun)$/.test(id))) {
  browserTest(`every button of the page works on the server ${entry.id}`, async (browser) => {
    await using server = await startProcess(entry);
    const { page, troubles, sockets } = await openPage(browser, server);
    await established(page);
    equal(await page.locator("h1").innerText(), `wsmark: server ${entry.id}`);
    await sendOne(page);
    await sendMany(page);
    await stop(page);
    await clear(page);
    await reconnect(page);
    deepEqual(troubles, []);
    deepEqual([...new Set(sockets)], [new URL(server.origin).host]);
  }, lackOfServer(entry));
}

async function sendOne(page: Page): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill("größe <b>");
  await button(page, "Send One Message").click();
  await lastLine(page, /^Received: größe <b> - \d{1,3}$/);
  equal((await lines(page)).at(-2), "Sent: größe <b>");
  match(await page.locator("#reply").innerText(), /^[\d.]+\u00A0ms größe <b> - \d{1,3}$/);
  await page.getByLabel("Message", { exact: true }).fill("by key");
  await page.keyboard.press("Enter");
  await lastLine(page, /^Received: by key - \d{1,3}$/);
}

async function sendMany(page: Page): Promise<void> {
  await button(page, "Start 10,000 Messages").click();
  const { Time, "Messages/s": rate, "Longest frame": frame, ...result } = await resultOf(page);
  deepEqual(
    ["Sent", "Received", "Lost", "Duplicated", "Reordered", "Corrupted"].map((name) =>
      result[name]
    ),
    ["10,000", "10,000", "0", "0", "0", "0"],
  );
  for (
    const time of [
      Time,
      frame,
      ...["p50", "p90", "p99", "max"].map((p) => result[`Latency ${p}`]),
    ]
  ) {
    match(time!, /^\d+(\.\d+)?\u00A0m?s$/);
  }
  match(rate!, /^[\d,]+$/);
  match(
    await page.locator("#summary").innerText(),
    /none lost, duplicated, reordered or corrupted/,
  );
  ok(await page.locator("#figure rect").count() > 0, "a histogram");
  await lastLine(page, /^Received: Hello Server 10000 - \d{1,3}$/);
  ok((await lines(page)).length < 80, "few lines are elements");
  match(await page.locator("#log-size").innerText(), /^20,00\d lines$/);
}

async function stop(page: Page): Promise<void> {
  await page.getByLabel("Messages", { exact: true }).fill("500000");
  // Large ones, of which only few are under way at a time.
  await page.getByLabel("Bytes each, at least").fill("10000");
  await button(page, "Start 500,000 Messages").click();
  await page.locator("#progress-text", { hasText: /, [1-9][\d,]* received/ }).waitFor();
  equal(await button(page, "Connect").isDisabled(), true);
  // By key, because the focus went from the disabled button to this one; a click waits until nothing moves.
  await page.keyboard.press("Space");
  const { Lost, Sent, Received } = await resultOf(page);
  deepEqual([Lost, Sent], ["0", Received]);
  await untilText(page, "#summary", "Stopped before 500,000 messages were through");
}

async function clear(page: Page): Promise<void> {
  await button(page, "Clear Log").click();
  await untilText(page, "#log-size", /^0 lines$/);
  deepEqual(await lines(page), []);
}

async function reconnect(page: Page): Promise<void> {
  equal(await button(page, "Connect").isDisabled(), true);
  await button(page, "Disconnect").click();
  await untilText(page, "#state-text", "Disconnected");
  for (const name of ["Send One Message", /^Start/, "Stop", "Disconnect"]) {
    equal(await button(page, name).isDisabled(), true, String(name));
  }
  await button(page, "Connect").click();
  await established(page);
  equal(await button(page, "Connect").isDisabled(), true);
  equal(await button(page, "Disconnect").isDisabled(), false);
  await page.getByLabel("Server's answer").selectOption("/json");
  await established(page);
  await page.getByLabel("Messages", { exact: true }).fill("300");
  await page.keyboard.press("Enter");
  const { Received, Corrupted } = await resultOf(page);
  deepEqual([Received, Corrupted], ["300", "0"]);
  equal(await page.evaluate("document.activeElement.id"), "start", "the focus is not lost");
}

browserTest("the log stays at its end until the reader leaves it", async (browser) => {
  await using server = await startProcess(servers[0]!);
  const { page } = await openPage(browser, server);
  await established(page);
  await button(page, "Start 10,000 Messages").click();
  await resultOf(page);
  await lastLine(page, /^Received: Hello Server 10000/);

  // As high as all lines for one layout, and back before anybody could draw.
  await page.evaluate(`const log = document.querySelector("#log");
    log.style.height = "1000000px"; log.style.maxHeight = "none"; log.scrollTop;
    log.removeAttribute("style"); log.scrollTop;`);
  await lastLine(page, /^Received: Hello Server 10000/);
  await button(page, "Send One Message").click();
  await lastLine(page, /^Received: (?!Hello Server 10000)/);

  await page.locator("#log").hover();
  await page.mouse.wheel(0, -5000);
  await lastLine(page, /Hello Server 9\d\d\d/);
  await button(page, "Send One Message").click();
  await untilText(page, "#log-size", /^20,00[6-9] lines$/);
  await lastLine(page, /Hello Server 9\d\d\d/);
  await button(page, "Latest Line").click();
  await lastLine(page, /^Received: (?!Hello Server 10000)/);
  await button(page, "Latest Line").waitFor({ state: "hidden" });
  await button(page, "Clear Log").click();
  await button(page, "Start 10,000 Messages").click();
  await resultOf(page);
  await lastLine(page, /^Received: Hello Server 10000/);
});

browserTest("the log follows a run though the reader has touched it", async (browser) => {
  await using server = await startProcess(servers[0]!);
  const touches: readonly ((page: Page) => Promise<void>)[] = [
    (page) => page.locator("#log").click(),
    (page) => page.locator("#log").press("End"),
    async (page) => {
      await page.locator("#log").hover();
      // There is nothing above the first line.
      await page.mouse.wheel(0, -300);
      await page.mouse.wheel(0, 300);
    },
  ];
  for (const touch of touches) {
    const { page } = await openPage(browser, server);
    // Tall: the log becomes smaller as the results come.
    await page.setViewportSize({ width: 1280, height: 1200 });
    await established(page);
    await touch(page);
    await button(page, "Start 10,000 Messages").click();
    await page.locator("#progress-text", { hasText: /, [1-9][\d,]* received/ }).waitFor();
    await page.locator("#log").click();
    await resultOf(page);
    await lastLine(page, /^Received: Hello Server 10000/);
    equal(await button(page, "Latest Line").isVisible(), false);
  }
});

browserTest(
  "the page connects to another URL than the one that it is connected to",
  async (browser) => {
    await using server = await startProcess(servers[0]!);
    const { page } = await openPage(browser, server);
    await established(page);
    const connect = button(page, "Connect");
    equal(await connect.isDisabled(), true);
    await page.getByLabel("Server URL").fill(`${server.origin}/echo`);
    equal(await connect.isDisabled(), false);
    await page.getByLabel("Server URL").fill(server.origin);
    equal(await connect.isDisabled(), true);
    await page.getByLabel("Server URL").fill(`${server.origin}/echo`);
    await connect.focus();
    await page.keyboard.press("Enter");
    await untilText(page, "#log-rows", `Connecting to ${server.origin}/echo`);
    await established(page);
    equal(await connect.isDisabled(), true);
    equal(await page.evaluate("document.activeElement.id"), "disconnect", "the focus is not lost");
  },
);

browserTest("the page of one server shows what another one lost", async (browser) => {
  await using home = await startProcess(servers[0]!);
  await using other = await startProcess(lossy);
  const { page, troubles, sockets } = await openPage(browser, home);
  await established(page);
  await page.getByLabel("Server URL").fill(other.origin);
  await page.getByLabel("Server's answer").selectOption("/echo");
  await untilText(page, "#log-rows", `Connecting to ${other.origin}/echo`);
  await established(page);
  await button(page, "Start 10,000 Messages").click();
  const { Sent, Received, Lost, Duplicated, Reordered } = await resultOf(page);
  deepEqual([Sent, Received, Lost, Duplicated, Reordered], ["10,000", "9,990", "10", "0", "0"]);
  match(
    await page.locator("#summary").innerText(),
    /^Ended after 3 s without a reply.*: 10 lost\.$/,
  );
  equal(await page.locator("#facts .wrong").innerText(), "10");
  deepEqual(troubles, []);
  deepEqual(new Set(sockets), new Set([home, other].map(({ origin }) => new URL(origin).host)));
});

browserTest("the page says in one line what is wrong, and goes on", async (browser) => {
  await using home = await startProcess(servers[0]!);
  const doomed = await startProcess(lossy);
  const { page, troubles } = await openPage(browser, home);
  const state = page.locator("#state-text");
  await established(page);

  const connectTo = async (url: string): Promise<void> => {
    await page.getByLabel("Server URL").fill(url);
    await button(page, "Connect").click();
  };
  await connectTo("ftp://somewhere");
  match(
    await state.innerText(),
    /^Cannot connect to 'ftp:\/\/somewhere': no URL of a server; give/,
  );
  equal(await button(page, /^Start/).isDisabled(), true);
  await connectTo(`${home.origin}/nowhere`);
  await untilText(page, "#state-text", "/nowhere (code 1006): check that a server runs there");
  await page.getByLabel("Protocol").selectOption("socket.io");
  await connectTo(home.origin);
  await untilText(page, "#state-text", "namespace /tag (code 1006): check that a server runs");
  await page.getByLabel("Protocol").selectOption("websocket");
  deepEqual(troubles.filter((trouble) => !/^console: WebSocket connection to/.test(trouble)), []);

  await connectTo(`${doomed.origin}/echo`);
  await established(page);
  await page.getByLabel("Messages", { exact: true }).fill("500000");
  // Large ones, of which only few are under way at a time: the page has time for more than their replies.
  await page.getByLabel("Bytes each, at least").fill("10000");
  await button(page, /^Start/).click();
  await page.locator("#progress-text", { hasText: /, [1-9][\d,]* received/ }).waitFor();
  await doomed[Symbol.asyncDispose]();
  const { Lost } = await resultOf(page);
  ok(Number(Lost!.replaceAll(",", "")) > 0, `lost ${Lost}`);
  match(await state.innerText(), /^Connection closed \(code 1006\)$/);
  match(await page.locator("#summary").innerText(), /^The connection ended during the run/);
});

browserTest(
  "the page fits on a phone and a desk, and has a name for each field",
  async (browser) => {
    await using server = await startProcess(servers[0]!);
    const { page, troubles } = await openPage(browser, server);
    await established(page);
    await button(page, "Start 10,000 Messages").click();
    await resultOf(page);
    for (const width of [360, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        equal(await page.evaluate(OVERFLOW), 0, `${width} px, ${colorScheme}`);
      }
      if (width > 390) continue;
      const small: string[] = await page.evaluate(
        `[...document.querySelectorAll("button, input, select")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.id)`,
      );
      deepEqual(small, [], "every target is at least 44 px high");
    }
    const nameless: string[] = await page.evaluate(
      `[...document.querySelectorAll("input, select")].filter((one) => one.labels.length !== 1)
      .map((one) => one.id)`,
    );
    deepEqual(nameless, []);
    deepEqual(await tabStops(page), [
      ...["url", "protocol", "behaviour", "disconnect", "text", "send", "count", "size"],
      ...["start", "clear", "log"],
    ]);
    deepEqual(troubles, []);
  },
);

/** The ids of what the Tab key goes to, from the top. */
async function tabStops(page: Page): Promise<string[]> {
  const ids: string[] = [];
  await page.locator("h1").click();
  while (ids.length < 30) {
    await page.keyboard.press("Tab");
    const id: string = await page.evaluate("document.activeElement.id");
    if (id === "" || ids.includes(id)) break;
    ids.push(id);
  }
  return ids;
}
