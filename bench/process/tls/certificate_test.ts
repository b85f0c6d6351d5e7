import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { testCertificate } from "../../../checks/testing/certificate.ts";
import { findCertificate, keyDigest, trustOnly } from "./certificate.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

Deno.test("findCertificate() makes a certificate of loopback that only its user can read, and keeps it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = await findCertificate(`${folder}/tls`);
    const pem = await Deno.readTextFile(path);
    const { subjectAltName, ca, validFromDate, validToDate } = new X509Certificate(pem);
    equal(subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:::1");
    equal(ca, false);
    equal(validToDate.getTime() - validFromDate.getTime() > 30 * DAY_MS, true);
    match(pem, /-----BEGIN PRIVATE KEY-----/);
    if (Deno.build.os !== "windows") equal((await Deno.stat(path)).mode! & 0o077, 0);
    equal(await findCertificate(`${folder}/tls`), path);
    equal(await Deno.readTextFile(path), pem);
    deepEqual(Array.from(Deno.readDirSync(`${folder}/tls`), ({ name }) => name), ["localhost.pem"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("findCertificate() makes another one before the end, and in place of what is not one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = await findCertificate(folder);
    const first = await Deno.readTextFile(path);
    await findCertificate(folder, Date.now() + 28 * DAY_MS);
    const second = await Deno.readTextFile(path);
    notEqual(second, first);
    await Deno.writeTextFile(path, "no certificate");
    await findCertificate(folder);
    match(await Deno.readTextFile(path), /-----BEGIN CERTIFICATE-----/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trustOnly() makes Deno trust a server with that certificate, and one with another not", async () => {
  const folders = [await Deno.makeTempDir(), await Deno.makeTempDir()] as const;
  try {
    const [known, other] = await Promise.all(folders.map((folder) => findCertificate(folder)));
    const pem = await Deno.readTextFile(known!);
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, cert: pem, key: pem, onListen() {} },
      () => new Response("hello"),
    );
    const url = `https://127.0.0.1:${server.addr.port}/`;
    const ask = async (trusted: string): Promise<string> => {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", `console.log(await (await fetch("${url}")).text())`],
        env: { ...trustOnly(trusted), NO_COLOR: "1" },
      }).output();
      return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    };
    equal(await ask(known!), "hello\n");
    match(await ask(other!), /invalid peer certificate/);
    await rejects(fetch(url), { name: "TypeError" });
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("keyDigest() is the digest of the public key as OpenSSL has it", async () => {
  await using certificate = await testCertificate();
  const { publicKey } = new X509Certificate(certificate.pem);
  const key = publicKey.export({ type: "spki", format: "der" });
  equal(await keyDigest(certificate.path), createHash("sha256").update(key).digest("base64"));
});

Deno.test("findCertificate() says in one line that it cannot be written, and leaves no key behind", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/localhost.pem`);
    await rejects(findCertificate(folder), {
      name: "UsageError",
      message: /^Cannot write the certificate .*localhost\.pem: .*Set XDG_CACHE_HOME to a folder/,
    });
    deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["localhost.pem"]);
    await Deno.writeTextFile(`${folder}/file`, "");
    await rejects(findCertificate(`${folder}/file/tls`), { name: "UsageError" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
