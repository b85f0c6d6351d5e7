/** The reference server as a real process; the far end is npm:ws, which is none of wsmark's. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import { needing } from "../checks/testing/needs.ts";
import { reference } from "./mod.ts";
import { openPeer } from "./testing/peer.ts";
import { type ServerProcess, startProcess, within } from "./testing/process.ts";
import { breakOff } from "./testing/raw.ts";

const open = openPeer.websocket!;
/** Around the lengths where the header of a frame grows (RFC 6455 §5.2), and where reads and batches end. */
const SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 262_144, 1_048_576, 16_777_216];

const cases: Record<string, (server: ServerProcess) => Promise<void>> = {
  "prints a ready line that says who it is"({ ready, pid }) {
    equal(ready.ready, true);
    equal(ready.server, "reference");
    equal(ready.pid, pid);
    match(ready.url, /^ws:\/\/127\.0\.0\.1:[1-9]\d*\/$/);
    match(ready.runtime, /^deno \d+\.\d+/);
    ok(ready.library);
    return Promise.resolve();
  },

  async "echoes text and bytes of border sizes"({ origin }) {
    await using peer = await open(origin, "/echo");
    for (const size of SIZES) {
      const text = "größer ".repeat(size / 8 + 1).slice(0, size);
      ok(await peer.ask(text) === text, `another text than that of ${size} characters came back`);
      const bytes = Uint8Array.from({ length: size }, (_, index) => index * 31);
      const reply = await peer.ask(bytes);
      ok(reply instanceof Uint8Array, `bytes came back as text, of ${size}`);
      ok(Buffer.compare(reply, bytes) === 0, `other bytes than those ${size} came back`);
    }
  },

  async "tags text and bytes of border sizes on /tag"({ origin }) {
    await using peer = await open(origin, "/tag");
    for (const size of SIZES.filter((size) => size <= 2 ** 20)) {
      const text = "größe 5 ".repeat(size / 8 + 1).slice(0, size);
      for (const message of [text, new TextEncoder().encode(text)]) {
        const reply = String(await peer.ask(message));
        ok(reply.startsWith(text), `another text than that of ${size} characters came back`);
        match(reply.slice(text.length), /^ - (0|[1-9]\d{0,2})$/);
      }
    }
  },

  async "behaves as /echo on /, with or without a query"({ origin }) {
    for (const path of ["/", "/?a=b", "/echo?a=b"]) {
      await using peer = await open(origin, path);
      equal(await peer.ask("root"), "root");
    }
  },

  async "keeps the order of 10,000 messages"({ origin }) {
    await using peer = await open(origin, "/echo");
    const sent = Array.from({ length: 10_000 }, (_, index) => `message ${index}`);
    sent.forEach(peer.send);
    deepEqual(await peer.take(sent.length), sent);
  },

  async "keeps 200 connections apart"({ origin }) {
    const peers = await Promise.all(Array.from({ length: 200 }, () => open(origin, "/echo")));
    const replies = await Promise.all(peers.map((peer, index) => peer.ask(`${index}`)));
    deepEqual(replies, peers.map((_, index) => `${index}`));
    deepEqual(await Promise.all(peers.map((peer) => peer.close())), peers.map(() => 1000));
  },

  async "answers a ping with its payload"({ origin }) {
    const socket = new WebSocket(`${origin}/echo`);
    const payload = Buffer.from("ping".repeat(31));
    const pong = new Promise<Buffer>((resolve) => socket.once("pong", resolve));
    socket.once("open", () => socket.ping(payload));
    ok(payload.equals(await within("the pong", pong)));
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    socket.close(1000);
    equal(await within("the close", closed), 1000);
  },

  async "closes with the code of the client"({ origin }) {
    for (const code of [1000, 3000, 4999]) {
      const peer = await open(origin, "/echo");
      equal(await peer.close(code), code);
    }
    // A close frame without a code is answered by one without a code.
    const socket = new WebSocket(`${origin}/echo`);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    socket.once("open", () => socket.close());
    equal(await within("the close", closed), 1005);
  },

  async "refuses another path with 404"({ origin }) {
    for (const path of ["/nowhere", "/json", "/broadcast", "/echo/"]) {
      const refused = await open(origin, path).then(() => undefined, (error: Error) => error);
      match(refused?.message ?? "", /404/, path);
    }
  },

  async "survives peers that do not speak WebSocket"({ origin }) {
    const { hostname, port } = new URL(origin);
    const garbage = new Uint8Array(100_000).map((_, index) => index * 7919 >>> 3);
    for (const bytes of [garbage, new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n")]) {
      using connection = await Deno.connect({ hostname, port: Number(port) });
      await connection.write(bytes);
      const rest = new Uint8Array(1024);
      const end = async (): Promise<void> => {
        while (await connection.read(rest).catch(() => null) !== null);
      };
      await within("the end of the connection", end());
    }
    // Not masked; of a reserved opcode; cut off amid a header and amid a payload.
    for (
      const frame of [
        [0x81, 1, 65],
        [0x83, 0x80, 0, 0, 0, 0],
        [0x82, 0xff, 0, 0],
        [0x82, 0xfe, 1, 0, 0, 0, 0, 0, 1, 2],
      ]
    ) {
      await breakOff(origin, "websocket", Uint8Array.from(frame));
    }
    await using peer = await open(origin, "/echo");
    equal(await peer.ask("still here"), "still here");
  },
};

// It needs epoll, which only Linux has.
Deno.test(needing("Linux", {
  name: "reference: keeps the server contract, as far as it goes",
  async fn(test) {
    await using server = await startProcess(reference);
    for (const [name, run] of Object.entries(cases)) {
      await test.step(`reference: ${name}`, () => run(server));
    }
    await test.step("reference: ends with exit code 0 on SIGTERM, having logged nothing", async () => {
      server.kill("SIGTERM");
      deepEqual(await within("the end", server.ended), { code: 0, stdout: "", stderr: "" });
    });
  },
}));

Deno.test(needing("Linux", {
  name: "reference: ends with exit code 0 when its stdin ends, connections or not",
  async fn() {
    await using server = await startProcess(reference);
    const peer = await open(server.origin, "/echo");
    equal(await peer.ask("open"), "open");
    await server.closeStdin();
    equal((await within("the end", server.ended)).code, 0);
    await peer.close();
  },
}));

Deno.test(needing("Linux", {
  name: "reference: ends with exit code 0 on SIGTERM while it is busy",
  async fn() {
    await using server = await startProcess(reference);
    const socket = new WebSocket(`${server.origin}/echo`);
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    const busy = new Promise<void>((resolve) => {
      let replies = 0;
      socket.on("message", (data) => {
        socket.send(data);
        if (++replies === 1000) resolve();
      });
    });
    socket.on("error", () => {}); // A write after the end may fail; `close` follows.
    socket.once("open", () => {
      for (let index = 0; index < 16; index++) socket.send("x".repeat(1000));
    });
    await within("1,000 replies", busy);
    server.kill("SIGTERM");
    equal((await within("the end", server.ended)).code, 0);
    await within("the end of the connection", closed);
  },
}));
