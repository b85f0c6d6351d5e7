/** Sessions for tests. */

import type { Content, Exchange, Session } from "../../measure/model/session.ts";

/** The content of a message. */
export function content(text: string, more: Partial<Content> = {}): Content {
  return { text, bytes: text.length, remarks: [], isCut: false, ...more };
}

/** A message that was sent at `atMs` and answered 2 ms later. */
export function answered(atMs: number, message: string, reply: string = message): Exchange {
  return {
    fate: "answered",
    message: { atMs, content: content(message) },
    reply: { atMs: atMs + 2, content: content(reply) },
  };
}

/** A session of a minute with these messages. */
export function sessionOf(...exchanges: readonly Exchange[]): Session {
  return {
    client: "ws",
    library: "ws 8.0.0",
    url: "ws://127.0.0.1:1/echo",
    startedAt: "2026-01-31T14:05:09.000Z",
    machine: [{ group: "Processor", name: "Model", value: "Example CPU" }],
    durationMs: 60_000,
    exchanges,
    connection: [
      { atMs: 0, what: "opened", reason: "" },
      { atMs: 59_000, what: "lost", reason: "reset" },
    ],
  };
}
