/** A session: what a person or a pipe sent to a server and what came back, message by message. */

import type { Fact } from "./result.ts";

/** A message as a session keeps it. */
export interface Content {
  /** The text, fit to be shown; a long message is cut, bytes are written as hexadecimal digits. */
  readonly text: string;
  /** Length of the whole message in bytes. */
  readonly bytes: number;
  /** In what ways the text differs from the message, a phrase each. */
  readonly remarks: readonly string[];
  /** Whether the text is only a part of the message. */
  readonly isCut: boolean;
}

/** A message at a moment, in milliseconds since the session began. */
export interface Moment {
  readonly atMs: number;
  readonly content: Content;
}

/**
 * What became of a message: it was answered; it is a reply that nobody asked for; no reply came; the connection was lost
 * before one came; it was typed but never sent.
 */
export type Fate = "answered" | "unasked" | "no reply" | "lost" | "not sent";

/** A message and its reply; one of the two may be missing. */
export interface Exchange {
  readonly fate: Fate;
  /** What was sent, or was to be. */
  readonly message?: Moment;
  readonly reply?: Moment;
}

/** Something that happened to the connection. */
export interface ConnectionEvent {
  /** When, in milliseconds since the session began. */
  readonly atMs: number;
  readonly what: "opened" | "lost" | "not opened" | "closed";
  /** What the peer or the library said; may be empty. */
  readonly reason: string;
}

/** Who talked to whom, known from the start. */
export interface SessionStart {
  /** Title of the client. */
  readonly client: string;
  /** Its library with the version. */
  readonly library: string;
  readonly url: string;
  /** When the session began, as ISO 8601. */
  readonly startedAt: string;
  readonly machine: readonly Fact[];
}

/** A session that has ended. */
export interface Session extends SessionStart {
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** The messages in the order in which they were sent, with the replies that nobody asked for in between. */
  readonly exchanges: readonly Exchange[];
  readonly connection: readonly ConnectionEvent[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Gathers a session. Servers answer in order: a reply belongs to the oldest message that has none. */
export class SessionRecorder {
  readonly #exchanges: Mutable<Exchange>[] = [];
  readonly #connection: ConnectionEvent[] = [];
  /** Index of the oldest message that waits for a reply; all after it wait, too. */
  #oldest = 0;

  /** Messages that wait for a reply. */
  get waiting(): number {
    return this.#exchanges.length - this.#oldest;
  }

  /** Whether nothing was sent, received or typed. */
  get isEmpty(): boolean {
    return this.#exchanges.length === 0;
  }

  sent(atMs: number, content: Content): void {
    this.#exchanges.push({ fate: "no reply", message: { atMs, content } });
  }

  /** A reply came; returns what it belongs to. */
  received(atMs: number, content: Content): Exchange {
    const reply: Moment = { atMs, content };
    const oldest = this.#exchanges[this.#oldest];
    const exchange = oldest ?? { fate: "unasked" as const };
    if (oldest === undefined) this.#exchanges.push(exchange);
    else oldest.fate = "answered";
    this.#oldest++;
    return Object.assign(exchange, { reply });
  }

  /** Something happened to the connection; messages that wait for a reply when it ends will get none. */
  happened(event: ConnectionEvent): void {
    this.#connection.push(event);
    if (event.what === "opened") return;
    for (; this.waiting > 0; this.#oldest++) {
      if (event.what === "lost") this.#exchanges[this.#oldest]!.fate = "lost";
    }
  }

  /** A message was typed but will not be sent; nothing may be waiting for a reply. */
  notSent(atMs: number, content: Content): void {
    this.#exchanges.push({ fate: "not sent", message: { atMs, content } });
    this.#oldest++;
  }

  /** The session so far. */
  session(start: SessionStart, durationMs: number): Session {
    return { ...start, durationMs, exchanges: this.#exchanges, connection: this.#connection };
  }
}

/** The time from a message to its reply in milliseconds; undefined if either is missing. */
export function latencyOf({ message, reply }: Exchange): number | undefined {
  return message === undefined || reply === undefined ? undefined : reply.atMs - message.atMs;
}
