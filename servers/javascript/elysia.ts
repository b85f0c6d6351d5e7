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

/** The paths that open a WebSocket. */
const PATHS = ["/", ...behaviours, "/room/:number", "/push/:rate/:size"];

export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const sessions = new Sessions<Bytes>();
  /** By Bun's socket: Elysia makes an object of its own for each event. */
  const open = new Map<unknown, Session<Bytes>>();
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
        open.set(raw, sessions.begin(asked, (message) => void raw.send(message, COMPRESS)));
      },
      message: ({ raw }, message) => open.get(raw)?.received(unparsed(message)),
      close({ raw }) {
        open.get(raw)?.closed();
        open.delete(raw);
      },
    });
  }
  await new Promise((resolve) =>
    app.listen(
      { hostname, port, reusePort: false, ...(tls && { tls: { cert: tls, key: tls } }) },
      resolve,
    )
  );
  return { port: app.server!.port!, close: async () => void await app.stop(true) };
}

/** Elysia parses what looks like JSON or a number; what was received is not to be had. */
function unparsed(message: unknown): string | Bytes {
  return typeof message === "string" || message instanceof Uint8Array
    ? message as string | Bytes
    : JSON.stringify(message);
}

// Deno reads this file, too, to check it.
if (import.meta.main) {
  await standalone({
    id: "elysia",
    library: `elysia ${manifest.version}`,
    notes: [
      ...bunNotes,
      "It parses text that looks like JSON or a number, which no option turns off; the server writes it anew.",
    ],
  }, start);
}
