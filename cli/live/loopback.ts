/** A web server for this machine alone, which can only be read. */

import { UsageError } from "../../bench/usage.ts";

export interface Loopback {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** Resolves when all answers that are under way have been taken. */
  answered(): Promise<unknown>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

/** Makes Deno.serve listen on another address than the one that it is passed. */
const ELSEWHERE = "DENO_SERVE_ADDRESS";

/** Headers of every answer. */
export const HEADERS = {
  // Nothing but the report is cached, and no proxy holds events back to compress them.
  "cache-control": "no-store, no-transform",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Serves on 127.0.0.1.
 *
 * @param who what it is, for messages: "The live view"
 * @param port 0 for one that is free
 * @param respond makes the answer for a path
 * @throws {UsageError} if the port is taken, or the environment makes every server of Deno listen elsewhere
 */
export function serveLoopback(
  who: string,
  port: number,
  respond: (path: string) => Response | Promise<Response>,
): Loopback {
  if (Deno.env.has(ELSEWHERE)) {
    throw new UsageError(
      `${who} listens on 127.0.0.1 only: unset ${ELSEWHERE}, which is "${Deno.env.get(ELSEWHERE)}"`,
    );
  }
  const open = new Set<Promise<void>>();
  const controller = new AbortController();
  const server = listening(who, port, () =>
    Deno.serve({
      hostname: "127.0.0.1",
      port,
      signal: controller.signal,
      onListen() {},
      onError: () => answer(500, `${who} has failed`),
    }, (request, { completed }) => {
      const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${server.addr.port}`);
      const sent = completed.catch(() => {}).finally(() => open.delete(sent));
      open.add(sent);
      return refusalOf(request, hosts) ?? respond(new URL(request.url).pathname);
    }));
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    answered: () => Promise.allSettled(open),
    async close() {
      controller.abort();
      await server.finished;
    },
  };
}

/** Starts a server, and says in one line why it cannot listen. */
function listening(
  who: string,
  port: number,
  start: () => Deno.HttpServer<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return start();
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied) {
      const why = error instanceof Deno.errors.AddrInUse ? "it is in use" : "that is not allowed";
      throw new UsageError(
        `${who} cannot listen on port ${port}: ${why}. Name another one, or 0 for a free one`,
      );
    }
    throw error;
  }
}

/** An answer with the headers of all. */
export function answer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = { "content-type": "text/plain; charset=utf-8" },
): Response {
  return new Response(text, { status, headers: { ...HEADERS, ...headers } });
}

/**
 * Refuses what does not come from the page itself: a name that was made to resolve to this machine has another host,
 * and the page of another site has another origin.
 */
function refusalOf(request: Request, hosts: readonly string[]): Response | undefined {
  const { method, headers } = request;
  const origin = headers.get("origin");
  if (!hosts.includes(headers.get("host") ?? "")) {
    return answer(403, "This is not a host of this page");
  }
  if (origin !== null && !hosts.some((host) => origin === `http://${host}`)) {
    return answer(403, "This is not an origin of this page");
  }
  return method === "GET" ? undefined : answer(405, "This page can only be read");
}
