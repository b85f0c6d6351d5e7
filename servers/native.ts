/** Deno.serve with Deno.upgradeWebSocket. On its own: `deno run -A servers/native.ts --port 8765` */

import { document, tag } from "./behaviours.ts";
import { answersOf } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Behaviour, RunningServer } from "./types.ts";

// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start({ hostname, port, tls }: Address): Promise<RunningServer> {
  const audience = new Set<WebSocket>();
  const answer = answersOf("native", hostname);
  const options = {
    hostname,
    port,
    onListen() {},
    onError: () => new Response("Not a WebSocket handshake\n", { status: 400 }),
    ...(tls !== undefined && { cert: tls, key: tls }),
  };

  const server = Deno.serve(options, (request) => {
    const behaviour = answer(request);
    if (behaviour instanceof Response) return behaviour;
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.binaryType = "arraybuffer";
    serve[behaviour](socket, audience);
    return response;
  });
  return {
    port: server.addr.port,
    // Closes the sockets with code 1001, too.
    close: () => server.shutdown(),
  };
}

const serve: Record<Behaviour, (socket: WebSocket, audience: Set<WebSocket>) => void> = {
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
  "/broadcast"(socket, audience) {
    socket.onopen = () => audience.add(socket);
    socket.onclose = () => audience.delete(socket);
    socket.onmessage = ({ data }) => audience.forEach((listener) => listener.send(data));
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
