/** A protocol of tests: an opening, echoes, and a keep-alive every few milliseconds. */

import { defineProtocol } from "../../protocols/mod.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How often a connection says that it is there, in milliseconds. */
const EVERY_MS = 20;

export default defineProtocol({
  title: "Keeping",
  codec: (url) => ({
    url: new URL(url),
    keepAliveMs: EVERY_MS,
    messages: (content) => [content],
    conversation(handlers) {
      return {
        open: () => handlers.send(true, encoder.encode("open")),
        receive(isText, buffer, start, end) {
          if (decoder.decode(buffer.subarray(start, end)) === "opened") handlers.ready();
          else handlers.reply(isText, buffer, start, end);
        },
        keepAlive: () => handlers.keepAlive(true, encoder.encode("alive")),
        close() {},
      };
    },
  }),
});
