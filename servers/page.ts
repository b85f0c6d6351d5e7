/** The page that the TypeScript servers answer a plain GET of `/` with. */

import { PAGE, POLICY } from "./page/page.generated.ts";

/** An answer to a GET. */
export interface PageResponse {
  /** Its headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its body. */
  readonly body: string;
}

/**
 * Makes the page of a server. The text is at hand: no file is read.
 *
 * @param id the server's id in the list
 * @param protocol id of what it speaks
 */
export function page(id: string, protocol: string): PageResponse {
  const values: Readonly<Record<string, string>> = { SERVER: id, PROTOCOL: protocol };
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      // Another server may serve on the same port the next time.
      "cache-control": "no-store",
      // A page of its own gets a clock with steps of 5 µs, one that shares its process 0.1 ms.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    },
    body: PAGE.replaceAll(/WSMARK_(SERVER|PROTOCOL)/g, (_, name) => escape(values[name]!)),
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
