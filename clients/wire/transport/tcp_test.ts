/** What only encrypted connections can do wrong; the rest is in `transport_test.ts`. */

import assert from "node:assert/strict";
import { LONG_AGO_MS, testCertificate } from "../../../checks/testing/certificate.ts";
import type { EndpointTls } from "./endpoint.ts";
import { TcpTransport } from "./tcp.ts";

await using current = await testCertificate();
await using expired = await testCertificate(LONG_AGO_MS);
const trusted = { ca: current.pem + expired.pem };

/** Connects to a server that takes part in the handshake and does nothing else; resolves to what is reported. */
async function tellingOf(tls: EndpointTls | undefined, pem?: string): Promise<string> {
  const where = { hostname: "127.0.0.1", port: 0 };
  using listener = pem === undefined
    ? Deno.listen(where)
    : Deno.listenTls({ ...where, cert: pem, key: pem });
  const peer = listener.accept();
  const { promise, resolve } = Promise.withResolvers<string>();
  const { port } = listener.addr as Deno.NetAddr;
  const transport = new TcpTransport(
    { connected: () => resolve("connected"), received() {}, ended: (_, reason) => resolve(reason) },
    { hostname: "127.0.0.1", port, ...(tls && { tls }) },
    1,
  );
  transport.connect(0);
  const server = await peer;
  try {
    // A server that speaks no TLS answers all the same.
    if (pem === undefined) await server.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request"));
    else await (server as Deno.TlsConn).handshake().catch(() => {});
    return await promise;
  } finally {
    transport.dispose();
    server.close();
  }
}

Deno.test("TcpTransport trusts the given certificates, by name and by address", async () => {
  for (const hostname of ["localhost", "127.0.0.1", "::1"]) {
    assert.equal(await tellingOf({ hostname, ...trusted }, current.pem), "connected", hostname);
  }
});

for (
  const [what, tls, pem, reason] of [
    [
      "is not trusted",
      { hostname: "localhost" },
      current.pem,
      "the server's certificate is not trusted",
    ],
    [
      "is for another name",
      { hostname: "other.example", ...trusted },
      current.pem,
      "the server's certificate is for another name, localhost or 127.0.0.1 or 0::1",
    ],
    [
      "has expired",
      { hostname: "localhost", ...trusted },
      expired.pem,
      "the server's certificate has expired",
    ],
    ["is missing", { hostname: "localhost" }, undefined, "the server does not speak TLS"],
  ] as const
) {
  Deno.test(`TcpTransport reports a server whose certificate ${what}`, async () => {
    assert.equal(await tellingOf(tls, pem), reason);
  });
}

Deno.test("TcpTransport can be disposed of amid a TLS handshake that never ends", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const told: string[] = [];
  const transport = new TcpTransport(
    {
      connected: () => told.push("connected"),
      received: () => told.push("received"),
      ended: () => told.push("ended"),
    },
    { ...listener.addr, tls: { hostname: "localhost" } },
    1,
  );
  transport.connect(0);
  const server = await listener.accept();
  // It has sent its first message.
  await server.read(new Uint8Array(1000));
  transport.dispose();
  // Deno keeps the connection in the background until the other side ends it.
  server.close();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(told, []);
});
