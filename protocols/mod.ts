/** The list of protocols: a new one is a file and a line here. */

import { socketIo } from "./socket_io.ts";
import type { Protocol } from "./types.ts";
import { websocket } from "./websocket.ts";

/** What can be said over a WebSocket; the first is the default. */
export const protocols: readonly [Protocol, ...Protocol[]] = [websocket, socketIo];

/** @throws {RangeError} for an id that is not in the list */
export function protocolOf(id: string): Protocol {
  const protocol = protocols.find((one) => one.id === id);
  if (protocol !== undefined) return protocol;
  throw new RangeError(`Cannot speak a protocol that is not in the list: received '${id}'`);
}
