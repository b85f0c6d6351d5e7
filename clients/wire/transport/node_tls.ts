/** TLS by node:tls, for what `Deno.startTls` has no option for. */

import { isIP } from "node:net";
import { checkServerIdentity, connect } from "node:tls";
import type { Endpoint, EndpointTls } from "./endpoint.ts";

/** How much may wait to be read before the socket is read no further, in bytes. */
const MOST_WAITING = 64 * 1024;

/** Connects, and makes the handshake of TLS; rejects with what node:tls says. */
export async function openNodeTls(
  { hostname: host, port }: Endpoint,
  { hostname, ca, cert, key, insecure }: EndpointTls,
): Promise<Pick<Deno.Conn, "read" | "write" | "close">> {
  const { promise: isSecure, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({
    host,
    port,
    // An address is no name that a server can be asked for.
    servername: isIP(hostname) === 0 ? hostname : "",
    checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
    rejectUnauthorized: insecure !== true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert, key }),
  }, resolve);
  socket.setNoDelay(true);
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  socket.on("data", (bytes: Uint8Array) => {
    waiting.push(bytes);
    waitingBytes += bytes.length;
    if (waitingBytes > MOST_WAITING) socket.pause();
    wake();
  });
  socket.on("error", (error) => {
    failure = error;
    reject(error);
    wake();
  });
  // After an error, too.
  socket.on("close", () => {
    ended = true;
    reject(failure ?? new Error("end of the stream"));
    wake();
  });
  socket.on("end", () => {
    ended = true;
    wake();
  });
  await isSecure;

  return {
    async read(target) {
      for (;;) {
        const [first] = waiting;
        if (first !== undefined) {
          const part = first.subarray(0, target.length);
          target.set(part);
          if (part.length === first.length) waiting.shift();
          else waiting[0] = first.subarray(part.length);
          waitingBytes -= part.length;
          if (waitingBytes <= MOST_WAITING && socket.isPaused()) socket.resume();
          return part.length;
        }
        if (failure !== undefined) throw failure;
        if (ended) return null;
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
    write: (bytes) =>
      new Promise((resolve, reject) =>
        socket.write(bytes, (error) => error ? reject(error) : resolve(bytes.length))
      ),
    close() {
      socket.destroy();
    },
  };
}
