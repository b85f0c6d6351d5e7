/**
 * Inflates messages that a peer compressed by permessage-deflate (RFC 7692 §7.2.2), each in one synchronous call.
 *
 * It is the inflater of node:zlib, through the binding under its streams, which themselves have no synchronous way to
 * keep the window from message to message. npm packages use the binding's `writeSync` for that, too, so Deno keeps to
 * Node's signature. Measured in comparison: the system's libz over FFI takes as long; fflate takes as long for 64 bytes
 * and three times as long from 1 KiB on; pako takes longer still. A window takes about 45 KiB.
 */

import { copyRange } from "../frame/buffer_pool.ts";
import type { AgreedDeflate } from "./deflate_offer.ts";
import { ProtocolError } from "../frame/protocol.ts";
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

/** Inflates with a stream whose window is as it should be. */
function inflate(
  { _handle, _writeState }: RawStream,
  source: Uint8Array,
  start: number,
  end: number,
  most: number,
): number {
  if (start === end) throw notCompressed("received no byte, not even of an empty block");
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
    // The stream has ended: some compressors end it with each message (RFC 7692 §7.2.3.4). The rest is a new one, which
    // begins with an empty window.
    else _handle.reset();
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
  return {
    get output() {
      return output;
    },
    inflate(source, start, end, most) {
      stream ??= openStream(windowBits);
      return inflate(stream, source, start, end, most);
    },
    release() {
      stream?._handle.close();
      stream = undefined;
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
      return inflate(shared, source, start, end, most);
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
