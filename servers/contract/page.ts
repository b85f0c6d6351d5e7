/** What the TypeScript servers answer to a request that is not a handshake: a page to a GET of `/`. */

import { askedAt } from "./behaviours.ts";
import { PAGE, POLICY } from "../page/page.generated.ts";
import type { Asked } from "../types.ts";
import { forbidden, refusesOf } from "./visitors.ts";

/** The page of a server. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The page of the server with an id in the list, which speaks the protocol with an id; no file is read. */
export function page(id: string, protocol: string): Page {
  const values: Readonly<Record<string, string>> = { SERVER: id, PROTOCOL: protocol };
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      // Another server may serve on the same port the next time.
      "cache-control": "no-store",
      // An isolated page gets a clock with steps of 5 µs, one that shares its process 0.1 ms.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    },
    body: PAGE.replaceAll(/WSMARK_(SERVER|PROTOCOL)/g, (_, name) => escape(values[name]!)),
  };
}

/** Answers a request, or returns what a handshake asks for. */
export type Answers = (request: Request) => Response | Asked;

/** The answers of the server with an id, which listens at a host name or address. */
export function answersOf(id: string, hostname: string): Answers {
  const refuses = refusesOf(hostname);
  const home = page(id, "websocket");
  return ({ headers, url }) => {
    const { host, pathname } = new URL(url);
    if (refuses(headers.get("host") ?? host, headers.get("origin"))) return forbidden();
    const asked = askedAt(pathname);
    if (!asked) return new Response("Not found\n", { status: 404 });
    if (headers.get("upgrade")?.toLowerCase() === "websocket") return asked;
    if (pathname === "/") return new Response(home.body, { headers: home.headers });
    const upgrade = { upgrade: "websocket", connection: "upgrade" };
    return new Response("Open a WebSocket here\n", { status: 426, headers: upgrade });
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
