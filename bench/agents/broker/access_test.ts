import assert from "node:assert/strict";
import { accessBy, type GivenAccess } from "./access.ts";
import { readBrokerUrl } from "./url.ts";

const OPEN = "nats://host";
const SEED = `SU${"A".repeat(56)}`;
const CREDENTIALS = "-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n" +
  `-----BEGIN USER NKEY SEED-----\n${SEED}\n------END USER NKEY SEED------\n`;

/** Finds the access, with an environment of its own. */
function find(
  url: string,
  options: GivenAccess = {},
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof accessBy> {
  return accessBy(readBrokerUrl(url), options, (name) => environment[name]);
}

/** A file that is gone in the end. */
function fileOf(text: string): Disposable & { readonly path: string } {
  const path = Deno.makeTempFileSync({ prefix: "wsmark-" });
  Deno.writeTextFileSync(path, text);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path) };
}

Deno.test("accessBy() takes what the URL has, else the options, else the environment", () => {
  const variables = { WSMARK_NATS_TOKEN: "variable" };
  assert.deepEqual(find(OPEN), { by: "nothing" });
  assert.deepEqual(find("nats://t@host", {}, variables), { by: "token", token: "t" });
  assert.deepEqual(find(OPEN, { "nats-token": "o" }, variables), { by: "token", token: "o" });
  assert.deepEqual(find(OPEN, {}, variables), { by: "token", token: "variable" });
  assert.deepEqual(find(OPEN, {}, { WSMARK_NATS_TOKEN: "" }), { by: "nothing" });
  const ann = { by: "password", user: "ann", password: "pw" };
  assert.deepEqual(find("nats://ann:pw@host", {}, variables), ann);
  assert.deepEqual(find(OPEN, { "nats-user": "ann", "nats-password": "pw" }, variables), ann);
  assert.deepEqual(
    find(OPEN, {}, { WSMARK_NATS_USER: "ann", WSMARK_NATS_PASSWORD: "pw" }),
    ann,
  );
});

Deno.test("accessBy() fills in {env.NAME}", () => {
  const token = Deno.env.get("HOME");
  assert.deepEqual(find(OPEN, { "nats-token": "{env.HOME}" }), { by: "token", token });
});

Deno.test("accessBy() reads files of credentials and of an NKey", () => {
  using credentials = fileOf(CREDENTIALS);
  using seed = fileOf(`# comes from elsewhere\n${SEED}\n`);
  assert.deepEqual(find(OPEN, { "nats-creds": credentials.path }), {
    by: "credentials",
    file: credentials.path,
    text: CREDENTIALS,
  });
  assert.deepEqual(find(OPEN, {}, { WSMARK_NATS_NKEY: seed.path }), {
    by: "NKey",
    file: seed.path,
    seed: SEED,
  });
});

for (
  const [name, url, options, environment, message] of [
    [
      "a token twice",
      "nats://s3cret@host",
      { "nats-token": "t0ken" },
      {},
      "The URL of NATS has a token or a user already: leave out --nats-token",
    ],
    [
      "two ways",
      OPEN,
      { "nats-token": "s3cret", "nats-creds": "file" },
      {},
      "NATS lets in by one way alone: leave out all but one of --nats-token, --nats-creds",
    ],
    [
      "two ways of the environment",
      OPEN,
      {},
      { WSMARK_NATS_TOKEN: "s3cret", WSMARK_NATS_NKEY: "file" },
      "NATS lets in by one way alone: leave out all but one of WSMARK_NATS_TOKEN, WSMARK_NATS_NKEY",
    ],
    [
      "a user alone",
      OPEN,
      { "nats-user": "ann" },
      {},
      "A user of NATS needs a password, too: add --nats-password",
    ],
    [
      "a password alone",
      OPEN,
      {},
      { WSMARK_NATS_PASSWORD: "s3cret" },
      "A password for NATS needs a user, too: add WSMARK_NATS_USER",
    ],
    [
      "a file that is not there",
      OPEN,
      { "nats-creds": "/nowhere/x.creds" },
      {},
      "The file /nowhere/x.creds of --nats-creds cannot be read: No such file or directory",
    ],
  ] as const
) {
  Deno.test(`accessBy() refuses ${name}`, () => {
    assert.throws(() => find(url, options, environment), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.ok(error.message.startsWith(message), error.message);
      return !/s3cret|t0ken/.test(error.message);
    });
  });
}

Deno.test("accessBy() says what a file lacks, and nothing of what it has", () => {
  using other = fileOf("s3cret\n");
  assert.throws(() => find(OPEN, { "nats-creds": other.path }), {
    message: `The file ${other.path} of --nats-creds has no credentials of NATS: ` +
      "make it with nsc generate creds",
  });
  assert.throws(() => find(OPEN, { "nats-nkey": other.path }), {
    message: `The file ${other.path} of --nats-nkey has no seed of an NKey of a user, which ` +
      "begins with SU: make it with nk -gen user",
  });
});
