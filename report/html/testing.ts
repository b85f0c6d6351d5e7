/**
 * A hostile result, a small plot, and a browser for the tests of pages.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Browser, BrowserContext } from "playwright-core";
import type { Result } from "../../measure/result.ts";
import type { Plot } from "../plots/types.ts";
import { RESULT } from "../testdata.ts";

const EVIL = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  `"'><svg onload=alert(1)>`,
];

/** A run whose servers, machine and failures are named to break a page. */
export const HOSTILE: Result = {
  ...RESULT,
  servers: RESULT.servers.map((server, index) => ({
    ...server,
    title: EVIL[index]!,
    library: EVIL[index]!,
    notes: EVIL,
  })),
  scenarios: RESULT.scenarios.map((scenario) => ({
    ...scenario,
    title: `${EVIL[1]} ${scenario.title}`,
    question: EVIL[0]!,
    cases: scenario.cases.map((one) => ({ ...one, title: `${EVIL[2]} ${one.title}` })),
    metrics: scenario.metrics.map((metric) => ({ ...metric, title: `${EVIL[0]} ${metric.title}` })),
  })),
  machine: EVIL.map((value) => ({ group: value, name: "Model", value })),
  settings: { ...RESULT.settings, command: EVIL[1]!, profile: EVIL[2]! },
  trials: RESULT.trials.map((trial) =>
    trial.state === "failed" ? { ...trial, reason: EVIL.join("") } : trial
  ),
};

/** A plot for a section, of one bar of this name. */
export function plotIn(section: string, server: string = "ws"): Plot {
  return {
    id: `in ${section}`,
    section,
    title: `How fast is ${server}?`,
    alt: `One bar: ${server} has 7.`,
    caption: `A machine with ${server}`,
    spec: {
      width: 600,
      data: { values: [{ server, rate: 7 }] },
      mark: { type: "bar", clip: true },
      encoding: {
        y: { field: "server", type: "nominal" },
        x: { field: "rate", type: "quantitative", title: server },
        color: { field: "server", type: "nominal" },
      },
    },
  };
}

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The path of a Chromium on PATH; undefined where there is none. */
function findChromium(): string | undefined {
  const folders = ["/usr/bin", ...(Deno.env.get("PATH") ?? "").split(":")];
  const paths = folders.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`));
  return paths.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** A test in Chromium. Where it is missing the test is left out, but never where all must be checked. */
export function browserTest(name: string, fn: (browser: Browser) => Promise<void>): void {
  const executablePath = findChromium();
  const isSkipped = executablePath === undefined && Deno.env.get("CI") === undefined;
  Deno.test({
    name: isSkipped ? `${name} (skipped: no Chromium on PATH)` : name,
    ignore: isSkipped,
    // Playwright keeps timers and pipes of its own until after the browser has gone.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      assert.ok(
        executablePath,
        "There is no Chromium on PATH, and CI is set: install Debian's chromium",
      );
      const { chromium } = await import("playwright-core");
      const browser = await chromium.launch({ executablePath, args: ARGS });
      try {
        await fn(browser);
      } finally {
        await browser.close();
      }
    },
  });
}

/** Cuts a browser off from all but some addresses; gives the list of what goes wrong, which grows. */
export async function isolate(
  context: BrowserContext,
  isAllowed: (url: string) => boolean,
): Promise<string[]> {
  const troubles: string[] = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (isAllowed(url)) return route.continue();
    troubles.push(`request of ${url}`);
    return route.abort();
  });
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
