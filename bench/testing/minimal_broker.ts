/**
 * A server of MQTT that does the least that one can do: it accepts, confirms, and returns each publication to its sender
 * as it came, as it does with all that is not MQTT. So it is an echo that costs the same. Linux only.
 */

import { EpollTransport } from "../../clients/wire/transport/epoll.ts";
import {
  FrameDecoder,
  type FrameSink,
  headerSize,
  OPCODE,
  writeClose,
  writeHeader,
} from "../../clients/wire/frame/frame.ts";
import { acceptResponse, HandshakeRequestReader } from "../../clients/wire/handshake/handshake.ts";
import type { TransportHandlers } from "../../clients/wire/transport/transport.ts";

const MOST_CONNECTIONS = 1024;
const MOST_BYTES = 1024 * 1024;
/** How long it handles only sockets before it handles signals again, in milliseconds. */
const TURN_MS = 100;
const BINARY = 0x82;

class Peer implements FrameSink {
  reader: HandshakeRequestReader | undefined = new HandshakeRequestReader();
  readonly decoder = new FrameDecoder(this, {
    role: "server",
    maxMessageBytes: MOST_BYTES,
    checkUtf8: false,
  });

  constructor(readonly server: Server, readonly slot: number) {}

  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const { server } = this;
    const first = isText ? 0 : buffer[start]!;
    // CONNACK for CONNECT, SUBACK for SUBSCRIBE with the identifier 1.
    if (first === 0x10) return server.append(Uint8Array.of(BINARY, 4, 0x20, 2, 0, 0));
    if (first === 0x82) return server.append(Uint8Array.of(BINARY, 5, 0x90, 3, 0, 1, 0));
    if (first === 0xe0) return;
    const length = end - start;
    if (server.used + length + headerSize(length, false) > server.out.length) {
      server.flush(this.slot);
    }
    const opcode = isText ? OPCODE.text : OPCODE.binary;
    const at = writeHeader(server.out, server.used, opcode, length, undefined);
    server.out.set(buffer.subarray(start, end), at);
    server.used = at + length;
  }

  ping(): void {}

  pong(): void {}

  close(code: number): void {
    const frame = new Uint8Array(16);
    this.server.append(frame.subarray(0, writeClose(frame, 0, code, "", undefined)));
    this.server.leaving = true;
  }
}

class Server implements TransportHandlers {
  readonly transport: EpollTransport;
  readonly #peers: (Peer | undefined)[] = new Array(MOST_CONNECTIONS);
  readonly out = new Uint8Array(2 * MOST_BYTES);
  used = 0;
  leaving = false;

  constructor() {
    this.transport = new EpollTransport(
      this,
      { hostname: "127.0.0.1", port: 0 },
      MOST_CONNECTIONS,
    );
  }

  connected(slot: number): void {
    this.#peers[slot] = new Peer(this, slot);
  }

  ended(slot: number): void {
    this.#peers[slot] = undefined;
  }

  received(slot: number, buffer: Uint8Array<ArrayBuffer>, start: number, end: number): void {
    const peer = this.#peers[slot]!;
    this.leaving = false;
    let at = start;
    if (peer.reader !== undefined) {
      at = peer.reader.push(buffer, start, end);
      if (at < 0) return;
      const chosen = new TextDecoder().decode(buffer.subarray(start, end)).includes("mqtt")
        ? "Sec-WebSocket-Protocol: mqtt\r\n\r\n"
        : "\r\n";
      const accept = new TextDecoder().decode(acceptResponse(peer.reader.key));
      this.append(new TextEncoder().encode(accept.replace(/\r\n$/, chosen)));
      peer.reader = undefined;
    }
    peer.decoder.push(buffer, at, end);
    this.flush(slot);
    if (!this.leaving) return;
    this.transport.close(slot);
    this.#peers[slot] = undefined;
  }

  append(bytes: Uint8Array): void {
    this.out.set(bytes, this.used);
    this.used += bytes.length;
  }

  flush(slot: number): void {
    if (this.used > 0) this.transport.write(slot, this.out, 0, this.used);
    this.used = 0;
  }
}

const server = new Server();
const line = JSON.stringify({
  ready: true,
  url: `ws://127.0.0.1:${server.transport.listen()}/`,
  pid: Deno.pid,
  server: "minimal broker",
  runtime: "deno",
  library: "none",
});
Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
let isOver = false;
Deno.addSignalListener("SIGTERM", () => isOver = true);
while (!isOver) {
  const endMs = server.transport.now() + TURN_MS;
  for (let leftMs = TURN_MS; leftMs > 0; leftMs = endMs - server.transport.now()) {
    server.transport.poll(leftMs);
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
}
Deno.exit();
