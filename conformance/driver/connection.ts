/** The connection of a case: bytes over TCP, encrypted or not. */

import {
  describeTlsFailure,
  type Endpoint,
  needsNode,
} from "../../clients/wire/transport/endpoint.ts";
import { openNodeTls } from "../../clients/wire/transport/node_tls.ts";

/** What carries the bytes of a case; a test has one without a system. */
export interface Connection {
  /** Reads into the target; resolves to the number of bytes, or to null at the end. Rejects at a reset. */
  read(target: Uint8Array<ArrayBuffer>): Promise<number | null>;
  /** Writes some of the bytes; resolves to how many. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** Closes the sending half. Absent where that is not possible: the case is left out. */
  closeWrite?(): Promise<void>;
  /** Ends it; a second time does nothing. */
  close(): void;
}

/**
 * Opens a connection.
 *
 * @throws {Error} if there is none, with a message of one line
 */
export async function openConnection(endpoint: Endpoint): Promise<Connection> {
  const opened = await open(endpoint);
  let isOpen = true;
  return {
    read: (target) => opened.read(target),
    write: (bytes) => opened.write(bytes),
    ...("closeWrite" in opened && { closeWrite: () => opened.closeWrite() }),
    close() {
      if (isOpen) opened.close();
      isOpen = false;
    },
  };
}

async function open(
  { hostname, port, tls }: Endpoint,
): Promise<Deno.Conn | Pick<Deno.Conn, "read" | "write" | "close">> {
  try {
    if (tls !== undefined && needsNode(tls)) {
      return await openNodeTls({ hostname, port }, tls);
    }
    const connection = await Deno.connect({ hostname, port });
    connection.setNoDelay(true);
    if (tls === undefined) return connection;
    const secure = await Deno.startTls(connection, {
      hostname: tls.hostname,
      ...(tls.ca !== undefined && { caCerts: [tls.ca] }),
    });
    try {
      await secure.handshake();
    } catch (error) {
      secure.close();
      throw error;
    }
    return secure;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(tls === undefined ? message : describeTlsFailure(message));
  }
}
