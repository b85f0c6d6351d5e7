/** Bun.serve with its own WebSockets. On its own: `bun servers/javascript/bun.ts --port 8765` */

import { Audiences, document, tag } from "../contract/behaviours.ts";
import { bunNotes, bunVersion, COMPRESS, serveBun } from "../contract/bun_server.ts";
import { answersOf } from "../contract/page.ts";
import { startStream } from "../contract/stream.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Asked, Behaviour, RunningServer } from "../types.ts";

interface Socket {
  readonly data: Asked;
  /** Returns how many bytes were sent, -1 if they are queued, 0 if they are dropped. */
  send(message: string | Uint8Array, compress: boolean): number;
}

// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start(address: Address): Promise<RunningServer> {
  const audiences = new Audiences<Socket>();
  const streams = new Map<Socket, () => void>();
  const answer = answersOf("bun", address.hostname);

  return serveBun(address, {
    fetch(request, server) {
      const asked = answer(request);
      if (asked instanceof Response) return asked;
      if (server.upgrade(request, { data: asked })) return undefined;
      return new Response("Not a WebSocket handshake\n", { status: 400 });
    },
    websocket: {
      open(socket: Socket) {
        const { behaviour, path } = socket.data;
        if (behaviour === "/broadcast") audiences.join(path, socket);
        if (behaviour === "/push") {
          streams.set(socket, startStream(path, (message) => socket.send(message, COMPRESS)));
        }
      },
      close(socket: Socket) {
        audiences.leave(socket.data.path, socket);
        streams.get(socket)?.();
        streams.delete(socket);
      },
      message: (socket: Socket, message: string | Uint8Array) =>
        serve[socket.data.behaviour](socket, message, audiences),
    },
  });
}

const serve: Record<
  Behaviour,
  (socket: Socket, message: string | Uint8Array, audiences: Audiences<Socket>) => void
> = {
  "/echo": (socket, message) => void socket.send(message, COMPRESS),
  "/tag": (socket, message) =>
    void socket.send(tag(typeof message === "string" ? message : utf8.decode(message)), COMPRESS),
  "/json": (socket) => void socket.send(document, COMPRESS),
  "/broadcast": ({ data: { path } }, message, audiences) =>
    audiences.at(path).forEach((listener) => listener.send(message, COMPRESS)),
  "/push"() {},
};

const utf8 = new TextDecoder();

// Deno reads this file, too, to check it.
if (import.meta.main) {
  await standalone({
    id: "bun",
    library: `Bun.serve ${bunVersion()}`,
    notes: bunNotes,
  }, start);
}
