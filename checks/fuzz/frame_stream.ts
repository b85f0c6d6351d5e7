/**
 * Random streams of valid frames with what a decoder must make of them. Frames are built here without the encoder, so
 * that a fault that encoder and decoder share cannot hide.
 */

import { constants, deflateRawSync } from "node:zlib";
import { concat, type Random } from "./target.ts";

const encoder = new TextEncoder();

/** How a frame is put together; every field may break the rules. */
export interface RawFrame {
  /** The first byte: FIN, reserved bits, opcode. */
  first: number;
  payload: Uint8Array;
  /** The masking key, if the frame is masked. */
  mask?: readonly [number, number, number, number] | undefined;
  /** Bits of the length field; the fewest if left out. */
  lengthBits?: 7 | 16 | 64 | undefined;
}

export function rawFrame({ first, payload, mask, lengthBits }: RawFrame): Uint8Array<ArrayBuffer> {
  const length = BigInt(payload.length);
  const bits = lengthBits ?? (length < 126n ? 7 : length < 65536n ? 16 : 64);
  const maskBit = mask ? 0x80 : 0;
  const header = [first];
  if (bits === 7) header.push(maskBit | payload.length);
  else {
    header.push(maskBit | (bits === 16 ? 126 : 127));
    for (let shift = bits - 8; shift >= 0; shift -= 8) {
      header.push(Number((length >> BigInt(shift)) & 0xffn));
    }
  }
  if (mask) header.push(...mask);
  const masked = mask ? payload.map((byte, at) => byte ^ mask[at % 4]!) : payload;
  return concat([Uint8Array.from(header), masked]);
}

/** One line for a payload: what a log holds instead of the payload itself. */
export function digest(kind: string, bytes: Uint8Array, start: number, end: number): string {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return `${kind} ${end - start} ${hash >>> 0}`;
}

export interface Stream {
  bytes: Uint8Array<ArrayBuffer>;
  log: string[];
}

const LENGTHS = [0, 1, 2, 5, 16, 17, 60, 124, 125, 126, 127, 128, 255, 300];
const LONG_LENGTHS = [65534, 65535, 65536, 65537, 70000];
/** The first and the last character of each length in UTF-8, among others. */
const CHARACTERS = [..."a~\x00éÿ߿ࠀ€\ud7ff\ue000\uffff𐀀😀"];
const CODES = [1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999];

/**
 * Up to six messages with control frames between and inside them, and maybe a close frame and what follows it.
 *
 * @param mayCompress whether some of the messages are compressed (RFC 7692)
 */
export function randomStream(random: Random, masked: boolean, mayCompress = false): Stream {
  const frames: Uint8Array[] = [];
  const log: string[] = [];
  const add = (first: number, payload: Uint8Array): void => {
    const [a, b, c, d] = random.bytes(4);
    frames.push(rawFrame({ first, payload, mask: masked ? [a!, b!, c!, d!] : undefined }));
  };
  const addControl = (): void => {
    const payload = random.bytes(random.pick([0, 1, 4, 125]));
    const isPing = random.chance(0.5);
    add(isPing ? 0x89 : 0x8a, payload);
    log.push(digest(isPing ? "ping" : "pong", payload, 0, payload.length));
  };
  for (let messages = random.below(7); messages > 0; messages--) {
    const isText = random.chance(0.5);
    const payload = isText ? randomText(random) : random.bytes(randomLength(random));
    const isCompressed = mayCompress && random.chance(0.7);
    const sent = isCompressed ? deflated(random, payload) : payload;
    const cuts = random.chance(0.5) ? fragmentEnds(random, sent.length) : [sent.length];
    cuts.forEach((end, index) => {
      const begins = (isText ? 1 : 2) | (isCompressed ? 0x40 : 0);
      const first = (index === 0 ? begins : 0) | (index === cuts.length - 1 ? 0x80 : 0);
      if (random.chance(0.2)) addControl();
      add(first, sent.subarray(cuts[index - 1] ?? 0, end));
    });
    log.push(digest(isText ? "text" : "binary", payload, 0, payload.length));
  }
  if (random.chance(0.3)) addClose(random, add, log);
  return { bytes: concat(frames), log };
}

/** A message compressed by itself, in one of the ways of RFC 7692 §7.2.3. */
function deflated(random: Random, payload: Uint8Array): Uint8Array {
  if (payload.length === 0) return Uint8Array.from(random.pick([[0], [2, 0]]));
  const level = random.pick([0, 1, 6, 9]);
  // A stream that has ended is followed by an empty block of another one.
  if (random.chance(0.1)) return concat([deflateRawSync(payload, { level }), Uint8Array.of(0)]);
  const whole = deflateRawSync(payload, { level, finishFlush: constants.Z_SYNC_FLUSH });
  return whole.subarray(0, whole.length - 4);
}

function addClose(
  random: Random,
  add: (first: number, payload: Uint8Array) => void,
  log: string[],
): void {
  const code = random.pick(CODES);
  const reason = random.pick(["", "bye", "\ufeff€", "r".repeat(123)]);
  const isEmpty = random.chance(0.3);
  const payload = concat([Uint8Array.of(code >> 8, code & 255), encoder.encode(reason)]);
  add(0x88, isEmpty ? new Uint8Array(0) : payload);
  log.push(isEmpty ? "close 1005 " : `close ${code} ${reason}`);
  if (random.chance(0.5)) add(random.below(256), random.bytes(random.below(20)));
}

function randomLength(random: Random): number {
  return random.chance(0.005) ? random.pick(LONG_LENGTHS) : random.pick(LENGTHS);
}

function randomText(random: Random): Uint8Array<ArrayBuffer> {
  const length = randomLength(random);
  if (random.chance(0.5)) return new Uint8Array(length).map(() => 32 + random.below(95));
  let text = "";
  while (text.length < length) text += random.pick(CHARACTERS);
  return encoder.encode(text);
}

/** Where up to five fragments end; some are empty. */
function fragmentEnds(random: Random, length: number): number[] {
  const ends = Array.from({ length: random.below(5) }, () => random.below(length + 1));
  return [...ends.sort((a, b) => a - b), length];
}

const FIRST_BYTES = [0x00, 0x01, 0x02, 0x80, 0x80, 0x81, 0x82, 0x82, 0x88, 0x89, 0x8a];
const WRONG_FIRST_BYTES = [0x03, 0x08, 0x09, 0x83, 0x8b, 0xc1, 0x92, 0xa9];

/** Up to five frames that look right one by one, with rules broken here and there; the last one may be cut off. */
export function hostileStream(random: Random, masked: boolean): Uint8Array<ArrayBuffer> {
  const frames = Array.from({ length: 1 + random.below(5) }, () => {
    const first = random.pick(random.chance(0.9) ? FIRST_BYTES : WRONG_FIRST_BYTES);
    const [a, b, c, d] = random.bytes(4);
    return rawFrame({
      first,
      payload: first === 0x88 ? hostileClose(random) : randomPayload(random, first),
      mask: masked !== random.chance(0.03) ? [a!, b!, c!, d!] : undefined,
      lengthBits: random.chance(0.1) ? random.pick([7, 16, 64]) : undefined,
    });
  });
  if (random.chance(0.1)) frames.splice(random.below(2), 9, hugeHeader(random, masked));
  const bytes = concat(frames);
  return random.chance(0.3) ? bytes.slice(0, random.below(bytes.length + 1)) : bytes;
}

/** A control frame is sometimes too long, and text is sometimes not UTF-8. */
function randomPayload(random: Random, first: number): Uint8Array {
  const most = (first & 8) !== 0 && random.chance(0.9) ? 126 : 400;
  return random.chance(0.5)
    ? randomText(random).subarray(0, most)
    : random.bytes(random.below(most));
}

function hostileClose(random: Random): Uint8Array {
  if (random.chance(0.2)) return random.bytes(random.below(4));
  const code = random.below(5200);
  return concat([Uint8Array.of(code >> 8, code & 255), randomText(random).subarray(0, 123)]);
}

/** The start of a frame whose length is anything up to 2^64 - 1. */
function hugeHeader(random: Random, masked: boolean): Uint8Array<ArrayBuffer> {
  const length = random.bytes(8);
  length.fill(0, 0, random.below(8));
  return concat([
    Uint8Array.of(0x82, masked ? 0xff : 0x7f),
    length,
    random.bytes(random.below(40)),
  ]);
}
