/** An exchange that is carried by a client library, as an application uses it. */

import type { Client, Connection, Message } from "../../clients/types.ts";
import { UNREADABLE } from "../../scenarios/payload/payload.ts";
import { describeTlsFailure } from "../../clients/wire/transport/endpoint.ts";
import { Exchange, type ExchangeOptions } from "./exchange.ts";

/** By how much a reply may be longer than its message and still be looked at, in bytes. */
const LONGER = 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class ClientExchange extends Exchange {
  readonly #client: Pick<Client, "connect">;
  readonly #url: string;
  readonly #connections: (Connection | undefined)[];
  /** The messages that may still be answered. */
  readonly #messages: Message[];
  readonly #scratch: Uint8Array;

  constructor(client: Pick<Client, "connect">, options: ExchangeOptions) {
    super(options);
    this.#client = client;
    this.#url = options.url;
    this.#connections = new Array(this.traffic.slots);
    this.#messages = new Array(this.places);
    this.#scratch = new Uint8Array(this.payload.size + LONGER);
  }

  now(): number {
    return performance.now();
  }

  protected connectSlot(number: number): void {
    this.#connections[number] = this.#client.connect(this.#url, {
      opened: () => this.opened(number),
      received: (message) => this.#received(number, message),
      closed: (code, reason) => this.closed(number, `code ${code}${this.#because(reason)}`),
    });
  }

  #because(reason: string): string {
    const isSecure = this.#url.startsWith("wss:");
    return reason && `, ${isSecure ? describeTlsFailure(reason) : reason}`;
  }

  protected closeSlot(number: number): void {
    this.#connections[number]!.close();
  }

  protected sendSlot(number: number, count: number): void {
    for (let left = count; left > 0; left--) this.#send(number);
  }

  #send(number: number): void {
    const nowMs = this.now();
    const sequence = this.noteSends(number, 1, nowMs);
    const end = this.payload.write(this.#scratch, 0, number, sequence);
    const message = this.payload.isText
      ? decoder.decode(this.#scratch.subarray(0, end))
      : this.#scratch.slice(0, end);
    this.#messages[this.place(number, sequence)] = message;
    this.#connections[number]!.send(message);
  }

  #received(number: number, message: Message): void {
    const nowMs = this.now();
    const expected = this.ledger.expected(number);
    // Most replies are the very text that is due: no need to look into it.
    const answered = message === this.#messages[this.place(this.origin(number), expected)]
      ? expected
      : this.#check(this.origin(number), message, expected);
    if (answered === UNREADABLE) {
      const bytes = typeof message === "string" ? encoder.encode(message) : message;
      this.noteUnreadable(number, bytes, 0, bytes.length, nowMs);
    } else {
      this.noteReply(number, expected, answered, nowMs, message.length);
    }
  }

  #check(origin: number, message: Message, expected: number): number {
    if (this.payload.isText !== (typeof message === "string")) return UNREADABLE;
    if (typeof message !== "string") {
      return this.payload.check(message, 0, message.length, origin, expected);
    }
    const { read, written } = encoder.encodeInto(message, this.#scratch);
    if (read < message.length) return UNREADABLE;
    return this.payload.check(this.#scratch, 0, written, origin, expected);
  }
}
