/** hono's upgradeWebSocket on Deno.serve. On its own: `deno run -A servers/javascript/hono.ts --port 8765` */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { upgradeWebSocket } from "hono/deno";
import type { WSContext, WSEvents, WSMessageReceive } from "hono/ws";
import { Audiences, behaviours, document, tag } from "../contract/behaviours.ts";
import { page } from "../contract/page.ts";
import { PUSH, startStream } from "../contract/stream.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Behaviour, RunningServer } from "../types.ts";
import { forbidden, refusesOf } from "../contract/visitors.ts";

type Events = WSEvents<WebSocket>;
type Listeners = Audiences<WSContext<WebSocket>>;

// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start({ hostname, port, tls }: Address): Promise<RunningServer> {
  const audiences: Listeners = new Audiences();
  const app = new Hono();
  // A request that hono's upgradeWebSocket does not take falls through to the handler after it.
  for (const behaviour of behaviours) {
    app.get(behaviour, upgradeTo(behaviour, audiences), upgradeRequired);
  }
  app.get("/room/:number{[0-9]{1,9}}", upgradeTo("/broadcast", audiences), upgradeRequired);
  app.get("/push/:rate/:size", async (context, next) => {
    if (!PUSH.test(context.req.path)) return context.notFound();
    return await upgradeTo("/push", audiences)(context, next);
  }, upgradeRequired);
  app.get(
    "/",
    upgradeTo("/echo", audiences),
    (context) => context.body(home.body, 200, home.headers),
  );
  app.onError((_error, context) => context.text("Not a WebSocket handshake\n", 400));
  app.notFound((context) => context.text("Not found\n", 404));

  const refuses = refusesOf(hostname);
  const encryption = tls !== undefined && { cert: tls, key: tls };
  const server = Deno.serve({ hostname, port, onListen() {}, ...encryption }, (request) => {
    const { headers, url } = request;
    const isRefused = refuses(headers.get("host") ?? new URL(url).host, headers.get("origin"));
    return isRefused ? forbidden() : app.fetch(request);
  });
  return {
    port: server.addr.port,
    // Closes the sockets with code 1001, too.
    close: () => server.shutdown(),
  };
}

const home = page("hono", "websocket");

function upgradeTo(behaviour: Behaviour, audiences: Listeners): MiddlewareHandler {
  return upgradeWebSocket(({ req: { path } }) => {
    const events = serve[behaviour](audiences, path);
    return {
      ...events,
      onOpen(event, socket) {
        // Bytes come as a Blob otherwise, which is read later than the text that follows it.
        if (socket.raw) socket.raw.binaryType = "arraybuffer";
        events.onOpen?.(event, socket);
      },
    };
  }, { idleTimeout: 0 });
}

const serve: Record<Behaviour, (audiences: Listeners, path: string) => Events> = {
  "/echo": () => ({ onMessage: ({ data }, socket) => send(socket, data) }),
  "/tag": () => ({
    onMessage({ data }, socket) {
      socket.send(tag(typeof data === "string" ? data : utf8.decode(data as ArrayBuffer)));
    },
  }),
  "/json": () => ({ onMessage: (_event, socket) => socket.send(document) }),
  "/broadcast": (audiences, path) => ({
    onOpen: (_event, socket) => audiences.join(path, socket),
    onClose: (_event, socket) => audiences.leave(path, socket),
    onMessage: ({ data }) => audiences.at(path).forEach((listener) => send(listener, data)),
  }),
  "/push"(_audiences, path) {
    let stop = (): void => {};
    return {
      onOpen: (_event, socket) => stop = startStream(path, (message) => socket.send(message)),
      onClose: () => stop(),
    };
  },
};

const utf8 = new TextDecoder();

function send(socket: WSContext<WebSocket>, data: WSMessageReceive): void {
  socket.send(data as string | ArrayBuffer);
}

function upgradeRequired(context: Context): Response {
  return context.text("Open a WebSocket here\n", 426, {
    upgrade: "websocket",
    connection: "upgrade",
  });
}

/** Its package.json is not one of its exports. */
function version(): string {
  const manifest = new URL("../package.json", import.meta.resolve("hono"));
  return JSON.parse(Deno.readTextFileSync(manifest)).version;
}

if (import.meta.main) {
  await standalone({
    id: "hono",
    library: `hono ${version()}`,
    lacks: { deflate: "Deno.upgradeWebSocket knows no extension" },
    notes: [
      "No compression, no logging, no idle timeout.",
      "It runs on Deno.serve, which sets TCP_NODELAY, but not over TLS: a reply may wait for the acknowledgement of the one before.",
      "Messages of less than 64 MiB, Deno's fixed limit.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
