/** A far end that sees frames as they came: whether one is compressed, and how small it is. */

import { Buffer } from "node:buffer";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { connect, handshakeRequest } from "./raw.ts";
import { within } from "./process.ts";

/** A frame as it came. */
export interface Frame {
  /** Whether it says so: RSV1 (RFC 7692 §6). */
  readonly isCompressed: boolean;
  /** What it carries, still compressed if it is. */
  readonly payload: Uint8Array;
}

/** A connection that has shaken hands; disposing drops it. */
export interface FramePeer extends Disposable {
  /** What the server agreed to of what was offered; empty for nothing. */
  readonly extensions: string;
  /** Sends a text in one frame, compressed without regard to others, or as it is. */
  send(text: string, isCompressed: boolean): Promise<void>;
  /** Takes the next frame. */
  take(): Promise<Frame>;
}

/**
 * Opens a connection.
 *
 * @param origin `ws://host:port`, or `wss:`
 * @param protocol what the server speaks
 * @param options the certificate to trust; the value of Sec-WebSocket-Extensions, by default none
 */
export async function openFrames(
  origin: string,
  protocol: string,
  { ca, offer }: { ca?: string | undefined; offer?: string } = {},
): Promise<FramePeer> {
  const connection = await connect(origin, ca);
  let bytes = Buffer.alloc(0);

  async function atLeast(count: number): Promise<void> {
    const chunk = new Uint8Array(65536);
    while (bytes.length < count) {
      const read = await within("bytes", connection.read(chunk));
      if (read === null) throw new Error(`The connection ended after ${bytes.length} of ${count}`);
      bytes = Buffer.concat([bytes, chunk.subarray(0, read)]);
    }
  }

  async function cut(count: number): Promise<Buffer> {
    await atLeast(count);
    const first = bytes.subarray(0, count);
    bytes = bytes.subarray(count);
    return first;
  }

  async function head(): Promise<string> {
    while (!bytes.includes("\r\n\r\n")) await atLeast(bytes.length + 1);
    return String(await cut(bytes.indexOf("\r\n\r\n") + 4));
  }

  async function write(data: Uint8Array): Promise<void> {
    for (let sent = 0; sent < data.length;) sent += await connection.write(data.subarray(sent));
  }

  const fields = offer === undefined ? [] : [`Sec-WebSocket-Extensions: ${offer}`];
  try {
    await write(handshakeRequest(origin, protocol, fields));
    const reply = await head();
    if (!reply.startsWith("HTTP/1.1 101 ")) throw new Error(`No handshake: ${reply}`);
    const [, extensions = ""] = reply.match(/^sec-websocket-extensions: *(.*?) *$/im) ?? [];
    return {
      extensions,
      send: (text, isCompressed) => write(frameOf(Buffer.from(text), isCompressed)),
      async take() {
        const [first = 0, second = 0] = await cut(2);
        const length = second < 126
          ? second
          : second === 126
          ? (await cut(2)).readUInt16BE()
          : Number((await cut(8)).readBigUInt64BE());
        return { isCompressed: (first & 0x40) !== 0, payload: await cut(length) };
      },
      [Symbol.dispose]: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A frame of text up to 64 KiB, masked with zeros. */
function frameOf(text: Uint8Array, isCompressed: boolean): Uint8Array {
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  const payload = isCompressed ? deflateRawSync(text, flush).subarray(0, -TAIL.length) : text;
  const length = Buffer.alloc(payload.length < 126 ? 1 : 3, 0xff);
  if (payload.length < 126) length[0] = 0x80 | payload.length;
  else length.writeUInt16BE(payload.length, 1), length[0] = 0x80 | 126;
  return Buffer.concat([
    Uint8Array.of(isCompressed ? 0xc1 : 0x81),
    length,
    new Uint8Array(4),
    payload,
  ]);
}

/** What each compressed message ends with, and is sent without (RFC 7692 §7.2.1). */
const TAIL = Uint8Array.of(0, 0, 0xff, 0xff);

/** The text of compressed frames, of which each may refer to those before it. */
export function inflated(frames: readonly Frame[]): string {
  const stream = Buffer.concat(frames.flatMap(({ payload }) => [payload, TAIL]));
  return String(inflateRawSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }));
}
