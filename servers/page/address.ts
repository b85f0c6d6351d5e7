/** What the page connects to: the typed URL, the protocol and the behaviour, put together. */

import { type Protocol, protocols } from "./protocols.ts";

/** What a server does with a message: see `servers/types.ts`. */
export type Behaviour = "/tag" | "/echo" | "/json" | "/broadcast";

/** The behaviours in the order of the page's list; the first one is the page's own choice. */
export const BEHAVIOURS: readonly Behaviour[] = ["/tag", "/echo", "/json", "/broadcast"];

/** Somewhere to connect to. */
export interface Target {
  /** What is spoken there. */
  readonly protocol: Protocol;
  /** How replies are judged. */
  readonly behaviour: Behaviour;
  /** Path of the WebSocket, or what the protocol takes for one. */
  readonly path: string;
  /** The URL that a WebSocket is opened at. */
  readonly socketUrl: string;
}

const SCHEMES: Readonly<Record<string, string>> = {
  "ws:": "ws:",
  "http:": "ws:",
  "wss:": "wss:",
  "https:": "wss:",
};

/**
 * Makes a target of what was typed. A URL without a path gets the behaviour's; one with a path of its own is taken as
 * written, and where that is a behaviour's path, it decides how replies are judged.
 *
 * @param text `ws://`, `wss://`, `http://` or `https://` with a host, or a host alone
 * @param protocol what the server speaks
 * @param behaviour what it is asked to do
 * @throws {SyntaxError} for what is no such URL, in one line
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

/** The URL with one of the schemes of WebSocket, and nothing that a WebSocket may not have. */
function parse(text: string): URL {
  const given = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `ws://${text}`;
  const url = URL.parse(given);
  const scheme = url && SCHEMES[url.protocol];
  if (!url || !scheme || text === "") {
    throw new SyntaxError(
      `Cannot connect to '${text}': no URL of a server; give one such as ws://localhost:8765`,
    );
  }
  // Not url.protocol = scheme: browsers let no http: URL become a ws: one.
  return new URL(`${scheme}//${url.host}${url.pathname}${url.search}`);
}
