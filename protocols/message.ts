/** Messages that protocols put together. */

import type { Message } from "./types.ts";

/** A message that is the same every time. */
export function constantMessage(isText: boolean, bytes: Uint8Array): Message {
  return {
    isText,
    size: bytes.length,
    parts: {
      headSize: 0,
      writeHead: (_target, at) => at,
      count: 1,
      rest: () => bytes,
      restOf: () => 0,
    },
    write(target, at) {
      target.set(bytes, at);
      return at + bytes.length;
    },
  };
}
