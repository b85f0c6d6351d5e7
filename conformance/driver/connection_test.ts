import assert from "node:assert/strict";
import { testCertificate } from "../../checks/testing/certificate.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { openConnection } from "./connection.ts";

const certificate = await testCertificate();
Deno.test.afterAll(async () => await certificate[Symbol.asyncDispose]());

/** Returns all that it reads on the first connection until the other side sends no more. */
async function echo(listener: Deno.Listener): Promise<void> {
  const connection = await listener.accept();
  await connection.readable.pipeTo(connection.writable).catch(() => {});
}

/** Sends a text, ends sending, and reads up to the end. */
async function ask(connection: Awaited<ReturnType<typeof openConnection>>): Promise<string> {
  const target = new Uint8Array(100);
  await connection.write(new TextEncoder().encode("Hello"));
  let text = new TextDecoder().decode(target.subarray(0, (await connection.read(target))!));
  await connection.closeWrite!();
  for (let count; (count = await connection.read(target)) !== null;) {
    text += new TextDecoder().decode(target.subarray(0, count));
  }
  return text;
}

Deno.test("openConnection() opens TCP, whose sending half can be closed; a second close does nothing", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const echoing = echo(listener);
  const connection = await openConnection(endpointAt(`ws://127.0.0.1:${listener.addr.port}/`));
  assert.equal(await ask(connection), "Hello");
  connection.close();
  connection.close();
  await echoing;
});

Deno.test("openConnection() opens TLS, with the certificates that are trusted", async () => {
  const { pem } = certificate;
  using listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert: pem, key: pem });
  const echoing = echo(listener);
  const url = `wss://127.0.0.1:${listener.addr.port}/`;
  const connection = await openConnection(endpointAt(url, { ca: pem }));
  assert.equal(await ask(connection), "Hello");
  connection.close();
  await echoing;
});

Deno.test("openConnection() opens TLS whatever the certificate, and then cannot close by halves", async () => {
  const { pem } = certificate;
  using listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert: pem, key: pem });
  const echoing = echo(listener);
  const url = `wss://127.0.0.1:${listener.addr.port}/`;
  const connection = await openConnection(endpointAt(url, { insecure: true }));
  assert.equal(connection.closeWrite, undefined);
  await connection.write(new TextEncoder().encode("Hello"));
  assert.equal(await connection.read(new Uint8Array(100)), 5);
  connection.close();
  await echoing;
});

Deno.test("openConnection() says in words why there is none", async () => {
  const { pem } = certificate;
  using listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert: pem, key: pem });
  const refused = (async () => {
    using connection = await listener.accept();
    await connection.handshake().catch(() => {});
  })();
  await assert.rejects(
    openConnection(endpointAt(`wss://127.0.0.1:${listener.addr.port}/`)),
    /^Error: the server's certificate is not trusted$/,
  );
  await refused;
});
