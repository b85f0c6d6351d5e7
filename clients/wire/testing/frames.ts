/** What the tests of frames share. */

import { FrameDecoder, type FrameDecoderOptions, type FrameSink } from "../frame/frame.ts";

/** One call of a sink. */
export type Event =
  | { kind: "text" | "binary" | "ping" | "pong"; bytes: Uint8Array }
  | { kind: "close"; code: number; reason: string };

/** A sink that notes all calls, and copies what is valid only during them. */
export function collector(): { sink: FrameSink; events: Event[] } {
  const events: Event[] = [];
  const note = (kind: "ping" | "pong") => (buffer: Uint8Array, start: number, end: number): void =>
    void events.push({ kind, bytes: buffer.slice(start, end) });
  return {
    events,
    sink: {
      message: (isText, buffer, start, end) =>
        void events.push({ kind: isText ? "text" : "binary", bytes: buffer.slice(start, end) }),
      ping: note("ping"),
      pong: note("pong"),
      close: (code, reason) => void events.push({ kind: "close", code, reason }),
    },
  };
}

/** A decoder with a limit of 2 MiB that checks text, and what it found. */
export function testDecoder(
  options: Partial<FrameDecoderOptions> = {},
): { decoder: FrameDecoder; events: Event[] } {
  const { sink, events } = collector();
  const decoder = new FrameDecoder(sink, {
    role: "client",
    maxMessageBytes: 2 ** 21,
    checkUtf8: true,
    ...options,
  });
  return { decoder, events };
}

/** Bytes of a text of hexadecimal digits and spaces. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replaceAll(" ", "");
  return Uint8Array.from(
    { length: digits.length / 2 },
    (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
}

/** Payload lengths at which the format of a frame changes, and one beyond a read. */
export const BORDERS = [0, 1, 125, 126, 127, 65535, 65536, 65537, 2 ** 20] as const;
