/** Every server in TypeScript over TLS, under each runtime. */

import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { io } from "socket.io-client";
// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import { testCertificate } from "../../checks/testing/certificate.ts";
import * as faye from "../javascript/faye.ts";
import * as hono from "../javascript/hono.ts";
import * as native from "../native.ts";
import * as socketio from "../socketio.ts";
import { commandOf, startProcess, testServer, within, withPage } from "../testing/process.ts";
import { handshakePath } from "../testing/raw.ts";
import type { ServerEntry } from "../types.ts";
import * as ws from "../ws.ts";

const certificate = await testCertificate();
const { path, pem } = certificate;
Deno.test.afterAll(async () => await certificate[Symbol.asyncDispose]());
const TIMES_MS = 120_000;

/** Sends a message to `/echo` and takes the reply. */
const ask: Record<string, (origin: string, message: string) => Promise<string>> = {
  async websocket(origin, message) {
    const socket = new WebSocket(`${origin}/echo`, { ca: pem, perMessageDeflate: false });
    await once(socket, "open", { signal: AbortSignal.timeout(TIMES_MS) });
    socket.send(message);
    const [reply] = await once(socket, "message", { signal: AbortSignal.timeout(TIMES_MS) });
    const closed = once(socket, "close");
    socket.close();
    await closed;
    return String(reply);
  },
  async "socket.io"(origin, message) {
    // Node's client is given the certificate so; the types are those for browsers.
    const options = { transports: ["websocket"], forceNew: true, reconnection: false, ca: pem };
    const socket = io(`${origin}/echo`, options);
    const replied = Promise.withResolvers<string>();
    socket.on("connect", () => socket.send(message));
    socket.on("message", replied.resolve);
    socket.on("connect_error", replied.reject);
    try {
      return await within("the reply", replied.promise);
    } finally {
      socket.disconnect();
    }
  },
};

/** Makes a request with the given fields; resolves to the status of the answer, or to nothing if the connection ends. */
async function statusOf(
  url: string,
  target: string,
  ...fields: string[]
): Promise<number | undefined> {
  const { port } = new URL(url);
  const address = { hostname: "127.0.0.1", port: Number(port) };
  using connection = await Deno.connectTls({ ...address, caCerts: [pem] });
  const lines = [`GET ${target} HTTP/1.1`, ...fields, "", ""];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  const reply = new Uint8Array(1024);
  const answer = connection.read(reply).catch((error: unknown) => {
    if (error instanceof Deno.errors.UnexpectedEof) return null;
    throw error;
  });
  const length = await within("an answer", answer);
  if (length === null) return;
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(
    new TextDecoder().decode(reply.subarray(0, length)),
  )!;
  return Number(status);
}

const UPGRADE = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

for (const entry of withPage.filter(({ id, lacks }) => id !== "bun" && lacks?.tls === undefined)) {
  testServer(entry, "serves its page and its sockets over TLS", async () => {
    const secure: ServerEntry = {
      ...entry,
      launch: { by: "contract", command: () => [...commandOf(entry), "--tls", path] },
    };
    await using server = await startProcess(secure);
    const { origin } = server;
    match(origin, /^wss:\/\/127\.0\.0\.1:\d+$/);
    const page = origin.replace("wss:", "https:");
    using client = Deno.createHttpClient({ caCerts: [pem], http2: false });
    const response = await fetch(`${page}/`, { client });
    match(await response.text(), /^<!doctype html>/);

    for (const message of ["hello", "ø".repeat(100_000)]) {
      equal(await ask[entry.protocol]!(origin, message), message);
    }
    const { host } = new URL(origin);
    const handshake = handshakePath(entry.protocol);
    equal(await statusOf(origin, handshake, `Host: ${host}`, ...UPGRADE), 101);
    equal(await statusOf(origin, "/", `Host: ${host}`, "Origin: https://localhost:1"), 200);
    equal(await statusOf(origin, "/", "Host: evil.example"), 403);
    equal(await statusOf(origin, "/", `Host: ${host}`, "Origin: https://evil.example"), 403);
    const refused = await statusOf(
      origin,
      handshake,
      `Host: ${host}`,
      "Origin: https://evil.example",
      ...UPGRADE,
    );
    // Engine.IO destroys the socket that it has just written its refusal to, which can be lost then.
    equal([400, 403, undefined].includes(refused), true, `${refused}`);
    await rejects(
      fetch(`${page}/`),
      { name: "TypeError" },
      "only those trust it who are given the certificate",
    );
  });
}

for (const [id, { start }] of Object.entries({ native, ws, socketio, hono, faye })) {
  const protocol: string = id === "socketio" ? "socket.io" : "websocket";

  Deno.test(`${id}: start() serves over TLS until close()`, async () => {
    const server = await start({ hostname: "127.0.0.1", port: 0, tls: pem });
    equal(await ask[protocol]!(`wss://127.0.0.1:${server.port}`, "hello"), "hello");
    await server.close();
    await rejects(Deno.connect({ hostname: "127.0.0.1", port: server.port }));
  });
}

for (const [id, { start }] of Object.entries({ native, hono })) {
  Deno.test(`${id}: start() refuses pages of other machines over HTTP/2, too`, async () => {
    const server = await start({ hostname: "127.0.0.1", port: 0, tls: pem });
    const session = connectHttp2(`https://127.0.0.1:${server.port}`, { ca: pem });
    const own = `127.0.0.1:${server.port}`;
    const found: unknown[] = [];
    for (const authority of [own, "evil.example"]) {
      const request = session.request({ ":path": "/", ":authority": authority });
      request.end();
      const [headers] = await once(request, "response");
      request.resume();
      await once(request, "end");
      found.push(headers[":status"]);
    }
    session.destroy();
    await server.close();
    deepEqual(found, [200, 403]);
  });
}
