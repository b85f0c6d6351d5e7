/**
 * A program with servers that speak what is asked for, by the libraries that people take for it. A line of its stdin
 * asks for a server and a relay to it; it prints the port of the relay. A line with such a port asks how many faults the
 * relay has made. It ends with its stdin.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema } from "npm:graphql@^16";
import { useServer } from "npm:graphql-ws@^6/use/ws";
import { Server as RpcServer } from "npm:rpc-websockets@^10";
import { Server as SocketIoServer } from "socket.io";
// @ts-types="npm:@types/ws@^8"
import { type WebSocket, WebSocketServer } from "ws";
import { readLines } from "../process/lines.ts";
import { startRelay } from "../../checks/testing/network/relay.ts";
import { type Spoiler, spoiler, type Spoiling } from "../../checks/testing/network/spoil.ts";
import { pushTo, STREAM } from "./stream.ts";

/** What a line of stdin asks for: a relay, or the faults of one, by its port. */
export type Asked = Spoiling & { readonly speaks: string } | number;

/** The port of what listens. */
type Port = Promise<number>;

async function portOf(
  listener: { once(event: "listening", listen: () => void): unknown },
  address: () => AddressInfo | string | null,
): Port {
  await new Promise<void>((resolve) => listener.once("listening", resolve));
  return (address() as AddressInfo).port;
}

/** Answers each message of a WebSocket by a function. */
function answering(answer: (socket: WebSocket, text: string) => void, greet = ""): Port {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  server.on("connection", (socket) => {
    if (greet !== "") socket.send(greet);
    socket.on("message", (data) => answer(socket, String(data)));
  });
  return portOf(server, () => server.address());
}

const SERVERS: Readonly<Record<string, () => Port>> = {
  /** Wants a login, pings by messages, tells of what happens elsewhere, and answers late now and then. */
  json() {
    const known = new WeakSet<WebSocket>();
    return answering((socket, text) => {
      const { type, id, token, data } = JSON.parse(text);
      if (type === "login") {
        if (token !== "t0ken") return socket.close(4401, "wrong token");
        known.add(socket);
        socket.send('{"type":"ping"}');
        return;
      }
      if (type === "pong") return socket.send('{"type":"welcome","user":{"name":"a"}}');
      if (type === "bye") return;
      if (!known.has(socket)) return socket.close(4401, "first message must be a login");
      const reply = JSON.stringify({ type: "reply", data, meta: { id: `m-${id}` } });
      if (id % 7 === 0) socket.send('{"type":"tick","id":1}');
      if (id % 5 === 0) setTimeout(() => socket.send(reply), 1);
      else socket.send(reply);
    }, '{"type":"hello"}');
  },
  /** Says that a message has come, and nothing else. */
  ok: () => answering((socket) => socket.send("+ok received")),
  /** Gives the number of a message back in a text. */
  number: () => answering((socket, text) => socket.send(`got ${/\d+/.exec(text)![0]} of yours`)),
  echo: () => answering((socket, text) => socket.send(text)),
  /** Greets, and sends by itself when it was asked once. */
  stream: () =>
    answering(
      (socket) => void pushTo((tick) => socket.send(JSON.stringify({ type: "tick", ...tick }))),
      '{"type":"hello"}',
    ),
  /** What docs/protocols/chat.ts speaks. */
  chat: () =>
    answering((socket, text) => {
      if (text.startsWith("JOIN ")) {
        socket.send("JOINED somebody else");
        socket.send("HELLO");
      } else if (text.startsWith("SAY ")) socket.send(text.replace("SAY", "SAID"));
      else if (text !== "LEAVE") socket.close(4400, "what?");
    }),
  wrap: () =>
    answering((socket, text) => socket.send(JSON.stringify({ at: Date.now(), data: [text] }))),
  "json-rpc"() {
    const server = new RpcServer({ host: "127.0.0.1", port: 0 });
    server.register("echo", (params) => (params as unknown as string[])[0]);
    server.register("fail", () => {
      throw new Error("no");
    });
    server.event("news");
    server.on(
      "connection",
      (socket: WebSocket) =>
        socket.send('{"notification":"news","params":[],"jsonrpc":"2.0","method":"news"}'),
    );
    return portOf(server, () => server.wss.address());
  },
  "graphql-transport-ws"() {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    const schema = buildSchema(
      "type Query { echo(text: String!): String } type Subscription { ticks: Int, numbers: Int }",
    );
    async function* ticks(): AsyncGenerator<{ ticks: number }> {
      for (let count = 0; count < 50; count++) {
        await new Promise((done) => setTimeout(done, 2));
        yield { ticks: count };
      }
    }
    async function* numbers(): AsyncGenerator<{ numbers: number }> {
      for (let count = 0; count < STREAM; count++) {
        await new Promise((done) => setTimeout(done, 1));
        yield { numbers: count };
      }
      await new Promise(() => {});
    }
    useServer({
      schema,
      roots: {
        query: { echo: ({ text }: { text: string }) => text },
        subscription: { ticks, numbers },
      },
      onConnect: ({ connectionParams }) => connectionParams?.["token"] !== "wrong",
    }, server);
    return portOf(server, () => server.address());
  },
  "socket.io"() {
    const http = createServer();
    const io = new SocketIoServer(http, { serveClient: false, path: "/rt" });
    const chat = io.of("/chat");
    chat.use(({ handshake }, next) =>
      next(handshake.auth["token"] === "t0ken" ? undefined : new Error("unauthorized"))
    );
    chat.on("connection", (socket) => {
      socket.emit("hello", { id: socket.id });
      socket.on("chat message", (text) => socket.emit("chat message", text));
      socket.on("ask", (content, acknowledge) => {
        socket.emit("tick", Date.now());
        acknowledge(content);
      });
    });
    io.of("/stream").on("connection", (socket) => void pushTo((tick) => socket.emit("tick", tick)));
    http.listen(0, "127.0.0.1");
    return portOf(http, () => http.address());
  },
};

const ports = new Map<string, Port>();
const spoilers = new Map<number, Spoiler>();
for await (const line of readLines(Deno.stdin.readable)) {
  const asked: Asked = JSON.parse(line);
  let told: number;
  if (typeof asked === "number") {
    told = spoilers.get(asked)!.spoilt;
  } else {
    const port = ports.get(asked.speaks) ?? SERVERS[asked.speaks]!();
    ports.set(asked.speaks, port);
    const spoiling = spoiler(asked);
    told = startRelay({ port: await port }, spoiling).port;
    spoilers.set(told, spoiling);
  }
  Deno.stdout.writeSync(new TextEncoder().encode(`${told}\n`));
}
Deno.exit(0);
