/** The path of a server as it arrives, over every client. */

import assert from "node:assert/strict";
import { Server } from "socket.io";
import { libraries } from "../../clients/mod.ts";
import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { json } from "../../scenarios/payload/payload.ts";
import { latency } from "../../scenarios/latency.ts";
import { lackOf, needing } from "../../checks/testing/needs.ts";
import { drive } from "../generator/drive.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import { tryHandshake } from "../contact/handshake.ts";
import { addressOf, targetUrl } from "../process/reachability.ts";
import { engines } from "../testing/engines.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";
import { WireExchange } from "../generator/wire/exchange.ts";

interface Listener extends Disposable {
  readonly url: string;
  /** Resolves to so many request lines, in the order in which they came. */
  lines(count: number): Promise<string[]>;
}

/** Accepts every WebSocket handshake, and closes the connection at the first frame. */
async function listen(): Promise<Listener> {
  const program = import.meta.resolve("../testing/request_lines.ts");
  const worker = new Worker(program, { type: "module" });
  const told: string[] = [];
  let heard = (): void => {};
  worker.onmessage = ({ data }) => {
    told.push(data);
    heard();
  };
  async function next(count: number): Promise<string[]> {
    while (told.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      heard = resolve;
      await promise;
    }
    return told.splice(0, count);
  }
  const [url = ""] = await next(1);
  return { url, lines: next, [Symbol.dispose]: () => worker.terminate() };
}

const paths: readonly (readonly [path: string, sent: string])[] = [
  ["/ws://127.0.0.1:1/x", "/ws://127.0.0.1:1/x"],
  ["///127.0.0.1:1/x", "///127.0.0.1:1/x"],
  ["//x", "//x"],
  ["/chat:room", "/chat:room"],
  ["/@host/", "/@host/"],
  ["/a?b=/../c&d=//e", "/a?b=/../c&d=//e"],
  ["/%2F%41%zz", "/%2F%41%zz"],
  ["/чат", "/%D1%87%D0%B0%D1%82"],
];

/** Opens one connection with each of the clients of plain WebSockets. */
const ways: readonly (readonly [name: string, open: (url: string) => Promise<void>])[] = [
  ...libraries.filter(({ protocols }) => protocols.includes("websocket")).map((entry) =>
    [entry.id, async (url: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const client = await entry.load();
      const opened = (): void => connection.close();
      const connection = client.connect(url, { opened, received() {}, closed: () => resolve() });
      await promise;
    }] as const
  ),
  ...engines.filter(({ needs }) => lackOf(needs) === undefined).map(({ engine }) =>
    [`wire over ${engine}`, async (url: string) => {
      using exchange = new WireExchange(engine, "websocket", {
        url,
        payload: json(64),
        timeline: "replies",
        traffic: (load) => closedLoop(load, { connections: 1, inFlight: 1 }),
      }, await addressOf(url));
      const patience = { connectMs: 5000, batchMs: 0, drainMs: 0, closeMs: 0 };
      await drive(exchange, { warmupMs: 1, durationMs: 1, patience, at() {} }).catch(() => {});
    }] as const
  ),
  ["the look before the run", async (url: string) => {
    const [, origin = "", path = ""] = /^(\w+:\/\/[^/]+)(.*)$/.exec(url)!;
    const target = { url: origin, path, protocol: "websocket" } as const;
    await tryHandshake(target, new AbortController().signal);
  }],
];

for (const [name, open] of ways) {
  Deno.test(`a path arrives as it was given: ${name}`, async () => {
    using server = await listen();
    for (const [path] of paths) await open(targetUrl(server.url, path));
    const lines = await server.lines(paths.length);
    assert.deepEqual(lines, paths.map(([, sent]) => `GET ${sent} HTTP/1.1`));
  });
}

Deno.test(needing(["Chromium", "esbuild"], {
  name: "a path arrives as it was given: browser",
  fn: async () => {
    using server = await listen();
    const [path, sent] = paths[0]!;
    const entry = foreignServer({ name: "mine", url: server.url, path });
    const parameters = { connections: 1, inFlight: 1, size: 64 };
    const plan = { ...plannedTrial(entry, latency, parameters), client: "browser" };
    await runTrial(plan, {
      warmupMs: 1,
      durationMs: 1,
      pinning: { absent: "this is a test" },
      engine: { id: "tcp" },
      generators: 1,
      samples: 0,
    }, new AbortController().signal);
    // The trial looks whether the server is there, and then connects.
    const line = `GET ${sent} HTTP/1.1`;
    assert.deepEqual(await server.lines(2), [line, line]);
  },
}));

const namespaces = ["/chat:room", "//x", "/ws://127.0.0.1:1/x", "/a/../b", "/чат", "/a[1]", "/a b"];

Deno.test("a namespace arrives as it was given, and its query with the handshake", async () => {
  const io = new Server({ transports: ["websocket"] });
  const seen: string[] = [];
  const spoken = libraries.filter(({ protocols }) => protocols.includes("socket.io"));
  io.of((_name, _auth, next) => next(null, true)).on("connection", (socket) => {
    seen.push(`${socket.nsp.name} ${socket.handshake.query["room"]}`);
    socket.disconnect(true);
  });
  const http = (await import("node:http")).createServer();
  io.attach(http);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `ws://127.0.0.1:${(http.address() as { port: number }).port}/`;
  try {
    for (const { load } of spoken) {
      const client = await load();
      for (const namespace of namespaces) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const handlers = { opened() {}, received() {}, closed: () => resolve() };
        client.connect(targetUrl(url, `${namespace}?room=[a]`), handlers, "socket.io");
        await promise;
      }
    }
    for (const namespace of namespaces) {
      const target = targetUrl(url, `${namespace}?room=[a]`);
      using exchange = new WireExchange("tcp", "socket.io", {
        url: target,
        payload: json(64),
        timeline: "replies",
        traffic: (load) => closedLoop(load, { connections: 1, inFlight: 1 }),
      }, await addressOf(target));
      await drive(exchange, { warmupMs: 2000, durationMs: 1, at() {} }).catch(() => {});
    }
  } finally {
    await io.close();
  }
  const expected = namespaces.map((namespace) => `${namespace} [a]`);
  assert.deepEqual(seen, [...spoken.flatMap(() => expected), ...expected]);
});
