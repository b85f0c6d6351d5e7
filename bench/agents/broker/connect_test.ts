import assert from "node:assert/strict";
import { nkeys } from "@nats-io/transport-node";
import { certify } from "../../testing/certificates.ts";
import { testCertificate } from "../../../checks/testing/certificate.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { freePort } from "../../../checks/testing/port.ts";
import { until } from "../../../checks/testing/until.ts";
import { type BrokerNews, type BrokerOptions, connectBroker } from "./connect.ts";
import { type NatsServer, type NatsSettings, startNats } from "./server.ts";
import { makeClaims } from "./testing/nats_claims.ts";

const TOKEN = "s3cret-token";
const WITH_TOKEN = `authorization { token: "${TOKEN}" }`;
const WITH_USERS = `authorization {
  users = [
    { user: ann, password: "s3cret-word", permissions: { publish: "allowed.>", subscribe: ">" } }
  ]
}`;

/** Starts a server on a free port of this machine. */
function start(
  configuration: string,
  settings: Partial<NatsSettings> = {},
): Promise<NatsServer> {
  return startNats({ hostname: "127.0.0.1", port: 0, configuration, ...settings });
}

/** Connects, and says something to itself. */
async function works(options: BrokerOptions): Promise<void> {
  await using broker = await connectBroker(options);
  const { connection } = broker;
  const heard = connection.subscribe("allowed.test", { max: 1 });
  connection.publish("allowed.test", "hello");
  for await (const message of heard) assert.equal(message.string(), "hello");
}

/** A file that is gone in the end. */
function fileOf(text: string): Disposable & { readonly path: string } {
  const path = Deno.makeTempFileSync({ prefix: "wsmark-" });
  Deno.writeTextFileSync(path, text);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path) };
}

/** Checks the error of a connection, which has no secret. */
async function refuses(options: BrokerOptions, message: RegExp): Promise<void> {
  await assert.rejects(connectBroker(options), (error: Error) => {
    assert.equal(error.name, "UsageError");
    assert.match(error.message, message);
    assert.ok(!/s3cret|SU[A-Z2-7]{20}/.test(error.message), error.message);
    return true;
  });
}

const NEEDS = ["nats-server", "Unix"] as const;

Deno.test(needing(NEEDS, {
  name: "connectBroker() is let in by a token: in the URL, as an option, percent-encoded",
  async fn() {
    await using server = await start('authorization { token: "s3cret/t@ken" }');
    const url = `nats://127.0.0.1:${server.port}`;
    await works({ url: url.replace("//", "//s3cret%2Ft%40ken@") });
    await works({ url, access: { "nats-token": "s3cret/t@ken" } });
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() is let in by a user with a password",
  async fn() {
    await using server = await start(WITH_USERS);
    const url = `nats://127.0.0.1:${server.port}`;
    await works({ url: `nats://ann:s3cret-word@127.0.0.1:${server.port}` });
    await works({ url, access: { "nats-user": "ann", "nats-password": "s3cret-word" } });
    await refuses(
      { url: `nats://ann:s3cret-other@127.0.0.1:${server.port}` },
      /^The NATS at nats:\/\/127\.0\.0\.1:\d+ does not accept the user or the password \(/,
    );
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() is let in by an NKey",
  async fn() {
    const user = nkeys.createUser();
    using seed = fileOf(new TextDecoder().decode(user.getSeed()));
    using other = fileOf(new TextDecoder().decode(nkeys.createUser().getSeed()));
    await using server = await start(
      `authorization { users = [ { nkey: ${user.getPublicKey()} } ] }`,
    );
    const url = `nats://127.0.0.1:${server.port}`;
    await works({ url, access: { "nats-nkey": seed.path } });
    await refuses({ url, access: { "nats-nkey": other.path } }, /does not accept the NKey \(/);
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() is let in by a file of credentials",
  async fn() {
    const { configuration, credentials } = makeClaims();
    using file = fileOf(credentials);
    using other = fileOf(makeClaims().credentials);
    await using server = await start(configuration);
    const url = `nats://127.0.0.1:${server.port}`;
    await works({ url, access: { "nats-creds": file.path } });
    await refuses({ url, access: { "nats-creds": other.path } }, /not accept the credentials \(/);
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() says that a token is wrong, or missing",
  async fn() {
    await using server = await start(WITH_TOKEN);
    const host = `127.0.0.1:${server.port}`;
    await refuses(
      { url: `nats://s3cret-other@${host}` },
      /^The NATS at nats:\/\/[\d.:]+ does not accept the token \(Authorization Violation\): correct/,
    );
    await refuses(
      { url: `nats://${host}` },
      /^The NATS at nats:\/\/[\d.:]+ asks who comes: give its token in the URL \(before the host/,
    );
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() encrypts, and trusts the certificate that is named alone",
  async fn() {
    await using certificate = await testCertificate();
    const { path, pem } = certificate;
    await using server = await start(
      `${WITH_TOKEN}\ntls { cert_file: "{folder}/tls.pem", key_file: "{folder}/tls.pem" }`,
      { files: { "tls.pem": pem } },
    );
    const url = `tls://${TOKEN}@127.0.0.1:${server.port}`;
    await works({ url, ca: path });
    await works({ url: url.replace("tls:", "nats:"), ca: path });
    await works({ url: url.replace("127.0.0.1", "localhost"), ca: path });
    const untrusted =
      /^The certificate of the NATS at (tls|nats):\/\/127\.0\.0\.1:\d+ is not trusted \(.+\): name the/;
    await refuses({ url }, untrusted);
    // The server asks for encryption whatever the URL says.
    await refuses({ url: url.replace("tls:", "nats:") }, untrusted);
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() does not trust a certificate for another host",
  async fn() {
    const ca = await certify({ name: "CA", isCa: true });
    const { cert, key } = await certify({ name: "other", hosts: ["other.example"], issuer: ca });
    using trusted = fileOf(ca.cert);
    await using server = await start(
      `${WITH_TOKEN}\ntls { cert_file: "{folder}/cert.pem", key_file: "{folder}/key.pem" }`,
      { files: { "cert.pem": cert, "key.pem": key } },
    );
    const url = `tls://${TOKEN}@localhost:${server.port}`;
    await refuses(
      { url, ca: trusted.path },
      /^The certificate of the NATS at .* is not trusted \(/,
    );
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() says nothing in the clear to a server that cannot encrypt",
  async fn() {
    await using certificate = await testCertificate();
    await using server = await start(WITH_TOKEN);
    const host = `${TOKEN}@127.0.0.1:${server.port}`;
    const message =
      /^The NATS at tls:\/\/127\.0\.0\.1:\d+ cannot encrypt, as it has no certificate/;
    await refuses({ url: `tls://${host}` }, message);
    await refuses({ url: `nats://${host}`, ca: certificate.path }, message);
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() refuses an open server that other machines reach, unless it is told",
  async fn() {
    await using server = await start("", { hostname: "0.0.0.0" });
    const url = `nats://127.0.0.1:${server.port}`;
    await refuses({ url }, /lets in everybody, and other machines reach it.*or add --nats-open$/);
    await works({ url, mayBeOpen: true });
    await using here = await start("");
    await works({ url: `nats://127.0.0.1:${here.port}` });
  },
}));

Deno.test("connectBroker() says what file of certificates it cannot use", async () => {
  using other = fileOf("s3cret");
  const url = "nats://127.0.0.1:1";
  await refuses(
    { url, ca: "/nowhere/ca.pem" },
    /^The file \/nowhere\/ca\.pem of --nats-ca cannot be read: No such file/,
  );
  await refuses({ url, ca: other.path }, /of --nats-ca has no certificate in PEM form/);
});

Deno.test(needing(NEEDS, {
  name: "connectBroker() tells that the server does not allow a subject, and goes on",
  async fn() {
    await using server = await start(WITH_USERS);
    const news: BrokerNews[] = [];
    await using broker = await connectBroker(
      { url: `nats://ann:s3cret-word@127.0.0.1:${server.port}` },
      (one) => void news.push(one),
    );
    broker.connection.publish("forbidden", "x");
    await until("the refusal", () => news.length > 0);
    const [{ kind, reason = "" } = {}] = news as { kind?: string; reason?: string }[];
    assert.equal(kind, "refused");
    assert.match(reason, /Permissions Violation for Publish to "forbidden"/i);
    await broker.connection.flush();
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() connects again when the server is back, with all subscriptions",
  async fn() {
    const port = freePort();
    const url = `nats://${TOKEN}@127.0.0.1:${port}`;
    const news: string[] = [];
    const heard: string[] = [];
    const first = await start(WITH_TOKEN, { port });
    await using broker = await connectBroker({ url }, ({ kind }) => void news.push(kind));
    broker.connection.subscribe("test", {
      callback: (_, message) => void heard.push(message.string()),
    });
    await first[Symbol.asyncDispose]();
    await until("it to be gone", () => news.length === 2);
    assert.deepEqual(news, ["away", "gone"]);
    await using _second = await start(WITH_TOKEN, { port });
    await until("it to be back", () => news.length === 3);
    assert.equal(news[2], "back");
    broker.connection.publish("test", "hello");
    await until("what is said", () => heard.length === 1);
  },
}));

Deno.test(needing(NEEDS, {
  name: "connectBroker() tells that the server that is back lets in no more",
  async fn() {
    const port = freePort();
    const news: BrokerNews[] = [];
    const first = await start(WITH_TOKEN, { port });
    await using _broker = await connectBroker(
      { url: `nats://${TOKEN}@127.0.0.1:${port}` },
      (one) => void news.push(one),
    );
    await first[Symbol.asyncDispose]();
    await using _second = await start('authorization { token: "another" }', { port });
    await until("it to be closed", () => news.at(-1)?.kind === "closed");
    assert.match((news.at(-1) as { reason: string }).reason, /Authorization Violation/i);
    assert.ok(!JSON.stringify(news).includes("s3cret"));
  },
}));

Deno.test(needing(NEEDS, {
  name: "a broker that is away can be closed",
  async fn() {
    const port = freePort();
    const news: string[] = [];
    const server = await start(WITH_TOKEN, { port });
    await using _broker = await connectBroker(
      { url: `nats://${TOKEN}@127.0.0.1:${port}` },
      ({ kind }) => void news.push(kind),
    );
    await server[Symbol.asyncDispose]();
    await until("it to be away", () => news.includes("away"));
  },
}));
