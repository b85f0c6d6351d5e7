/**
 * Which TLS version, cipher and key exchange a server and Deno agree on. Deno does not say, so a handshake is made
 * through this process, which looks at what passes.
 */

import { type Endpoint, endpointAt } from "../../../clients/wire/transport/endpoint.ts";
import { type Agreement, readServerHello } from "../../../clients/wire/transport/server_hello.ts";

/** How long the handshake may take, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * Says what a server agrees on with Deno, in a sentence.
 *
 * @param certificate PEM file of its certificate; undefined if it is trusted already
 * @returns undefined for one without TLS, and if it could not be found out
 */
export async function noteOfTls(
  url: string,
  certificate: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { tls, ...address } = endpointAt(url);
  if (tls === undefined) return undefined;
  const trusted = certificate !== undefined && { ca: await Deno.readTextFile(certificate) };
  const agreed = await agreementWith(
    { ...address, tls: { ...tls, ...trusted } },
    AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  );
  if (agreed === undefined) return undefined;
  const { version, cipher, group, isRetried } = agreed;
  const words = [version, cipher, ...group === undefined ? [] : [group]].join(", ");
  return `With Deno it agrees on ${words}${
    isRetried ? ", after one round trip more, as Deno offers another group first" : ""
  }.`;
}

/** How much of what a server sends is looked at, in bytes: only its first message matters. */
const MOST_BYTES = 16 * 1024;

/** Makes one TLS handshake with a server; undefined if it fails, or the server's first message cannot be read. */
export async function agreementWith(
  { hostname, port, tls }: Endpoint & Required<Pick<Endpoint, "tls">>,
  signal: AbortSignal,
): Promise<Agreement | undefined> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: { close(): void }[] = [listener];
  const closeAll = (): void => open.splice(0).forEach(close);
  signal.addEventListener("abort", closeAll);
  try {
    const accepting = listener.accept();
    const near = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port, signal });
    open.push(near);
    const middle = await accepting;
    open.push(middle);
    const server = await Deno.connect({ hostname, port, signal });
    open.push(server);
    const seen: Uint8Array[] = [];
    const passing = [pass(middle, server), pass(server, middle, seen)];
    const secure = await Deno.startTls(near, {
      hostname: tls.hostname,
      ...(tls.ca !== undefined && { caCerts: [tls.ca] }),
    });
    open[1] = secure;
    await secure.handshake();
    closeAll();
    await Promise.all(passing);
    return readServerHello(new Uint8Array(await new Blob(seen as BlobPart[]).arrayBuffer()));
  } catch {
    return undefined;
  } finally {
    signal.removeEventListener("abort", closeAll);
    closeAll();
  }
}

/** Passes on what is read until either side has gone, and keeps the beginning of it. */
async function pass(from: Deno.Conn, to: Deno.Conn, kept: Uint8Array[] = []): Promise<void> {
  const buffer = new Uint8Array(MOST_BYTES);
  let length = 0;
  try {
    for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
      if (length < MOST_BYTES) kept.push(buffer.slice(0, count));
      length += count;
      for (let at = 0; at < count;) at += await to.write(buffer.subarray(at, count));
    }
  } catch {
    // One of them has gone.
  }
}

function close(one: { close(): void }): void {
  try {
    one.close();
  } catch {
    // It is closed already, or has been replaced by the encrypted one.
  }
}
