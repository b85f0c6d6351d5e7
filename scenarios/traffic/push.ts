/** Streams: connections on which the client says nothing, and the server sends by itself. */

import type { Load, Traffic } from "./types.ts";

/** @param options.connections each with a stream of its own, from when it is open */
export function push(_load: Load, { connections }: { connections: number }): Traffic {
  return {
    connections,
    slots: connections,
    depth: 1,
    phases: "any time",
    hasStreams: true,
    start() {},
    replied() {},
    stop() {},
  };
}
