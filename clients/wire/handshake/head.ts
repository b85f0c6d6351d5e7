/** The head of an HTTP/1.1 message (RFC 9112 §2, §5): found in reads that may be split anywhere, and parsed. */

import { copyRange, giveBack, makeRoom } from "../frame/buffer_pool.ts";

/** The longest head that is taken, in bytes, with the empty line that ends it. */
export const MAX_HEAD_BYTES: number = 16 * 1024;

/** What is wrong with an opening handshake. */
export type HandshakeErrorKind =
  | "not HTTP"
  | "header block too long"
  | "malformed line"
  | "refused"
  | "method"
  | "version"
  | "host"
  | "upgrade"
  | "connection"
  | "key"
  | "accept"
  | "extension"
  | "subprotocol";

/** Why an opening handshake failed, in one line. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";

  /**
   * @param kind which part was wrong
   * @param location where the server redirects to, as it says it
   */
  constructor(readonly kind: HandshakeErrorKind, message: string, readonly location?: string) {
    super(message);
  }
}

/** A value for a message of one line: quoted, escaped, cut to 80 characters. */
export function quote(value: string): string {
  const cut = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  return JSON.stringify(cut).replaceAll(
    /[\x7f-\xa0]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

const latin1 = new TextDecoder("latin1");
const CR = 13;
const LF = 10;
const TAB = 9;

/** A parsed head: names in lower case, and for each name its values in order, without the white space around. */
export interface Head {
  startLine: string;
  fields: Map<string, string[]>;
}

const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/;

/** Parses a head with the empty line at its end; a folded line is refused (RFC 9112 §5.2). */
function parseHead(text: string, peer: "server" | "client"): Head {
  const [startLine = "", ...lines] = text.slice(0, -4).split("\r\n");
  const fields: Head["fields"] = new Map();
  for (const line of lines) {
    const match = FIELD.exec(line);
    if (!match) {
      const isFolded = line.startsWith(" ") || line.startsWith("\t");
      const what = isFolded ? "a folded header line" : "a line that is no header";
      throw new HandshakeError(
        "malformed line",
        `The ${peer} sent ${what}: received ${quote(line)}`,
      );
    }
    const name = match[1]!.toLowerCase();
    const values = fields.get(name);
    if (values) values.push(match[2]!);
    else fields.set(name, [match[2]!]);
  }
  return { startLine, fields };
}

/** The elements of a list field in lower case, over all its lines (RFC 9110 §5.6.1). */
export function listOf(head: Head, name: string): string[] {
  return (head.fields.get(name) ?? []).flatMap((value) =>
    value.toLowerCase().split(",").map((element) => element.trim()).filter((element) =>
      element !== ""
    )
  );
}

/** A field as a message shows it: its values, or that it is missing. */
export function shown(head: Head, name: string): string {
  const values = head.fields.get(name);
  return values ? quote(values.join(", ")) : "none";
}

/** An error that says what is wrong, and after that shows a field. */
export function wrongField(
  kind: HandshakeErrorKind,
  what: string,
  head: Head,
  name: string,
): HandshakeError {
  return new HandshakeError(kind, `${what} ${shown(head, name)}`);
}

/** Reads the head that opens a connection, and checks it: the common part of both sides of a handshake. */
export abstract class OpeningReader {
  readonly #peer: "server" | "client";
  readonly #prefix: string;
  #held: Uint8Array<ArrayBuffer> | undefined;
  #length = 0;
  /** Bytes of the heads before the current one. */
  #skipped = 0;
  #lineLength = 0;
  #afterCr = false;
  #hasEnded = false;
  #failure: unknown;

  /**
   * @param peer who sends the head: for messages
   * @param prefix what it must begin with: anything else is refused at its first byte
   */
  constructor(peer: "server" | "client", prefix: string) {
    this.#peer = peer;
    this.#prefix = prefix;
  }

  /** Bytes of the buffer held at the moment: 0 unless the head came in parts. */
  get heldBytes(): number {
    return this.#held?.length ?? 0;
  }

  /** Gives back the buffer and takes no more input: for a connection that is gone. */
  release(): void {
    if (this.#held) giveBack(this.#held);
    this.#held = undefined;
    this.#hasEnded = true;
  }

  /**
   * Reads the bytes of one read.
   *
   * @returns the offset of the first byte after the head, where frames may follow at once, or -1 while it is incomplete
   * @throws {HandshakeError} if the handshake is not to go on; from then on the same error for any further input
   */
  push(buffer: Uint8Array, start: number, end: number): number {
    if (this.#hasEnded) {
      throw this.#failure ?? new Error("Cannot push after the end of a handshake");
    }
    try {
      for (let at = start;;) {
        const after = this.#find(buffer, at, end);
        if (after < 0) {
          if (at < end) this.#keep(buffer, at, end);
          return after;
        }
        const head = parseHead(this.#text(buffer, at, after), this.#peer);
        if (this.isInterim(head)) {
          this.#skip();
          at = after;
          continue;
        }
        this.check(head);
        this.release();
        return after;
      }
    } catch (error) {
      this.release();
      this.#failure = error;
      throw error;
    }
  }

  /** Checks the whole head; throws if the handshake is not to go on. */
  protected abstract check(head: Head): void;

  /** Whether a head only announces another one. */
  protected isInterim(_head: Head): boolean {
    return false;
  }

  /** Forgets a head, as the one that counts comes after it. */
  #skip(): void {
    this.#skipped += this.#length;
    this.#length = 0;
    this.#afterCr = false;
    if (this.#held) giveBack(this.#held);
    this.#held = undefined;
  }

  /** Scans the bytes of one read for the end of the head; throws at the first byte that no head has there. */
  #find(buffer: Uint8Array, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      if (this.#endsWith(buffer[at]!, buffer, at, end)) return at + 1;
    }
    return -1;
  }

  #endsWith(byte: number, buffer: Uint8Array, at: number, end: number): boolean {
    const position = this.#length++;
    if (this.#skipped + position >= MAX_HEAD_BYTES) {
      throw new HandshakeError(
        "header block too long",
        `The ${this.#peer} sent a header block longer than ${MAX_HEAD_BYTES} bytes`,
      );
    }
    const isWrongStart = position < this.#prefix.length &&
      byte !== this.#prefix.charCodeAt(position);
    if (isWrongStart || (byte < 32 && byte !== TAB && byte !== CR && byte !== LF) || byte === 127) {
      throw this.#notHttp(buffer, at, end, position);
    }
    if (this.#afterCr !== (byte === LF)) {
      const received = byte === LF ? "LF without CR" : "CR without LF";
      throw new HandshakeError(
        "malformed line",
        `The ${this.#peer} sent a header line that does not end with CR LF: received ${received} at byte ${position}`,
      );
    }
    if (byte === LF) {
      if (this.#lineLength === 0) return true;
      this.#lineLength = 0;
    } else if (byte !== CR) {
      this.#lineLength++;
    }
    this.#afterCr = byte === CR;
    return false;
  }

  #notHttp(buffer: Uint8Array, at: number, end: number, position: number): HandshakeError {
    const sample = latin1.decode(buffer.subarray(at, Math.min(end, at + 24)));
    return new HandshakeError(
      "not HTTP",
      `The ${this.#peer} does not speak HTTP: received ${quote(sample)} at byte ${position}`,
    );
  }

  /** Keeps a part of the head until more of it comes. */
  #keep(buffer: Uint8Array, start: number, end: number): void {
    const used = this.#length - (end - start);
    this.#held = makeRoom(this.#held, used, this.#length, Math.max(this.#length, 2 * used));
    copyRange(buffer, start, end, this.#held, used);
  }

  /** The text of a head whose last part is given. */
  #text(buffer: Uint8Array, start: number, end: number): string {
    if (!this.#held) return latin1.decode(buffer.subarray(start, end));
    this.#keep(buffer, start, end);
    return latin1.decode(this.#held.subarray(0, this.#length));
  }
}
