/** An exchange that is carried by a client library, as an application uses it. */

import type { Client, Connection, ConnectOptions, Message } from "../../../clients/types.ts";
import { fillerFor, hasPlaceholder } from "../../../clients/wire/handshake/placeholders.ts";
import { describeTlsFailure } from "../../../clients/wire/transport/endpoint.ts";
import { Exchange } from "./exchange.ts";
import type { ExchangeOptions } from "./options.ts";

/** By how much a reply may be longer than its message and still be looked at, in bytes. */
const LONGER = 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class ClientExchange extends Exchange {
  readonly #client: Pick<Client, "connect">;
  readonly #url: string;
  readonly #options: ConnectOptions;
  /** Whether each connection has a URL or headers of its own. */
  readonly #isFilled: boolean;
  readonly #connections: (Connection | undefined)[];
  /** The messages that may still be answered. */
  readonly #messages: Message[];
  readonly #scratch: Uint8Array;

  constructor(client: Pick<Client, "connect">, options: ExchangeOptions) {
    super(options);
    this.#client = client;
    this.#url = options.url;
    this.#options = options.connect ?? {};
    const { headers = [] } = this.#options;
    this.#isFilled = [this.#url, ...headers.map(([, value]) => value)].some(hasPlaceholder);
    this.#connections = new Array(this.traffic.slots);
    this.#messages = new Array(this.sending.places);
    this.#scratch = new Uint8Array(this.payload.size + LONGER);
  }

  now(): number {
    return performance.now();
  }

  protected connectSlot(number: number): void {
    const [url, options] = this.#isFilled ? this.#filled(number) : [this.#url, this.#options];
    this.#connections[number] = this.#client.connect(
      url,
      {
        opened: () => this.opened(number),
        received: (message) => this.#received(number, message),
        closed: (code, reason) => this.closed(number, `code ${code}${this.#because(reason)}`),
      },
      undefined,
      options,
    );
  }

  /** The URL and the options of a connection. */
  #filled(number: number): [url: string, options: ConnectOptions] {
    const fill = fillerFor(this.connectionId(number), this.groupId(number));
    const { headers = [] } = this.#options;
    const filled = headers.map(([name, value]) => [name, fill(value)] as const);
    return [fill(this.#url), { ...this.#options, headers: filled }];
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
    const sequence = this.sending.note(number, 1, nowMs);
    const end = this.payload.write(this.#scratch, 0, number, sequence);
    const message = this.payload.isText
      ? decoder.decode(this.#scratch.subarray(0, end))
      : this.#scratch.slice(0, end);
    const sender = this.groups?.senderAt(number) ?? number;
    this.#messages[this.sending.place(sender, sequence)] = message;
    this.#connections[number]!.send(message);
  }

  #received(number: number, message: Message): void {
    this.replies.nowMs[0] = this.now();
    const stream = this.groups?.streamTo(number, 0) ?? number;
    const sender = this.groups?.senderOf(stream) ?? number;
    const expected = this.ledger.expected(stream);
    // Most replies are the very text that is due: no need to look into it.
    if (message === this.#messages[this.sending.place(sender, expected)]) {
      return this.replies.note(number, stream, expected, message.length);
    }
    const isText = typeof message === "string";
    const bytes = isText ? this.#bytesOf(message) : message;
    this.replies.noteMessage(number, isText === this.payload.isText, bytes, 0, bytes.length);
  }

  /** The bytes of a text, until the next call. */
  #bytesOf(text: string): Uint8Array {
    const { read, written } = encoder.encodeInto(text, this.#scratch);
    return read === text.length ? this.#scratch.subarray(0, written) : encoder.encode(text);
  }
}
