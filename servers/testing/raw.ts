/**
 * What the conformance suite says to a server without a library: plain requests, and bytes that no library would send.
 */

import { match } from "node:assert/strict";
import { codecFor } from "../../protocols/mod.ts";
import { within } from "./process.ts";

/** Where the WebSocket handshake itself goes: Socket.IO has one path for all its namespaces. */
export function handshakePath(protocol: string): string {
  const { pathname, search } = codecFor(protocol, "ws://localhost/echo").url;
  return pathname + search;
}

/**
 * Sends a plain GET.
 *
 * @param origin `ws://host:port`, or `wss:`
 * @param path what to get
 * @param ca the certificate to trust
 */
export async function get(
  origin: string,
  path: string,
  ca?: string,
): Promise<{ status: number; headers: Headers; body: string }> {
  using client = Deno.createHttpClient(ca === undefined ? {} : { caCerts: [ca] });
  const url = origin.replace(/^ws/, "http") + path;
  const response = await within(`GET ${path}`, fetch(url, { client }));
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/**
 * Connects, and does the handshake of TLS if the origin says so.
 *
 * @param origin `ws://host:port`, or `wss:`
 * @param ca the certificate to trust
 */
export function connect(origin: string, ca?: string): Promise<Deno.Conn> {
  const { protocol, hostname, port } = new URL(origin);
  const where = { hostname, port: Number(port) };
  return protocol === "wss:"
    ? Deno.connectTls({ ...where, ...(ca !== undefined && { caCerts: [ca] }) })
    : Deno.connect(where);
}

/**
 * The request that opens a WebSocket.
 *
 * @param origin `ws://host:port`, or `wss:`
 * @param protocol what the server speaks
 * @param fields more header fields
 */
export function handshakeRequest(
  origin: string,
  protocol: string,
  fields: readonly string[] = [],
): Uint8Array {
  const lines = [
    `GET ${handshakePath(protocol)} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...fields,
  ];
  return new TextEncoder().encode(lines.join("\r\n") + "\r\n\r\n");
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
  protocol: string,
  bytes: Uint8Array,
): Promise<void> {
  using connection = await connect(origin);
  await connection.write(handshakeRequest(origin, protocol));
  const reply = new Uint8Array(1024);
  const length = await within("the handshake", connection.read(reply)) ?? 0;
  match(new TextDecoder().decode(reply.subarray(0, length)), /^HTTP\/1\.1 101 /);
  await connection.write(bytes);
}

/**
 * Asks for a WebSocket in plain text at a server of TLS, and waits for the end of the connection.
 *
 * @param origin `wss://host:port`
 * @param protocol what the server speaks
 */
export async function askInPlainText(origin: string, protocol: string): Promise<void> {
  using connection = await connect(origin.replace("wss:", "ws:"));
  await connection.write(handshakeRequest(origin, protocol));
  const drain = async (): Promise<void> => {
    const reply = new Uint8Array(1024);
    while (await connection.read(reply) !== null);
  };
  // A reset is an end, too.
  await within("the end of a connection in plain text", drain().catch(() => {}));
}
