/** What the page connects to: the typed URL, the protocol and the behaviour, put together. */

import { type Protocol, protocols } from "./protocols.ts";

/** What a server does with a message: see `servers/types.ts`. */
export type Behaviour = "/tag" | "/echo" | "/json" | "/broadcast";

/** The behaviours in the order of the page's list; the first one is the page's own choice. */
export const BEHAVIOURS: readonly Behaviour[] = ["/tag", "/echo", "/json", "/broadcast"];

export interface Target {
  readonly protocol: Protocol;
  /** How replies are judged. */
  readonly behaviour: Behaviour;
  /** Path of the WebSocket, or what the protocol uses as one. */
  readonly path: string;
  readonly socketUrl: string;
}

const SCHEMES: Readonly<Record<string, string>> = {
  "ws:": "ws:",
  "http:": "ws:",
  "wss:": "wss:",
  "https:": "wss:",
};

/**
 * Makes a target of what was typed. A URL without a path gets the behaviour's; any other path is taken as written, and
 * if it is a behaviour's, it decides how replies are judged.
 *
 * @param text `ws://`, `wss://`, `http://` or `https://` with a host, or only a host
 * @throws {SyntaxError} for another URL, in one line
 */
export function targetOf(text: string, protocol: Protocol, behaviour: Behaviour): Target {
  const url = parse(text.trim());
  const isBare = url.pathname === "/" && url.search === "";
  const path = isBare ? behaviour : url.pathname + url.search;
  const origin = `${url.protocol}//${url.host}`;
  return {
    protocol,
    behaviour: BEHAVIOURS.find((one) => one === path) ?? behaviour,
    path,
    socketUrl: origin + protocols[protocol].socketPath(path),
  };
}

/** The URL with one of WebSocket's schemes, and without what a WebSocket's URL may not have. */
function parse(text: string): URL {
  const given = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `ws://${text}`;
  const url = URL.parse(given);
  const scheme = url && SCHEMES[url.protocol];
  if (!url || !scheme || text === "") {
    throw new SyntaxError(
      `Cannot connect to '${text}': no URL of a server; give one such as ws://localhost:8765`,
    );
  }
  // Not url.protocol = scheme: browsers do not change http: to ws: in a URL.
  return new URL(`${scheme}//${url.host}${url.pathname}${url.search}`);
}
