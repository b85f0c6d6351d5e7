/**
 * What the conformance suite says to a server without a library: plain requests, and bytes that no library would send.
 *
 * @module
 */

import { match } from "node:assert/strict";
import type { Protocol } from "../types.ts";
import { within } from "./process.ts";

/** Where the WebSocket handshake itself goes: Socket.IO has one path for all its namespaces. */
export const handshakePath: Record<Protocol, string> = {
  websocket: "/echo",
  "socket.io": "/socket.io/?EIO=4&transport=websocket",
};

/**
 * Sends a plain GET.
 *
 * @param origin `ws://host:port`
 * @param path what to get
 */
export async function get(
  origin: string,
  path: string,
): Promise<{ status: number; headers: Headers; body: string }> {
  const response = await within(`GET ${path}`, fetch(origin.replace("ws:", "http:") + path));
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/**
 * Shakes hands, sends bytes and drops the connection.
 *
 * @param origin `ws://host:port`
 * @param protocol what the server speaks
 * @param bytes sent after the handshake as they are
 */
export async function breakOff(
  origin: string,
  protocol: Protocol,
  bytes: Uint8Array,
): Promise<void> {
  const { hostname, port, host } = new URL(origin);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const request = [
    `GET ${handshakePath[protocol]} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  await connection.write(new TextEncoder().encode(request.join("\r\n") + "\r\n\r\n"));
  const reply = new Uint8Array(1024);
  const length = await within("the handshake", connection.read(reply)) ?? 0;
  match(new TextDecoder().decode(reply.subarray(0, length)), /^HTTP\/1\.1 101 /);
  await connection.write(bytes);
}
