/**
 * Deno.serve with Deno.upgradeWebSocket.
 *
 * By itself: `deno run -A servers/native.ts --port 8765`
 */

import { behaviourAt, document, tag } from "./behaviours.ts";
import { page } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Behaviour, RunningServer } from "./types.ts";
import { forbidden, refusesOf } from "./visitors.ts";

/**
 * Starts the server.
 *
 * @param address where it listens
 */
// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start({ hostname, port, tls }: Address): Promise<RunningServer> {
  const audience = new Set<WebSocket>();
  const refuses = refusesOf(hostname);
  const options = {
    hostname,
    port,
    onListen() {},
    onError: badRequest,
    ...(tls !== undefined && { cert: tls, key: tls }),
  };

  function answer(request: Request): Response {
    const { headers } = request;
    const { host, pathname } = new URL(request.url);
    if (refuses(headers.get("host") ?? host, headers.get("origin"))) return forbidden();
    const behaviour = behaviourAt(pathname);
    if (!behaviour) return new Response("Not found\n", { status: 404 });
    if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return pathname === "/" ? new Response(home.body, home) : upgradeRequired();
    }
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    socket.binaryType = "arraybuffer";
    serve[behaviour](socket, audience);
    return response;
  }

  const server = Deno.serve(options, answer);
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

const home = page("native", "websocket");

const utf8 = new TextDecoder();

function upgradeRequired(): Response {
  return new Response("Open a WebSocket here\n", {
    status: 426,
    headers: { upgrade: "websocket", connection: "upgrade" },
  });
}

function badRequest(): Response {
  return new Response("Not a WebSocket handshake\n", { status: 400 });
}

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
