/** Connections between this codec and npm:ws over real sockets, for the tests. */

import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
// @ts-types="npm:@types/ws@^8"
import { WebSocket, WebSocketServer } from "ws";
import type { FrameDecoder } from "../frame/frame.ts";
import {
  acceptResponse,
  createHandshake,
  type Deflate,
  type HandshakeReader,
  HandshakeRequestReader,
} from "../handshake/handshake.ts";
import { messageInflater, windowInflater } from "../handshake/inflater.ts";
import { type Event, testDecoder } from "./frames.ts";

/** Writes all bytes. */
export async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Reads up to the end of the handshake; what follows it goes to the decoder. */
export async function readHandshake(
  connection: Deno.Conn,
  reader: HandshakeReader | HandshakeRequestReader,
  decoder: FrameDecoder,
): Promise<void> {
  const buffer = new Uint8Array(65536);
  for (;;) {
    const count = await connection.read(buffer);
    assert.ok(count !== null, "the handshake ended early");
    const after = reader.push(buffer, 0, count);
    if (after < 0) continue;
    return decoder.push(buffer, after, count);
  }
}

/** Reads into the decoder until `isDone`, or to the end of the connection. */
export async function readUntil(
  connection: Deno.Conn,
  decoder: FrameDecoder,
  isDone: () => boolean,
): Promise<void> {
  // An odd size, so that reads end anywhere in a frame.
  const buffer = new Uint8Array(30_011);
  while (!isDone()) {
    const count = await connection.read(buffer);
    if (count === null) return;
    decoder.push(buffer, 0, count);
  }
}

/** Both ends of a connection: ours, and that of npm:ws. */
export interface Client {
  connection: Deno.Conn;
  decoder: FrameDecoder;
  events: Event[];
  socket: WebSocket;
}

/** Our client at an npm:ws server, which compresses every message if we offer it. */
export async function withClient(
  run: (client: Client) => Promise<void>,
  deflate?: Deflate,
  compresses = deflate !== undefined,
): Promise<void> {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    maxPayload: 2 ** 21,
    perMessageDeflate: compresses && { threshold: 0 },
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, "connection");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    const { request, reader } = createHandshake(`ws://127.0.0.1:${port}/path?query`, { deflate });
    const inflater = deflate &&
      (deflate === "takeover" ? windowInflater(15) : messageInflater);
    const { decoder, events } = testDecoder({ inflater });
    await writeAll(connection, request);
    await readHandshake(connection, reader, decoder);
    const [socket] = await accepted;
    await run({ connection, decoder, events, socket });
    decoder.release();
  } finally {
    connection.close();
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Our server for one npm:ws client, which is not yet open when `run` gets it. */
export async function withServer(
  run: (client: Omit<Client, "decoder" | "events">) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/path?query`, { perMessageDeflate: false });
  const connection = await listener.accept();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  try {
    await run({ connection, socket });
  } finally {
    connection.close();
    listener.close();
    socket.terminate();
    await closed;
  }
}

/** Accepts the client as {@linkcode withServer} gives it. */
export async function accept(
  { connection, socket }: Omit<Client, "decoder" | "events">,
): Promise<Client> {
  const reader = new HandshakeRequestReader();
  const { decoder, events } = testDecoder({ role: "server" });
  await readHandshake(connection, reader, decoder);
  assert.equal(reader.path, "/path?query");
  const opened = once(socket, "open");
  await writeAll(connection, acceptResponse(reader.key));
  await opened;
  return { connection, decoder, events, socket };
}
