/** Where a library keeps its server from the contract: the suites expect exactly that. */

import type { ServerEntry } from "../types.ts";

/** Close codes of servers that answer every close with the same one. */
const CLOSE_CODES: Readonly<Record<string, number>> = {
  "websocket-node": 1000, // The package websocket answers every legal code so.
  xnet: 1000, // x/net/websocket hides the code that came.
};

/** Servers that never see a message without content, and why. */
const EMPTY_LOST: Readonly<Record<string, string>> = {
  nbio: "nbio hands over no message that is empty",
};

/** Servers that another process serves than the one that is started, and why. */
const SERVED_BY_CHILD: Readonly<Record<string, string>> = {
  workerd: "workerd can print no ready line, and takes no options of ours",
};

/** Why another process serves than the one that is started; undefined if none does. */
export function servedByChild({ id }: ServerEntry): string | undefined {
  return SERVED_BY_CHILD[id];
}

/** The code that a server answers a close with. */
export function closeAnswer({ id }: ServerEntry, code: number): number {
  return CLOSE_CODES[id] ?? code;
}

/** Why a server answers no message without content; undefined if it does. */
export function emptyLost({ id }: ServerEntry): string | undefined {
  return EMPTY_LOST[id];
}
