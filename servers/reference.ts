/**
 * The reference server: an echo over epoll that does the least that one can do. It is not a contender: it shows how much
 * the generator can drive on this machine at most.
 *
 * On its own: `deno run -A servers/reference.ts --port 8765` (Linux)
 */

import { EpollTransport } from "../clients/wire/transport/epoll.ts";
import {
  FrameDecoder,
  type FrameSink,
  headerSize,
  OPCODE,
  writeClose,
  writeFrame,
  writeHeader,
} from "../clients/wire/frame/frame.ts";
import {
  acceptResponse,
  HandshakeRequestReader,
  refusal,
} from "../clients/wire/handshake/handshake.ts";
import type { TransportHandlers } from "../clients/wire/transport/transport.ts";
import { askedAt, maxMessageBytes, tag } from "./contract/behaviours.ts";
import { Echo, type EchoPlace, isCutOff } from "./reference/echo.ts";
import { warmUp } from "./reference/warm_up.ts";
import { standalone } from "./contract/standalone.ts";
import type { Address, RunningServer } from "./types.ts";

/** How much is gathered before it is given to the system, in bytes. */
const BATCH_SIZE = 64 * 1024;
/** How many connections it takes. */
const MOST_CONNECTIONS = 16_384;
/** How long it handles only sockets before it handles signals again, in milliseconds. */
const TURN_MS = 100;

class Peer implements FrameSink, EchoPlace {
  reader: HandshakeRequestReader | undefined = new HandshakeRequestReader();
  /** Takes what is no plain message to echo; undefined before the first of that. */
  decoder: FrameDecoder | undefined;
  tags = false;
  left = 0;
  key = 0;
  /** The beginning of a header whose rest has not come. */
  held: Uint8Array | undefined;

  constructor(readonly server: Server, readonly slot: number) {}

  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.server.reply(this, isText, buffer, start, end);
  }

  ping(buffer: Uint8Array, start: number, end: number): void {
    const { server } = this;
    server.reserve(this.slot, end - start + 16);
    server.used = writeFrame(server.out, server.used, OPCODE.pong, buffer, start, end, undefined);
  }

  pong(): void {}

  close(code: number): void {
    this.server.reserve(this.slot, 16);
    this.server.used = writeClose(this.server.out, this.server.used, code, "", undefined);
    this.server.leaving = true;
  }
}

class Server implements TransportHandlers {
  readonly transport: EpollTransport;
  readonly #peers: (Peer | undefined)[] = new Array(MOST_CONNECTIONS);
  readonly #echo = new Echo(maxMessageBytes);
  /** Replies to the read that is being handled, of what is not echoed where it was read. */
  out: Uint8Array = new Uint8Array(BATCH_SIZE);
  used = 0;
  /** Whether the connection that is being handled is to be closed. */
  leaving = false;

  constructor(address: Address) {
    this.transport = new EpollTransport(this, address, MOST_CONNECTIONS);
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
    try {
      const at = peer.reader === undefined ? start : this.#welcome(peer, buffer, start, end);
      if (at >= 0 && at < end) this.#take(peer, buffer, at, end);
    } catch {
      this.leaving = true;
    }
    if (this.used > 0) this.#flush(slot);
    if (!this.leaving) return;
    this.transport.close(slot);
    this.#peers[slot] = undefined;
  }

  #welcome(peer: Peer, buffer: Uint8Array, start: number, end: number): number {
    const reader = peer.reader!;
    const at = reader.push(buffer, start, end);
    if (at < 0) return at;
    const behaviour = askedAt(reader.path)?.behaviour;
    if (behaviour !== "/echo" && behaviour !== "/tag") {
      this.#append(peer.slot, refusal(404, "Not Found"));
      throw new Error("no such behaviour");
    }
    this.#append(peer.slot, acceptResponse(reader.key));
    this.#flush(peer.slot);
    peer.tags = behaviour === "/tag";
    peer.reader = undefined;
    return at;
  }

  #take(peer: Peer, buffer: Uint8Array<ArrayBuffer>, start: number, end: number): void {
    if (peer.held !== undefined) {
      const whole = new Uint8Array(peer.held.length + end - start);
      whole.set(peer.held);
      whole.set(buffer.subarray(start, end), peer.held.length);
      peer.held = undefined;
      return this.#take(peer, whole, 0, whole.length);
    }
    let at = start;
    if (!peer.tags && (peer.decoder === undefined || peer.decoder.isIdle)) {
      at = this.#echo.take(peer, buffer, start, end);
      const { replyEnd } = this.#echo;
      if (replyEnd > start) this.transport.write(peer.slot, buffer, start, replyEnd);
      if (at === end) return;
      if (isCutOff(buffer, at, end)) {
        peer.held = buffer.slice(at, end);
        return;
      }
    }
    peer.decoder ??= new FrameDecoder(peer, { role: "server", maxMessageBytes, checkUtf8: false });
    peer.decoder.push(buffer, at, end);
  }

  /** Replies to a message that the decoder found. */
  reply(peer: Peer, isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (peer.tags) return this.#replyTagged(peer.slot, buffer, start, end);
    const length = end - start;
    this.reserve(peer.slot, length + headerSize(length, false));
    const opcode = isText ? OPCODE.text : OPCODE.binary;
    const at = writeHeader(this.out, this.used, opcode, length, undefined);
    this.out.set(buffer.subarray(start, end), at);
    this.used = at + length;
  }

  #replyTagged(slot: number, buffer: Uint8Array, start: number, end: number): void {
    const text = encoder.encode(tag(decoder.decode(buffer.subarray(start, end))));
    this.reserve(slot, text.length + headerSize(text.length, false));
    const at = writeHeader(this.out, this.used, OPCODE.text, text.length, undefined);
    this.out.set(text, at);
    this.used = at + text.length;
  }

  #append(slot: number, bytes: Uint8Array): void {
    this.reserve(slot, bytes.length);
    this.out.set(bytes, this.used);
    this.used += bytes.length;
  }

  reserve(slot: number, bytes: number): void {
    if (this.used + bytes <= this.out.length) return;
    this.#flush(slot);
    if (bytes > this.out.length) this.out = new Uint8Array(bytes);
  }

  #flush(slot: number): void {
    if (this.used > 0) this.transport.write(slot, this.out, 0, this.used);
    this.used = 0;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Has a server answer messages of this process at the port where it listens. */
function warm({ transport }: Server, address: Address, port: number): void {
  warmUp({ ...address, port }, (timeoutMs) => transport.poll(timeoutMs));
}

/** Compiles the code of the server at a port of its own: at a shared one another process may get the messages. */
function warmApart(address: Address): void {
  const server = new Server({ ...address, port: 0 });
  warm(server, address, server.transport.listen());
  server.transport.dispose();
}

/** Starts the server; its address must be of IPv4. */
export function start(address: Address): Promise<RunningServer> {
  const { sharesPort = false } = address;
  if (sharesPort) warmApart(address);
  const server = new Server(address);
  const port = server.transport.listen(sharesPort);
  if (!sharesPort) warm(server, address, port);
  let closed = false;

  // Signals and the end of stdin are handled between two turns.
  (async () => {
    while (!closed) {
      const endMs = server.transport.now() + TURN_MS;
      for (let leftMs = TURN_MS; leftMs > 0; leftMs = endMs - server.transport.now()) {
        server.transport.poll(leftMs);
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    server.transport.dispose();
  })();

  const close = (): Promise<void> => {
    closed = true;
    return Promise.resolve();
  };
  return Promise.resolve({ port, close });
}

if (import.meta.main) {
  await standalone({
    id: "reference",
    library: "wsmark's own frames",
    lacks: { tls: "it is as simple as can be", deflate: "it is as simple as can be" },
    notes: ["No contender: it shows the most that the generator can drive."],
  }, start);
}
