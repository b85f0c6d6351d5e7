import assert from "node:assert/strict";
import { certify } from "../testing/certificates.ts";
import { inFolder } from "../testing/folder.ts";
import { guardedServer } from "../testing/guarded_server.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignTls } from "../plan/run_options.ts";
import { firstContact } from "./first_contact.ts";

const HERE = ["localhost", "127.0.0.1"];
const root = await certify({ name: "root", isCa: true });
const kinds = {
  signed: await certify({ name: "signed", hosts: HERE, issuer: root }),
  itself: await certify({ name: "itself", hosts: HERE, isCa: true }),
  expired: await certify({ name: "expired", hosts: HERE, issuer: root, days: [-3, -1] }),
  early: await certify({ name: "early", hosts: HERE, issuer: root, days: [1, 3] }),
  other: await certify({ name: "other", hosts: ["app.example"], issuer: root }),
};
const users = await certify({ name: "users", isCa: true });
const user = await certify({ name: "user", issuer: users });

/** Meets a server with a certificate; resolves to what is said of it. */
async function meet(
  kind: keyof typeof kinds,
  options: (folder: string) => ForeignTls | undefined,
  demands: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  let said = "";
  await inFolder(async (folder) => {
    const files = {
      "root.pem": root.cert,
      "itself.pem": kinds.itself.cert,
      "user.pem": user.cert,
      "user.key": user.key,
      "no.pem": "no certificate",
    };
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
    }
    const { cert, key } = kinds[kind];
    await using server = await guardedServer({ tls: { cert, key, ...demands } });
    const tls = options(folder);
    const entry = foreignServer({
      name: "mine",
      url: `${server.origin}/`,
      pid: Deno.pid,
      ...(tls && { tls }),
    });
    try {
      said = (await firstContact(entry)).join();
    } catch (error) {
      said = (error as Error).message.replace(server.origin, "URL").replace(folder, "FOLDER");
    }
  });
  return said;
}

const ca = (folder: string): ForeignTls => ({ ca: `${folder}/root.pem` });
const insecure = (): ForeignTls => ({ insecure: true });
const nothing = (): undefined => undefined;
const own = (folder: string): ForeignTls => ({
  cert: `${folder}/user.pem`,
  key: `${folder}/user.key`,
});
const demand = { requestCert: true, rejectUnauthorized: true, ca: [users.cert] };
const AT = "mine accepts no handshake at URL/: the server";

for (
  const [what, said, ...server] of [
    [
      "whose issuer is not known",
      `${AT}'s certificate is not trusted; name the certificate of its issuer, or its own, with --ca mine=FILE, or ` +
      "take any with --insecure mine; DENO_TLS_CA_STORE=system trusts as the system does",
      ...["signed", nothing] as const,
    ],
    ["whose issuer --ca names", "", "signed", ca],
    ["that is not checked", "", "signed", insecure],
    [
      "that signed itself as a CA",
      `${AT}'s certificate is a CA's own, as most self-signed ones are; name it with --ca mine=FILE, or take any ` +
      "with --insecure mine",
      ...["itself", nothing] as const,
    ],
    [
      "that signed itself as a CA, and is named",
      "",
      "itself",
      (folder) => ({ ca: `${folder}/itself.pem` }),
    ],
    [
      "that signed itself as a CA, where another one is named",
      `${AT}'s certificate is not trusted; name the certificate of its issuer, or its own, with --ca mine=FILE, or ` +
      "take any with --insecure mine; DENO_TLS_CA_STORE=system trusts as the system does",
      ...["itself", ca] as const,
    ],
    ["that signed itself as a CA, and is not checked", "", "itself", insecure],
    [
      "that has expired",
      `${AT}'s certificate has expired; renew it, or take any with --insecure mine`,
      ...["expired", ca] as const,
    ],
    ["that has expired, and is not checked", "", "expired", insecure],
    [
      "that is not valid yet",
      `${AT}'s certificate is not valid yet; renew it, or take any with --insecure mine`,
      ...["early", ca] as const,
    ],
    [
      "for another name",
      `${AT}'s certificate is for another name, app.example; name one that it has with --server-name mine=NAME, or ` +
      "take any with --insecure mine",
      ...["other", ca] as const,
    ],
    [
      "for another name, which is given",
      "",
      "other",
      (folder) => ({ ...ca(folder), serverName: "app.example" }),
    ],
    [
      "and a demand for one",
      `${AT} demands a client certificate; name it with --cert mine=FILE and --key mine=FILE`,
      ...["signed", ca, demand] as const,
    ],
    [
      "and a demand for one, which is given",
      "",
      "signed",
      (folder) => ({ ...ca(folder), ...own(folder) }),
      demand,
    ],
    [
      "and a file without one",
      "The file FOLDER/no.pem of --ca for mine cannot be used, as it has no certificate in PEM form: make one with " +
      "openssl x509 -inform DER -in FILE -out FILE",
      "signed",
      (folder) => ({ ca: `${folder}/no.pem` }),
    ],
    [
      "and a file that is not there",
      "The file FOLDER/none.pem of --ca for mine cannot be read: No such file or directory",
      "signed",
      (folder) => ({ ca: `${folder}/none.pem` }),
    ],
  ] satisfies [string, string, ...Parameters<typeof meet>][]
) {
  Deno.test(`firstContact() of a server with a certificate ${what}`, async () => {
    assert.equal(await meet(...server as Parameters<typeof meet>), said);
  });
}

Deno.test("firstContact() refuses a client that cannot take a CA's own certificate", () =>
  inFolder(async (folder) => {
    const { cert, key } = kinds.itself;
    Deno.writeTextFileSync(`${folder}/ca.pem`, cert);
    await using server = await guardedServer({ tls: { cert, key } });
    const tls = { ca: `${folder}/ca.pem` };
    const entry = foreignServer({ name: "mine", url: `${server.origin}/`, tls });
    await assert.rejects(firstContact(entry, "websocket"), {
      name: "UsageError",
      message:
        "The certificate of mine is a CA's own, and the client \"websocket\" cannot take it, as Deno's WebSocket takes " +
        "it of issuers only: name the client wire",
    });
    assert.equal((await firstContact(entry, "ws")).length, 1, "its process is not known");
  }));
