/** What a client is to wsmark: a way to open a connection, to send, and to receive. */

import type { OptionValues } from "../protocols/types.ts";
import type { HeaderField } from "./wire/handshake/request.ts";
import type { TlsOptions } from "./wire/transport/endpoint.ts";

export type { HeaderField } from "./wire/handshake/request.ts";
export type { TlsOptions } from "./wire/transport/endpoint.ts";

/** A message as an application sees it: text, or bytes. */
export type Message = string | Uint8Array;

/** What a connection reports to its user; each is called synchronously when the client learns of it. */
export interface Handlers {
  /** The connection is open. */
  opened(): void;
  /** A message arrived. */
  received(message: Message): void;
  /** A reply arrived that is right by the rules of the protocol, whatever it says; it is received if this is left out. */
  answered?(message: Message): void;
  /** A message arrived that the protocol does not take for a reply; it is passed over if this is left out. */
  unasked?(message: Message): void;
  /** The server sent by itself what a client may have subscribed to; it is unasked if this is left out. */
  pushed?(message: Message): void;
  /**
   * The connection is closed, or could not be opened; the last call.
   *
   * @param code the close code of RFC 6455 §7.4 (1006 if none was received)
   * @param reason what the peer or the library said; may be empty
   */
  closed(code: number, reason: string): void;
}

/** A connection that was asked for. */
export interface Connection {
  /** Sends a message; only after `opened`. */
  send(message: Message): void;
  /** Starts a clean close; `closed` follows. */
  close(): void;
  /** What the opening of the protocol waits for, as in "waits for …"; undefined if it is over, or says no more. */
  readonly awaited?: string | undefined;
  /** The subprotocol that the server chose; undefined if it chose none, or the client does not say. */
  readonly subprotocol?: string | undefined;
}

/** How a client describes itself. */
export interface ClientInfo {
  /** Name in options, files and tables. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** Library with its version. */
  readonly library: string;
  /** What was set differently from the defaults, and what to know when reading its numbers, a sentence each. */
  readonly notes?: readonly string[];
}

/** How a connection is opened, in addition to its URL. */
export interface ConnectOptions {
  /** What is chosen of the protocol, by name. */
  readonly protocolOptions?: OptionValues;
  /** Fields of the request in addition to those of every handshake. */
  readonly headers?: readonly HeaderField[];
  /** Subprotocols that are offered, the best first. */
  readonly subprotocols?: readonly string[];
  /** How it is encrypted, if the URL says that it is. */
  readonly tls?: TlsOptions;
}

/** A client library behind one interface. */
export interface Client extends ClientInfo {
  /**
   * Starts to open a connection.
   *
   * @param url `ws://host:port/path`; the path is the namespace under Socket.IO
   * @param handlers called with what happens, never before this call has returned
   * @param protocol id of what is spoken, for a client that speaks several; by default the first of them
   * @param options what else is sent and accepted; what the client cannot do is in its entry: `cannot`
   * @throws {SyntaxError} if the URL is invalid
   */
  connect(
    url: string,
    handlers: Handlers,
    protocol?: string,
    options?: ConnectOptions,
  ): Connection;
}

/** An entry of the list of clients. */
export type ClientEntry = LibraryEntry | BrowserEntry;

/** What every entry says. */
export interface EntryBase {
  /** Name in options, files and tables. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** Ids of the protocols that it speaks; only servers that speak one of them can be driven with it. */
  readonly protocols: readonly string[];
  /** What it cannot do when it opens a connection, each with the reason as a phrase. */
  readonly cannot?: { readonly [feature in HandshakeFeature]?: string };
}

/** What a client may be asked to do when it opens a connection. */
export type HandshakeFeature =
  | "headers"
  | "host"
  | "subprotocols"
  | "ca"
  | "a CA's own certificate"
  | "client certificate"
  | "insecure"
  | "server name";

/** A client that runs in the process of its user. */
export interface LibraryEntry extends EntryBase {
  /** Discriminant. */
  readonly inBrowser?: never;
  /** Loads the client and its library. */
  load(): Promise<Client>;
}

/** A client in a page of a browser, which only a benchmark can drive; used only if it is named. */
export interface BrowserEntry extends EntryBase {
  /** Discriminant. */
  readonly inBrowser: true;
  /** Scenarios that it does not drive, by id, each with the reason. */
  readonly refuses: Readonly<Record<string, string>>;
  /** How many connections to one server a browser has open at most. */
  readonly mostConnections: number;
  /** What is missing on this machine and how to get it, in one line; undefined if nothing is. */
  missing(): string | undefined;
  /** Finds out how it describes itself. */
  load(): Promise<ClientInfo>;
}
