/** Deno.serve with Deno.upgradeWebSocket. On its own: `deno run -A servers/native.ts --port 8765` */

import { Audiences, document, tag } from "./contract/behaviours.ts";
import { answersOf } from "./contract/page.ts";
import { startStream } from "./contract/stream.ts";
import { standalone } from "./contract/standalone.ts";
import type { Address, Asked, Behaviour, RunningServer } from "./types.ts";

// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start(
  { hostname, port, tls, sharesPort = false }: Address,
): Promise<RunningServer> {
  const audiences = new Audiences<WebSocket>();
  const answer = answersOf("native", hostname);
  const options = {
    hostname,
    port,
    reusePort: sharesPort,
    onListen() {},
    onError: () => new Response("Not a WebSocket handshake\n", { status: 400 }),
    ...(tls !== undefined && { cert: tls, key: tls }),
  };

  const server = Deno.serve(options, (request) => {
    const asked = answer(request);
    if (asked instanceof Response) return asked;
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.binaryType = "arraybuffer";
    serve[asked.behaviour](socket, asked, audiences);
    return response;
  });
  return {
    port: server.addr.port,
    // Closes the sockets with code 1001, too.
    close: () => server.shutdown(),
  };
}

const serve: Record<
  Behaviour,
  (socket: WebSocket, asked: Asked, audiences: Audiences<WebSocket>) => void
> = {
  "/echo"(socket) {
    socket.onmessage = ({ data }) => socket.send(data);
  },
  "/tag"(socket) {
    socket.onmessage = ({ data }) =>
      socket.send(tag(typeof data === "string" ? data : utf8.decode(data)));
  },
  "/json"(socket) {
    socket.onmessage = () => socket.send(document);
  },
  "/broadcast"(socket, { path }, audiences) {
    socket.onopen = () => audiences.join(path, socket);
    socket.onclose = () => audiences.leave(path, socket);
    socket.onmessage = ({ data }) => audiences.at(path).forEach((listener) => listener.send(data));
  },
  "/push"(socket, { path }) {
    socket.onopen = () => {
      socket.onclose = startStream(path, (message) => socket.send(message));
    };
  },
};

const utf8 = new TextDecoder();

if (import.meta.main) {
  await standalone({
    id: "native",
    library: `Deno.serve ${Deno.version.deno}`,
    lacks: { deflate: "Deno.upgradeWebSocket knows no extension" },
    notes: [
      "No compression, no logging, no idle timeout.",
      "TCP_NODELAY is set by Deno.serve, but not over TLS: a reply may wait for the acknowledgement of the one before.",
      "Messages of less than 64 MiB, Deno's fixed limit.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
