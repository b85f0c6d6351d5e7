import { deepEqual, equal, match } from "node:assert/strict";
import { testCertificate } from "../../../checks/testing/certificate.ts";
import { agreementWith, noteOfTls } from "./agreement.ts";

const { signal } = new AbortController();

Deno.test("agreementWith() finds out what a server and Deno agree on", async () => {
  await using certificate = await testCertificate();
  const { pem } = certificate;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, cert: pem, key: pem, onListen() {} },
    () => new Response(),
  );
  const { port } = server.addr;
  const tls = { hostname: "localhost", ca: pem };
  const { version, cipher, group, isRetried } =
    (await agreementWith({ hostname: "127.0.0.1", port, tls }, signal))!;
  // Both ends are Deno's.
  equal(version, "TLS 1.3");
  match(cipher, /^TLS_[A-Z0-9_]+$/);
  match(group!, /^X25519|^secp/);
  equal(isRetried, false);

  const url = `wss://localhost:${port}/`;
  equal(
    await noteOfTls(url, certificate.path, signal),
    `With Deno it agrees on TLS 1.3, ${cipher}, ${group}.`,
  );
  equal(await noteOfTls(url, undefined, signal), undefined, "it is not trusted");
  equal(await noteOfTls(url.replace("wss:", "ws:"), undefined, signal), undefined);
});

Deno.test("agreementWith() is undefined for a server without TLS, and if nobody is there", async () => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(),
  );
  const { port } = server.addr;
  const endpoint = { hostname: "127.0.0.1", port, tls: { hostname: "localhost" } };
  equal(await agreementWith(endpoint, signal), undefined);
  await server.shutdown();
  equal(await agreementWith(endpoint, signal), undefined);
});

Deno.test("agreementWith() gives up on a server that never answers", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepting = listener.accept();
  const giveUp = new AbortController();
  const endpoint = { ...listener.addr, tls: { hostname: "localhost" } };
  const agreeing = agreementWith(endpoint, giveUp.signal);
  using peer = await accepting;
  // What the client sends first has come through.
  const count = await peer.read(new Uint8Array(1000));
  deepEqual([typeof count, count! > 0], ["number", true]);
  giveUp.abort();
  equal(await agreeing, undefined);
});
