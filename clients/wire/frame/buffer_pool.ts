/**
 * Buffers for what a read left incomplete, shared by all connections: an idle connection holds none, and a busy one
 * causes no allocation once the pool is warm.
 */

/** The pool keeps sizes of 2^7 … 2^20 bytes; larger buffers are left to the garbage collector. */
const SMALLEST = 7;
const LARGEST = 20;
/** How much the pool keeps idle at most, in bytes. */
const MOST_IDLE_BYTES = 16 * 2 ** 20;

const idle: Uint8Array<ArrayBuffer>[][] = Array.from({ length: LARGEST + 1 }, () => []);
let idleBytes = 0;

/** The exponent of the power of two that holds a size. */
function classOf(bytes: number): number {
  return bytes <= 2 ** SMALLEST ? SMALLEST : 32 - Math.clz32(bytes - 1);
}

function takeIdle(bytes: number): Uint8Array<ArrayBuffer> | undefined {
  if (bytes > 2 ** LARGEST) return undefined;
  const buffer = idle[classOf(bytes)]!.pop();
  if (buffer) idleBytes -= buffer.length;
  return buffer;
}

/**
 * Lends a buffer, whose content is undefined.
 *
 * @param wished the bytes that it holds if a buffer of that size is idle: what a peer merely announces must not
 * allocate memory
 * @returns a buffer of at least `least` bytes: rounded up to a power of two, up to 1 MiB
 */
export function borrow(least: number, wished: number = least): Uint8Array<ArrayBuffer> {
  const buffer = takeIdle(wished) ?? takeIdle(least);
  if (buffer) return buffer;
  return new Uint8Array(least > 2 ** LARGEST ? least : 2 ** classOf(least));
}

/** Takes back a buffer of {@linkcode borrow}, which must not be used any longer. */
export function giveBack(buffer: Uint8Array<ArrayBuffer>): void {
  if (buffer.length > 2 ** LARGEST || idleBytes + buffer.length > MOST_IDLE_BYTES) return;
  idle[classOf(buffer.length)]!.push(buffer);
  idleBytes += buffer.length;
}

/** Below this many bytes, a loop is faster than an object for the range. */
const RANGE_FROM = 64;

/** Copies a range; a short one without making an object. */
export function copyRange(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (end - start >= RANGE_FROM) return target.set(source.subarray(start, end), at);
  for (let from = start, to = at; from < end; from++, to++) target[to] = source[from]!;
}

/**
 * Makes room in a buffer: returns it, or a larger one with the same `used` bytes, and gives the old one back.
 *
 * @param wished how many bytes it will hold in the end, as far as is known: at least `needed`
 */
export function makeRoom(
  held: Uint8Array<ArrayBuffer> | undefined,
  used: number,
  needed: number,
  wished: number,
): Uint8Array<ArrayBuffer> {
  if (held && held.length >= needed) return held;
  // At least doubled, so that a message in many pieces is not copied many times; at most twice what came.
  const buffer = borrow(Math.min(wished, Math.max(needed, 2 * used)), wished);
  if (held) {
    copyRange(held, 0, used, buffer, 0);
    giveBack(held);
  }
  return buffer;
}
