/** A browser for the tests of pages. */

import type { Browser, BrowserContext } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "../../clients/chromium.ts";
import { type Lack, lacking, lackOf } from "./needs.ts";

/** Guards against a hang, in milliseconds: a slow machine takes its time. */
export const PATIENCE_MS = 120_000;

/** One browser for all tests of a file: to start it takes longer than most of them. */
let running: Browser | undefined;

Deno.test.afterAll(async () => await running?.close());

/**
 * Registers a test with a browser that shows nothing yet.
 *
 * @param lack what it lacks in addition to Chromium; undefined if that is nothing
 */
export function browserTest(
  name: string,
  fn: (browser: Browser) => Promise<void>,
  lack?: Lack,
): void {
  Deno.test(lacking(lackOf(["Chromium"]) ?? lack, {
    name,
    // Playwright keeps timers and pipes as long as the browser runs.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const browser = running?.isConnected() ? running : running = await launch();
      try {
        await fn(browser);
      } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
      }
    },
  }));
}

/** Starts Chromium. */
async function launch(): Promise<Browser> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath: found.path,
    args: [...CHROMIUM_ARGS],
    timeout: PATIENCE_MS,
  });
}

/**
 * Lets a browser request only what is allowed, and gives its pages time.
 *
 * @param isAllowed whether a URL, without its fragment, may be requested
 * @returns what goes wrong: a list that grows
 */
export async function watch(
  context: BrowserContext,
  isAllowed: (url: string) => boolean,
): Promise<string[]> {
  const troubles: string[] = [];
  context.setDefaultTimeout(PATIENCE_MS);
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (isAllowed(url.split("#")[0]!)) return route.continue();
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

/** How far a page is wider than the window, with all its details open. */
export const OVERFLOW = `{
  for (const one of document.querySelectorAll("details")) one.open = true;
  document.documentElement.scrollWidth - document.documentElement.clientWidth;
}`;
