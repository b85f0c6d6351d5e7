/**
 * SHA-1 (FIPS 180-4 §6.1.2), which the opening handshake takes of some 60 characters. Not for anything that must be
 * safe: collisions can be made.
 *
 * The same is in node:crypto, whose loading takes as long as the start of Deno itself, in every process that opens a
 * WebSocket, and WebCrypto answers with promises only.
 */

const BLOCK = 64;
/** Bytes after the message in its last block: a one, and the message's length in bits. */
const LEAST_PADDING = 9;
const ROUNDS = 80;
/** One for each quarter of the rounds. */
const CONSTANTS = Int32Array.of(0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6);
const START = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);

const encoder = new TextEncoder();
// One message at a time: the schedule of its block, and its five words.
const schedule = new Int32Array(ROUNDS);
const state = new Int32Array(5);

function rotated(word: number, by: number): number {
  return word << by | word >>> (32 - by);
}

/** Takes in the block that {@linkcode schedule} begins with. */
function takeBlock(): void {
  for (let at = 16; at < ROUNDS; at++) {
    const mixed = schedule[at - 3]! ^ schedule[at - 8]! ^ schedule[at - 14]! ^ schedule[at - 16]!;
    schedule[at] = rotated(mixed, 1);
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!;
  for (let round = 0; round < ROUNDS; round++) {
    const quarter = round / 20 | 0;
    const mixed = quarter === 0
      ? b & c | ~b & d
      : quarter === 2
      ? b & c | b & d | c & d
      : b ^ c ^ d;
    const next = rotated(a, 5) + mixed + e + CONSTANTS[quarter]! + schedule[round]! | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}

/** The 20 bytes of the hash of a text, as UTF-8. */
export function sha1(text: string): Uint8Array {
  const message = encoder.encode(text);
  const blocks = Math.ceil((message.length + LEAST_PADDING) / BLOCK);
  const padded = new Uint8Array(blocks * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  // The length has 64 bits, of which a text that fits into memory needs 53 at most.
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, message.length * 8);
  state.set(START);
  for (let block = 0; block < padded.length; block += BLOCK) {
    for (let at = 0; at < 16; at++) schedule[at] = view.getInt32(block + 4 * at);
    takeBlock();
  }
  const hash = new DataView(new ArrayBuffer(4 * state.length));
  for (let word = 0; word < state.length; word++) hash.setInt32(4 * word, state[word]!);
  return new Uint8Array(hash.buffer);
}
