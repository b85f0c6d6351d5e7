/** What a server does on a connection, for those that need no more of their library than to send and to receive. */

import { Audiences, document, tag } from "./behaviours.ts";
import { startStream } from "./stream.ts";
import type { Asked } from "../types.ts";

/** Sends a message; whether it is binary is only said of bytes, which can be text. */
export type Send<Message> = (message: Message | string, isBinary?: boolean) => void;

/** What a library is to report of a connection. */
export interface Session<Message> {
  /** To be called with each message, and with whether it is binary if its type does not say so. */
  received(message: Message | string, isBinary?: boolean): void;
  /** To be called once, when the connection is closed. */
  closed(): void;
}

/** All connections of a server. */
export class Sessions<Message extends ArrayBuffer | Uint8Array> {
  readonly #audiences = new Audiences<Send<Message>>();

  /** Begins what a path asks for, on a connection that is open. */
  begin({ behaviour, path }: Asked, send: Send<Message>): Session<Message> {
    const closed = (): void => {};
    switch (behaviour) {
      case "/echo":
        return { received: send, closed };
      case "/tag":
        return { received: (message) => send(tag(textOf(message))), closed };
      case "/json":
        return { received: () => send(document), closed };
      case "/broadcast":
        this.#audiences.join(path, send);
        return {
          received: (message, isBinary) =>
            this.#audiences.at(path).forEach((listener) => listener(message, isBinary)),
          closed: () => this.#audiences.leave(path, send),
        };
      case "/push":
        return { received() {}, closed: startStream(path, send) };
    }
  }
}

const utf8 = new TextDecoder();

function textOf(message: string | ArrayBuffer | Uint8Array): string {
  return typeof message === "string" ? message : utf8.decode(message);
}
