/** Elysia on Bun. */

import { Elysia } from "elysia";
import manifest from "elysia/package.json" with { type: "json" };
import { askedAt, behaviours } from "../contract/behaviours.ts";
import { bunNotes, bunWebSockets, COMPRESS } from "../contract/bun_server.ts";
import { answersOf } from "../contract/page.ts";
import { type Session, Sessions } from "../contract/sessions.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, RunningServer } from "../types.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A connection, and its messages that Elysia is at, as they came. */
interface Connection {
  readonly session: Session<Bytes>;
  readonly messages: (string | Bytes)[];
}

/** Bun's socket, with what Elysia has put there: what is to be done with a message. */
interface ElysiaSocket {
  readonly data: { message(socket: ElysiaSocket, message: string | Bytes): unknown };
}

/** The paths that open a WebSocket. */
const PATHS = ["/", ...behaviours, "/room/:number", "/push/:rate/:size"];

export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const sessions = new Sessions<Bytes>();
  /** By Bun's socket: Elysia makes an object of its own for each event. */
  const open = new Map<unknown, Connection>();
  const answer = answersOf("elysia", hostname);
  const app = new Elysia({ websocket: bunWebSockets(deflate) });
  app.onRequest(({ request }) => {
    const asked = answer(request);
    return asked instanceof Response ? asked : undefined;
  });
  for (const path of PATHS) {
    app.ws(path, {
      open({ raw, data: { request } }) {
        const asked = askedAt(new URL(request.url).pathname)!;
        const session = sessions.begin(asked, (message) => void raw.send(message, COMPRESS));
        open.set(raw, { session, messages: [] });
      },
      // It hands over what looks like JSON or a number as what that means, in the order in which it came.
      message({ raw }) {
        const connection = open.get(raw);
        connection?.session.received(connection.messages.shift()!);
      },
      close({ raw }) {
        open.get(raw)?.session.closed();
        open.delete(raw);
      },
    });
  }
  const options = {
    hostname,
    port,
    reusePort: false,
    ...(tls && { tls: { cert: tls, key: tls } }),
    // What it passes to Bun: only there messages are as they came.
    websocket: {
      message(socket: ElysiaSocket, message: string | Bytes): unknown {
        open.get(socket)?.messages.push(message);
        return socket.data.message(socket, message);
      },
    },
  };
  await new Promise((resolve) => app.listen(options as never, resolve));
  return { port: app.server!.port!, close: async () => void await app.stop(true) };
}

// Deno reads this file, too, to check it.
if (import.meta.main) {
  await standalone({
    id: "elysia",
    library: `elysia ${manifest.version}`,
    notes: [
      ...bunNotes,
      "It parses text that looks like JSON or a number; the server returns what it kept of the message.",
    ],
  }, start);
}
