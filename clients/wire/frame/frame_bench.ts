import { applyMask, FrameDecoder, OPCODE, writeFrame, writeHeader } from "./frame.ts";
import { acceptResponse, createHandshake, HandshakeRequestReader } from "../handshake/handshake.ts";

/** Messages for each iteration, so that the clock's own cost does not count: divide by it. */
const MESSAGES = 1024;
const SIZES = [16, 1024] as const;
const KEY = 0x37fa213d;

const target = new Uint8Array(MESSAGES * (1024 + 14));
const payload = new TextEncoder().encode("payload ".repeat(128));

let seen = 0;
const sink = {
  message(_: boolean, _buffer: Uint8Array, start: number, end: number): void {
    seen += end - start;
  },
  ping(): void {},
  pong(): void {},
  close(): void {},
};

/** A stream of messages of one size. */
function stream(opcode: number, size: number, mask?: number): Uint8Array {
  let at = 0;
  for (let count = 0; count < MESSAGES; count++) {
    at = writeFrame(target, at, opcode, payload, 0, size, mask);
  }
  return target.slice(0, at);
}

for (const size of SIZES) {
  const group = `${MESSAGES} messages of ${size} B`;

  Deno.bench(`writeHeader(), masked, ${size} B`, { group }, () => {
    let at = 0;
    for (let count = 0; count < MESSAGES; count++) {
      at = writeHeader(target, at, OPCODE.binary, size, KEY) + size;
    }
  });

  Deno.bench(`writeFrame(), masked, ${size} B`, { group }, () => {
    let at = 0;
    for (let count = 0; count < MESSAGES; count++) {
      at = writeFrame(target, at, OPCODE.binary, payload, 0, size, KEY);
    }
  });

  for (
    const [name, role, opcode, checkUtf8, mask] of [
      ["binary, client", "client", OPCODE.binary, false, undefined],
      ["checked text, client", "client", OPCODE.text, true, undefined],
      // A decoder unmasks in place: with the key 0 the same bytes serve every iteration.
      ["binary, server", "server", OPCODE.binary, false, 0],
    ] as const
  ) {
    const bytes = stream(opcode, size, mask);
    const decoder = new FrameDecoder(sink, { role, maxMessageBytes: 2 ** 20, checkUtf8 });
    Deno.bench(`FrameDecoder, ${name}, whole, ${size} B`, { group }, () => {
      decoder.push(bytes, 0, bytes.length);
    });
    // Each read ends inside a frame.
    const read = size + 1;
    Deno.bench(`FrameDecoder, ${name}, every message split, ${size} B`, { group }, () => {
      for (let start = 0; start < bytes.length; start += read) {
        decoder.push(bytes, start, Math.min(bytes.length, start + read));
      }
    });
  }
}

for (const size of [16, 1024, 2 ** 20]) {
  const bytes = new Uint8Array(size);
  Deno.bench(`applyMask(), ${size} B`, { group: `applyMask ${size}` }, () => {
    applyMask(bytes, 0, size, KEY);
  });
}

Deno.bench("createHandshake()", { group: "handshake" }, () => {
  createHandshake("ws://127.0.0.1:8080/echo");
});

Deno.bench("handshake of both sides", { group: "handshake" }, () => {
  const { request, reader } = createHandshake("ws://127.0.0.1:8080/echo");
  const server = new HandshakeRequestReader();
  server.push(request, 0, request.length);
  const response = acceptResponse(server.key);
  reader.push(response, 0, response.length);
});
