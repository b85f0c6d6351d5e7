/**
 * Drives the traffic of one trial in a page of headless Chromium.
 *
 * It is not one of playwright's own pages: in those the browser reports every frame of a WebSocket to playwright, which
 * doubles the time of a round trip. It talks with the generator by requests instead, none of them while the window is
 * open.
 */

import type { Browser } from "playwright-core";
import { CHROMIUM_ARGS, findChromium } from "../../../clients/chromium.ts";
import { refusesOf } from "../../../servers/contract/visitors.ts";
import { after } from "../../process/delay.ts";
import { keyDigest } from "../../process/tls/certificate.ts";
import { bundlePage, DOCUMENT, NODE_SCRIPT } from "./bundle.ts";
import { folderThatEnds } from "./folder.ts";
import type { Moment } from "../drive.ts";
import type { Carry, GeneratorTask, TrafficReport } from "../messages.ts";

export interface TrialBrowser extends AsyncDisposable {
  /** Drives the traffic of a task, once; rejects if the traffic fails, or the page or the browser ends. */
  drive: Carry;
}

/** With these, and only with these, the clock of the page goes in steps of 5 µs instead of 100 µs. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const ADDRESS = { hostname: "127.0.0.1", port: 0 } as const;
const refuses = refusesOf(ADDRESS.hostname);

/** How long the page may take until it asks for its task, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Starts Chromium and bundles the page. `trusted` is the PEM file of a certificate that it also trusts. */
export async function openBrowser(trusted?: string): Promise<TrialBrowser> {
  const bundling = bundlePage();
  bundling.catch(() => {});
  const browser = await launch(trusted);
  try {
    const script = await bundling;
    return {
      drive: (task, options) => driveIn(browser, script, task, options),
      [Symbol.asyncDispose]: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function launch(trusted: string | undefined): Promise<Browser> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  Deno.env.set("TMPDIR", folderThatEnds());
  // Chromium heeds it only in a separate profile, which playwright makes.
  const trust = trusted === undefined
    ? []
    : [`--ignore-certificate-errors-spki-list=${await keyDigest(trusted)}`];
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launch({
      executablePath: found.path,
      args: [...CHROMIUM_ARGS, ...trust],
      // A signal ends the generator at once, and Chromium with it, because its pipe closes.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
  } catch (error) {
    const [first] = (error as Error).message.split("\n");
    throw new Error(`${found.path} could not be started: ${first}`);
  }
}

async function driveIn(
  browser: Browser,
  script: string,
  task: GeneratorTask,
  { at, connected }: Parameters<Carry>[1],
): Promise<TrafficReport> {
  const { promise, resolve, reject } = Promise.withResolvers<TrafficReport>();
  promise.catch(() => {});
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();

  const answers: Record<string, (request: Request, url: URL) => Response | Promise<Response>> = {
    "GET /": () => answer(DOCUMENT, "text/html"),
    "GET /page.js": () => answer(script, "text/javascript"),
    "GET /node.js": () => answer(NODE_SCRIPT, "text/javascript"),
    "GET /task"() {
      ask();
      return answer(JSON.stringify(task), "application/json");
    },
    "POST /at"(_request, { searchParams }) {
      at(searchParams.get("moment") as Moment);
      return answer("");
    },
    async "POST /connected"() {
      return answer(String(await connected()));
    },
    async "POST /report"(request) {
      resolve(await request.json());
      return answer("");
    },
    async "POST /failed"(request) {
      reject(new Error(await request.text()));
      return answer("");
    },
  };

  const options = {
    ...ADDRESS,
    onListen() {},
    onError(error: unknown) {
      reject(error);
      return new Response("", { status: 500 });
    },
  };
  // Deno.serve would listen there, whatever its options say.
  Deno.env.delete("DENO_SERVE_ADDRESS");
  await using server = Deno.serve(options, (request) => {
    const { headers, method } = request;
    if (refuses(headers.get("host"), headers.get("origin"))) return answer("", "text/plain", 403);
    const url = new URL(request.url);
    return answers[`${method} ${url.pathname}`]?.(request, url) ?? answer("", "text/plain", 404);
  });

  browser.on("disconnected", () => reject(new Error("The browser ended during the trial")));
  const session = await browser.newBrowserCDPSession();
  await session.send("Target.setDiscoverTargets", { discover: true });
  const { targetId } = await session.send("Target.createTarget", {
    url: `http://127.0.0.1:${server.addr.port}/`,
  });
  session.on("Target.targetCrashed", (crashed) => {
    if (crashed.targetId === targetId) reject(new Error("The browser's page crashed"));
  });
  using late = after(PATIENCE_MS);
  late.over.then(() => reject(new Error(`The page did not start in ${PATIENCE_MS / 1000} s`)));
  await Promise.race([asked, promise]);
  late[Symbol.dispose]();
  try {
    return await promise;
  } finally {
    // Its connections are closed with it: the server below does not wait for them.
    await session.send("Target.closeTarget", { targetId }).catch(() => {});
  }
}

function answer(body: string, type: string = "text/plain", status: number = 200): Response {
  const headers = { ...ISOLATED, "Content-Type": `${type}; charset=utf-8` };
  return new Response(body, { status, headers });
}
