/** The page in a browser, as tests see it. */

import { equal, match } from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import type { ServerProcess } from "../testing/process.ts";
import { watch } from "../../checks/testing/browser.ts";

/** A page of a server in its own window, and what went wrong. */
export async function openPage(
  browser: Browser,
  { origin }: ServerProcess,
): Promise<{ page: Page; troubles: string[]; sockets: string[] }> {
  const context = await browser.newContext();
  const address = `${origin.replace("ws:", "http:")}/`;
  const troubles = await watch(context, (url) => url === address);
  const page = await context.newPage();
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(new URL(socket.url()).host));
  const response = await page.goto(address);
  const headers = response?.headers() ?? {};
  equal(headers["content-type"], "text/html; charset=utf-8");
  match(headers["content-security-policy"]!, /^default-src 'none'; script-src 'sha256-/);
  equal(headers["x-content-type-options"], "nosniff");
  equal(headers["referrer-policy"], "no-referrer");
  return { page, troubles, sockets };
}

/** A button by its text. */
export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** Waits for a text in an element. */
export async function untilText(
  page: Page,
  selector: string,
  text: string | RegExp,
): Promise<void> {
  await page.locator(selector, { hasText: text }).waitFor();
}

/** Waits for the connection. */
export async function established(page: Page): Promise<void> {
  await untilText(page, "#state-text", "WebSocket connection established");
}

/** Waits for the end of a run; its figures by name. */
export async function resultOf(page: Page): Promise<Record<string, string>> {
  await page.locator("#result").waitFor();
  return await page.evaluate(`Object.fromEntries([...document.querySelectorAll("#facts div")]
    .map((fact) => [...fact.children].map((part) => part.textContent)))`);
}

/** The lines of the log that are elements. */
export async function lines(page: Page): Promise<string[]> {
  return await page.evaluate(
    `[...document.querySelectorAll("#log-rows .line")].map((line) => line.children[1].textContent)`,
  );
}

/** Waits for a line at the end of the log. */
export async function lastLine(page: Page, pattern: RegExp): Promise<void> {
  await page.locator("#log-rows .line:last-child span:last-child", { hasText: pattern }).waitFor();
}
