/** Plain WebSocket: each message stands for itself. */

import type { Protocol } from "./types.ts";

/** Plain WebSocket messages. */
export const websocket: Protocol = {
  id: "websocket",
  title: "WebSocket",
  codec: (url) => ({
    url: new URL(url),
    messages: (content) => [content],
    reply: (content) => content,
  }),
};
