/** That servers of Socket.IO with the habits of real ones are met as they should be, or with what to do about it. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type ServerOptions, type Socket } from "socket.io";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import { firstContact } from "./first_contact.ts";

interface Habit {
  readonly options?: Partial<ServerOptions>;
  readonly namespace?: string;
  /** Why a connection may not join; undefined if it may. */
  readonly refuses?: (socket: Socket) => string | undefined;
  readonly joined?: (socket: Socket) => void;
}

const echo = (socket: Socket): void => void socket.on("message", (text) => socket.send(text));

/** What the first contact with a server came to: its notes, or the error. */
async function met(
  { options = {}, namespace = "/", refuses = () => undefined, joined = echo }: Habit,
  own: Partial<ForeignServer> = {},
): Promise<string> {
  const http = createServer();
  const server = new Server(http, { destroyUpgradeTimeout: 50, ...options });
  server.of(namespace).use((socket, next) => {
    const reason = refuses(socket);
    next(reason === undefined ? undefined : new Error(reason));
  });
  server.of(namespace).on("connection", joined);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}`;
  const given = { name: "mine", url, protocol: "socket.io", pid: Deno.pid, ...own };
  try {
    return (await firstContact(foreignServer({ replyTimeoutMs: 1000, ...given }))).join(" ");
  } catch (error) {
    return (error as Error).message;
  } finally {
    await server.close();
  }
}

const set = (protocolOptions: ForeignServer["protocolOptions"]): Partial<ForeignServer> => ({
  ...(protocolOptions && { protocolOptions }),
});

const HABITS: readonly (readonly [
  what: string,
  habit: Habit,
  own: Partial<ForeignServer>,
  said: RegExp,
])[] = [
  ["an echo", {}, {}, /^$/],
  ["a namespace", { namespace: "/chat" }, { path: "/chat" }, /^$/],
  [
    "a token, and none is given",
    { refuses: ({ handshake }) => handshake.auth.token === "t0ken" ? undefined : "unauthorized" },
    {},
    /refused the namespace: unauthorized.*; deno task list socket\.io shows what --set mine=/,
  ],
  [
    "a token, which is given",
    { refuses: ({ handshake }) => handshake.auth.token === "t0ken" ? undefined : "unauthorized" },
    set({ auth: { token: "t0ken" } }),
    /^$/,
  ],
  [
    "a query, which is given",
    { refuses: ({ handshake }) => handshake.query.room === "abc" ? undefined : "no room" },
    set({ query: "room=abc" }),
    /^$/,
  ],
  [
    "another path, and none is given",
    { options: { path: "/v1/rt" } },
    {},
    /; its Socket\.IO may be at another path: --set mine=path=\/…\/$/,
  ],
  ["another path, which is given", { options: { path: "/v1/rt" } }, set({ path: "/v1/rt/" }), /^$/],
  [
    "acknowledgements, and none is asked for",
    { joined: (socket) => void socket.on("message", (text, done) => done?.(text)) },
    {},
    /^mine does not answer as Socket\.IO does .* \(no answer in 1 s to "wsmark"\): deno task list socket\.io shows/,
  ],
  [
    "acknowledgements",
    { joined: (socket) => void socket.on("message", (text, done) => done?.(text)) },
    set({ ack: "echo" }),
    /^$/,
  ],
  [
    "another event",
    {
      joined: (socket) =>
        void socket.on("chat message", (text) => socket.emit("chat message", text)),
    },
    set({ event: "chat message" }),
    /^$/,
  ],
  [
    "a greeting",
    {
      joined(socket) {
        socket.emit("hello", { id: socket.id });
        echo(socket);
      },
    },
    {},
    /^$/,
  ],
  [
    "a room",
    {
      joined(socket) {
        socket.join("r");
        socket.on("message", (text) => {
          socket.emit("tick", 1);
          socket.to("r").emit("message", text);
          socket.emit("message", text);
        });
      },
    },
    {},
    /^$/,
  ],
  [
    "polling alone",
    { options: { transports: ["polling"], allowUpgrades: false } },
    {},
    /answered 400 Bad Request; it may allow no WebSocket, only polling: wsmark speaks Socket\.IO over WebSocket alone$/,
  ],
];

for (const [what, habit, own, said] of HABITS) {
  Deno.test(`firstContact() with a server of Socket.IO with ${what}`, async () => {
    assert.match(await met(habit, own), said);
  });
}
