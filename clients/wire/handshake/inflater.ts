/**
 * Inflates messages that a peer compressed by permessage-deflate (RFC 7692 §7.2.2), each in one synchronous call.
 *
 * It is the inflater of node:zlib, through the binding under its streams, which themselves have no synchronous way to
 * keep the window from message to message. npm packages use the binding's `writeSync` for that, too, so Deno keeps to
 * Node's signature. Measured in comparison: the system's libz over FFI takes as long; fflate takes as long for 64 bytes
 * and three times as long from 1 KiB on; pako takes longer still. A window takes about 45 KiB, and up to 32 KiB more
 * that are kept for when it has to be made anew.
 */

import { copyRange } from "../frame/buffer_pool.ts";
import type { AgreedDeflate } from "./deflate_offer.ts";
import { ProtocolError } from "../frame/protocol.ts";
import { History } from "./history.ts";
import { zlib } from "./zlib.ts";

/** Inflates the messages of one connection, or of several if no message refers to another. */
export interface Inflater {
  /** Holds, from 0 on, what was inflated last by any inflater. */
  readonly output: Uint8Array;
  /**
   * Inflates the payload of a message; returns how many bytes it has.
   *
   * @throws {ProtocolError} for what is not a compressed message, and for one that has more than `most` bytes; one that
   * is cut off looks like a shorter one
   */
  inflate(source: Uint8Array, start: number, end: number, most: number): number;
  /** Gives back the window; to be called when its connection is gone. */
  release(): void;
}

interface Binding {
  onerror: (message: string) => void;
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputLength: number,
    output: Uint8Array,
    outputAt: number,
    outputLength: number,
  ): void;
  reset(): void;
  close(): void;
}

/** A stream of node:zlib with its internal fields. */
interface RawStream {
  readonly _handle: Binding;
  /** After each write: how many bytes are left of the output, and of the input. */
  readonly _writeState: Uint32Array;
}

/** What a sender leaves out at the end of each message (RFC 7692 §7.2.1). */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
/** The least that the stream takes: its own buffer is not used. */
const CHUNK_SIZE = 64;
/** zlib's compressors use a window of 2^9 bytes even if 2^8 was agreed. */
const LEAST_BITS = 9;
const MOST_BITS = 15;
/** Of zlib.h: gives out all that can be inflated so far. */
const Z_SYNC_FLUSH = 2;

// Only one message at a time is inflated, and it is read before the next: all inflaters share these.
let input = new Uint8Array(16 * 1024);
let output = new Uint8Array(64 * 1024);
/** What the binding said was wrong. */
let failure = "";
const noteFailure = (message: string): void => void (failure = message);

function openStream(windowBits: number): RawStream {
  const options = { windowBits: Math.max(LEAST_BITS, windowBits), chunkSize: CHUNK_SIZE };
  const stream = zlib().createInflateRaw(options) as unknown as RawStream;
  // Instead of the one that would end the process, because nobody listens to the stream.
  stream._handle.onerror = noteFailure;
  return stream;
}

/** Copies a payload and the tail after it into the input, and returns the length of both. */
function prepare(source: Uint8Array, start: number, end: number): number {
  const length = end - start + TAIL.length;
  if (input.length < length) input = new Uint8Array(2 * length);
  copyRange(source, start, end, input, 0);
  copyRange(TAIL, 0, TAIL.length, input, end - start);
  return length;
}

/** Where a window goes that is written into a stream: nobody reads it. */
const discarded = new Uint8Array(2 ** MOST_BITS);

/**
 * Begins a stream anew whose last block was marked as the last (RFC 7692 §7.2.3.4), with its window: later messages, and
 * the rest of this one, may refer to it all the same (§7.2.2). What was there before is written into the stream as
 * stored blocks, which any inflater takes, while Deno's ignores a dictionary.
 */
function beginAnew(stream: RawStream, before: readonly Uint8Array[]): void {
  stream._handle.reset();
  for (const part of before) {
    const bytes = part.subarray(Math.max(0, part.length - discarded.length));
    if (bytes.length === 0) continue;
    const { length } = bytes;
    write(stream, Uint8Array.of(0, length, length >>> 8, ~length, ~length >>> 8));
    write(stream, bytes);
  }
}

/** Writes to a stream what inflates to no more than a window. */
function write({ _handle }: RawStream, bytes: Uint8Array): void {
  const { length } = bytes;
  _handle.writeSync(Z_SYNC_FLUSH, bytes, 0, length, discarded, 0, discarded.length);
}

/**
 * Inflates with a stream whose window is as it should be.
 *
 * @param history of the messages before, if this one may refer to them
 */
function inflate(
  stream: RawStream,
  history: History | undefined,
  source: Uint8Array,
  start: number,
  end: number,
  most: number,
): number {
  if (start === end) throw notCompressed("received no byte, not even of an empty block");
  const { _handle, _writeState } = stream;
  const length = prepare(source, start, end);
  failure = "";
  let written = 0;
  for (let left = length;;) {
    const { length: size } = output;
    _handle.writeSync(
      Z_SYNC_FLUSH,
      input,
      length - left,
      left,
      output,
      written,
      size - written,
    );
    if (failure !== "") throw notCompressed(failure);
    const room = _writeState[0]!;
    left = _writeState[1]!;
    written = size - room;
    if (written > most) throw tooBig(most);
    if (room === 0) {
      const larger = new Uint8Array(2 * size);
      larger.set(output);
      output = larger;
    } else if (left === 0) return written;
    // The stream has ended: some compressors end it with each message.
    else beginAnew(stream, [...history?.parts ?? [], output.subarray(0, written)]);
  }
}

function notCompressed(why: string): ProtocolError {
  return new ProtocolError("invalid compressed data", `Cannot inflate a message: ${why}`);
}

function tooBig(most: number): ProtocolError {
  return new ProtocolError(
    "message too big",
    `Cannot take a message above ${most} bytes: received a compressed one that is longer`,
  );
}

/**
 * The inflater of a connection on which messages refer to those before them.
 *
 * @param windowBits how far back they refer at most, as was agreed: the base-2 logarithm of the bytes
 */
export function windowInflater(windowBits: number): Inflater {
  // Made when it is needed: a connection that gets no compressed message has no window.
  let stream: RawStream | undefined;
  let history: History | undefined;
  return {
    get output() {
      return output;
    },
    inflate(source, start, end, most) {
      stream ??= openStream(windowBits);
      history ??= new History(2 ** Math.max(LEAST_BITS, windowBits));
      const length = inflate(stream, history, source, start, end, most);
      history.add(output, length);
      return length;
    },
    release() {
      stream?._handle.close();
      stream = history = undefined;
    },
  };
}

let shared: RawStream | undefined;

/** The inflater of all connections on which messages do not refer to each other. */
export const messageInflater: Inflater = {
  get output() {
    return output;
  },
  inflate(source, start, end, most) {
    shared ??= openStream(MOST_BITS);
    try {
      return inflate(shared, undefined, source, start, end, most);
    } finally {
      shared._handle.reset();
    }
  },
  release() {},
};

/** The inflater for a connection on which messages are compressed as was agreed. */
export function inflaterFor({ serverTakeover, serverWindowBits }: AgreedDeflate): Inflater {
  return serverTakeover ? windowInflater(serverWindowBits) : messageInflater;
}
