/**
 * crossws, with its adapter for the runtime: on Deno, Node and Bun.
 * On its own: `deno run -A servers/javascript/crossws.ts --port 8765`
 */

import process from "node:process";
import type { Hooks, Peer } from "crossws";
import { askedAt, maxMessageBytes } from "../contract/behaviours.ts";
import { bunNotes, COMPRESS, serveBun } from "../contract/bun_server.ts";
import { versionOf } from "../contract/library.ts";
import { serveUpgrades, wsCompressionOf } from "../contract/node_http.ts";
import { answersOf } from "../contract/page.ts";
import { type Session, Sessions } from "../contract/sessions.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Introduction, RunningServer } from "../types.ts";

/** In a variable, as JSR does not see it within a call. */
const LIBRARY = import.meta.resolve("crossws");

type Bytes = Uint8Array<ArrayBuffer>;

/** What its users write: the same for each runtime. */
function createHooks(): Partial<Hooks> {
  const sessions = new Sessions<Bytes>();
  const open = new WeakMap<Peer, Session<Bytes>>();
  return {
    open(peer) {
      // On Deno, a Blob would be read later than the text that follows it.
      if ("deno" in process.versions) peer.websocket.binaryType = "arraybuffer";
      const asked = askedAt(new URL(peer.request.url).pathname)!;
      const send = (message: string | Bytes): void =>
        void peer.send(message, { compress: COMPRESS });
      open.set(peer, sessions.begin(asked, send));
    },
    message: (peer, { rawData }) => open.get(peer)?.received(rawData as string | Bytes),
    close: (peer) => open.get(peer)?.closed(),
  };
}

const NO_LIMIT = { idleTimeout: 0 };

async function startOnDeno(
  { hostname, port, tls, sharesPort = false }: Address,
): Promise<RunningServer> {
  const { default: denoAdapter } = await import("crossws/adapters/deno");
  const { handleUpgrade } = denoAdapter({ hooks: createHooks(), ...NO_LIMIT });
  const answer = answersOf("crossws", hostname);
  const server = Deno.serve({
    hostname,
    port,
    reusePort: sharesPort,
    onListen() {},
    onError: () => new Response("Not a WebSocket handshake\n", { status: 400 }),
    ...(tls !== undefined && { cert: tls, key: tls }),
  }, async (request, info) => {
    const asked = answer(request);
    return asked instanceof Response ? asked : await handleUpgrade(request, info);
  });
  return { port: server.addr.port, close: () => server.shutdown() };
}

async function startOnNode(address: Address): Promise<RunningServer> {
  const { default: nodeAdapter } = await import("crossws/adapters/node");
  const { handleUpgrade, closeAll } = nodeAdapter({
    hooks: createHooks(),
    serverOptions: {
      perMessageDeflate: wsCompressionOf(address.deflate),
      maxPayload: maxMessageBytes,
    },
    ...NO_LIMIT,
  });
  return serveUpgrades("crossws", address, {
    accept: (_asked, request, stream, head) => void handleUpgrade(request, stream, head),
    drop: () => closeAll(1001, undefined, true),
  });
}

async function startOnBun(address: Address): Promise<RunningServer> {
  const { default: bunAdapter } = await import("crossws/adapters/bun");
  const { handleUpgrade, websocket } = bunAdapter({ hooks: createHooks(), ...NO_LIMIT });
  const answer = answersOf("crossws", address.hostname);
  return serveBun(address, {
    async fetch(request, server) {
      const asked = answer(request);
      return asked instanceof Response ? asked : await handleUpgrade(request, server as never);
    },
    websocket,
  });
}

const MESSAGES = [
  "Messages of up to 64 MiB.",
  "Replies that the client does not read are queued in memory without limit.",
];

const { deno, bun } = process.versions;

/** How it starts on the runtime that runs this, and what is to be said of it there. */
const [startHere, about]: [
  (address: Address) => Promise<RunningServer>,
  Pick<Introduction, "notes" | "lacks">,
] = deno
  ? [startOnDeno, {
    lacks: { deflate: "Deno.upgradeWebSocket knows no extension" },
    notes: [
      "No compression, no logging, no idle timeout.",
      "It runs on Deno.serve, which sets TCP_NODELAY, but not over TLS: a reply may wait for the acknowledgement of the one before.",
      ...MESSAGES,
    ],
  }]
  : bun
  ? [startOnBun, { notes: bunNotes }]
  : [startOnNode, {
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      "Its WebSockets are those of ws, which crossws has in itself and which sets TCP_NODELAY.",
      ...MESSAGES,
    ],
  }];

export const start: (address: Address) => Promise<RunningServer> = startHere;

if (import.meta.main) {
  await standalone({
    id: "crossws",
    library: `crossws ${versionOf(LIBRARY)}`,
    ...about,
  }, start);
}
