/** Where clients under test connect: one listener, which finds the case of a connection by its path. */

import { type Asked, readRequest } from "../../../conformance/driver/client_opening.ts";
import { systemClock } from "../../../conformance/driver/clock.ts";
import type { Connection } from "../../../conformance/driver/connection.ts";
import { refusal } from "../../../clients/wire/handshake/handshake.ts";

/** How long a connection may take until it asks for something, in milliseconds: browsers open some in advance. */
const REQUEST_MS = 60_000;

const ADDRESS = { hostname: "127.0.0.1", port: 0 } as const;

/** A listener for clients under test. */
export interface ClientListener extends Disposable {
  /** `ws://host:port`. */
  readonly origin: string;
}

/**
 * Listens on a free port of the loopback.
 *
 * @param take takes a connection with its request; returns whether it wants it
 * @param page what is answered to what asks for no WebSocket, by its path; undefined for 404
 */
export function listenForClients(
  take: (asked: Asked) => boolean,
  page: (path: string) => string | undefined = () => undefined,
): ClientListener {
  const listener = Deno.listen(ADDRESS);
  const open = new Set<Connection>();
  const serving = (async () => {
    for await (const accepted of listener) {
      accepted.setNoDelay(true);
      void serve(connectionOf(accepted));
    }
  })();

  async function serve(connection: Connection): Promise<void> {
    open.add(connection);
    try {
      const asked = await readRequest(connection, systemClock, REQUEST_MS);
      if (asked.isPlain) return await answerPlain(connection, page(asked.path));
      if (!take(asked)) await answerPlain(connection, undefined);
    } catch {
      connection.close();
    } finally {
      open.delete(connection);
    }
  }

  return {
    origin: `ws://${ADDRESS.hostname}:${(listener.addr as Deno.NetAddr).port}`,
    [Symbol.dispose]() {
      listener.close();
      for (const connection of open) connection.close();
      void serving;
    },
  };
}

async function answerPlain(connection: Connection, text: string | undefined): Promise<void> {
  const bytes = text === undefined ? refusal(404, "No such case") : new TextEncoder().encode(
    `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
  );
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
  connection.close();
}

function connectionOf(accepted: Deno.TcpConn): Connection {
  let isOpen = true;
  return {
    read: (target) => accepted.read(target),
    write: (bytes) => accepted.write(bytes),
    closeWrite: () => accepted.closeWrite(),
    close() {
      if (isOpen) accepted.close();
      isOpen = false;
    },
  };
}
