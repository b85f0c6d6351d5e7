/**
 * The live view of a run: a page in the browser that follows it. Its server listens on loopback, for its own page
 * alone, and keeps it up to date by server-sent events.
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { after as delay } from "../../bench/process/delay.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { commandFor } from "../started_as.ts";
import { createFigures } from "./figures.ts";
import type { RunFollower } from "./follower.ts";
import { answer, HEADERS, serveLoopback } from "./loopback.ts";
import { newsFor, type Seen } from "./news.ts";
import { renderLivePage } from "./page.ts";
import { after, beginning, type LiveEvent } from "./state.ts";

/** The report that the live view serves. */
const REPORT = "report.html";

/**
 * Opens a live view. Disposing ends it; its pages then show the last state, and keep the report.
 *
 * @param folder where the results of the run go
 */
export async function openLiveView(plan: RunPlan, folder: string): Promise<RunFollower> {
  const place = { folder: resolve(folder), resume: commandFor("resume", folder) };
  let state = beginning(plan, place, performance.now());
  const figures = createFigures();
  const server = startLiveServer<Seen>({
    ...await renderLivePage(),
    hasNews: (seen) => seen?.version !== state.version || seen.points !== state.pointsSoFar,
    news: (seen) => ({
      text: JSON.stringify(newsFor(state, seen, figures)),
      seen: { version: state.version, points: state.pointsSoFar },
      // A page that is to fetch the report ends the stream itself when it has it.
      isLast: state.isOver && !state.hasReport,
    }),
    report: () => state.hasReport ? join(folder, REPORT) : undefined,
  });

  function change(event: LiveEvent): void {
    state = after(state, event, performance.now());
    server.changed();
  }

  return {
    url: server.url,
    happened: change,
    pulse: (pulse) => change({ kind: "pulse", pulse }),
    reported(failure) {
      const hasReport = existsSync(join(folder, REPORT));
      change({ kind: "reported", hasReport, ...(failure !== undefined && { failure }) });
    },
    async [Symbol.asyncDispose]() {
      // A run that ended well has sent its last state already.
      if (!state.isOver) change({ kind: "gone" });
      await server.close();
    },
  };
}

export interface Message<Seen> {
  /** The message: one line. */
  readonly text: string;
  /** What the page has been sent with it. */
  readonly seen: Seen;
  readonly isLast: boolean;
}

export interface LivePage<Seen> {
  readonly html: string;
  /** Its Content-Security-Policy. */
  readonly policy: string;
  /** Whether there is something to send to a page that was sent this, or nothing yet. */
  hasNews(seen: Seen | undefined): boolean;
  news(seen: Seen | undefined): Message<Seen>;
  /** Path of the report; undefined as long as there is none. */
  report(): string | undefined;
}

export interface LiveServer {
  readonly url: string;
  /** To be called when there is news; it costs next to nothing while no page is open. */
  changed(): void;
  /** Sends every page the last message, which must exist by now, lets it fetch the report, and ends. */
  close(): Promise<void>;
}

/** The least time between two messages to a page, in milliseconds: five in a second. */
const GAP_MS = 200;
/** Pages at once; more are refused. */
const MOST_PAGES = 32;
/** How long the last message and the report may take, in milliseconds. */
const PATIENCE_MS = 2000;
/** When a page that has lost the server tries again, in milliseconds. */
const RETRY_MS = 1000;

/** How long a browser may show the report without asking again, in seconds: the server has gone by then. */
const KEPT_S = 24 * 60 * 60;

/**
 * Serves a page on 127.0.0.1, on a port that the system chooses. A page is sent the newest state when it has taken the
 * last message, never a queue of older ones: a page that takes nothing costs no memory.
 *
 * @param gapMs the least time between two messages to a page
 * @throws {UsageError} if the environment makes every server of Deno listen elsewhere
 */
export function startLiveServer<Seen>(page: LivePage<Seen>, gapMs: number = GAP_MS): LiveServer {
  const wakes = new Set<() => void>();
  const server = serveLoopback("The live view", 0, respond);

  async function respond(path: string): Promise<Response> {
    if (path === "/") {
      return answer(200, page.html, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": page.policy,
      });
    }
    const report = path === `/${REPORT}` ? page.report() : undefined;
    if (report !== undefined) return await answerReport(report);
    if (path !== "/events") return answer(404, "There is no such page");
    if (wakes.size >= MOST_PAGES) return answer(503, `${MOST_PAGES} pages are open already`);
    return new Response(messagesTo(page, wakes, gapMs), {
      headers: { ...HEADERS, "content-type": "text/event-stream" },
    });
  }

  function changed(): void {
    for (const wake of [...wakes]) wake();
  }

  return {
    url: server.url,
    changed,
    async close() {
      changed();
      using late = delay(PATIENCE_MS);
      // A page that takes nothing would delay this for ever.
      await Promise.race([server.answered(), late.over]);
      await server.close();
    },
  };
}

/** The report, which brings its own policy; a page fetches it before the server goes, and shows it from its cache. */
async function answerReport(path: string): Promise<Response> {
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return answer(404, "There is no report any more");
  return answer(200, text, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": `private, max-age=${KEPT_S}`,
  });
}

/** The messages to one page. None is made before the page has taken the last one. */
function messagesTo<Seen>(
  page: LivePage<Seen>,
  wakes: Set<() => void>,
  gapMs: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let seen: Seen | undefined;
  let sentMs = -Infinity;
  let isOpen = true;
  let resume = (): void => {};
  const wake = (): void => resume();
  wakes.add(wake);

  /** Waits for news, for the time to be over, or for the page to be closed. */
  async function pause(ms?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    resume = resolve;
    const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  return new ReadableStream({
    async pull(controller) {
      while (isOpen && !page.hasNews(seen)) await pause();
      for (;;) {
        const restMs = sentMs + gapMs - performance.now();
        if (!isOpen || restMs <= 0) break;
        await pause(restMs);
      }
      if (!isOpen) return;
      const message = page.news(seen);
      const retry = seen === undefined ? `retry: ${RETRY_MS}\n` : "";
      seen = message.seen;
      sentMs = performance.now();
      controller.enqueue(encoder.encode(`${retry}data: ${message.text}\n\n`));
      if (!message.isLast) return;
      wakes.delete(wake);
      controller.close();
    },
    cancel() {
      isOpen = false;
      wakes.delete(wake);
      wake();
    },
  }, { highWaterMark: 0 });
}
