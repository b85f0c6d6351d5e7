import assert from "node:assert/strict";
import { type BrokerUrl, nameOf, readBrokerUrl } from "./url.ts";

const HERE: BrokerUrl = { hostname: "host", port: 4222, isEncrypted: false };

for (
  const [text, expected] of [
    ["nats://host", HERE],
    ["nats://host/", HERE],
    ["nats://host:4333", { ...HERE, port: 4333 }],
    ["tls://host:4222", { ...HERE, isEncrypted: true }],
    ["NATS://host", HERE],
    ["nats://127.0.0.1:1", { ...HERE, hostname: "127.0.0.1", port: 1 }],
    ["nats://[::1]:4222", { ...HERE, hostname: "::1" }],
    ["nats://secret@host", { ...HERE, token: "secret" }],
    ["nats://a%2Fb%40c@host", { ...HERE, token: "a/b@c" }],
    ["nats://ann:pw@host", { ...HERE, user: "ann", password: "pw" }],
    ["nats://ann:p%3Aw@host", { ...HERE, user: "ann", password: "p:w" }],
  ] as const
) {
  Deno.test(`readBrokerUrl() reads ${text}`, () => {
    assert.deepEqual(readBrokerUrl(text), expected);
  });
}

Deno.test("readBrokerUrl() fills in what the environment says", () => {
  const home = Deno.env.get("HOME");
  assert.equal(readBrokerUrl("nats://{env.HOME}@host").token, home);
});

for (
  const [text, message] of [
    ["", 'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received ""'],
    [
      "host:4222",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "host:4222"',
    ],
    [
      "ws://s3cret@host:4222",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "ws://***@host:4222"',
    ],
    [
      "s3cret@host:4222",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "***@host:4222"',
    ],
    [
      "nats:/s3cret@host",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "***@host"',
    ],
    [
      "nats://",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "nats://"',
    ],
    [
      "nats://host:99999",
      'must be as nats://HOST:4222, or tls://HOST:4222 to encrypt: received "nats://host:99999"',
    ],
    [
      "nats://a:4222,nats://b:4222",
      "must be a single one, as nats://HOST:4222; a name may have several addresses: " +
      'received "nats://a:4222,nats://b:4222"',
    ],
    [
      "nats://s3/cret@host",
      'must end with the port; write a "/", "?" or "#" in a token as %2F, %3F, %23: ' +
      'received "nats://***@host"',
    ],
    ["nats://host:0", 'must have a port from 1 to 65535: received "nats://host:0"'],
    [
      "nats://s3cret%zz@host",
      'must have a "%" in a token or a password as %25: received "nats://***@host"',
    ],
    ["nats://:s3cret@host", 'must have a user before the password: received "nats://***@host"'],
  ] as const
) {
  Deno.test(`readBrokerUrl() refuses "${text}", and keeps its secret`, () => {
    assert.throws(() => readBrokerUrl(text), {
      name: "UsageError",
      message: `The URL of NATS ${message}`,
    });
  });
}

Deno.test("readBrokerUrl() names a variable that the environment lacks", () => {
  assert.throws(() => readBrokerUrl("nats://{env.WSMARK_NO_SUCH}@host"), {
    message: "The URL of NATS has {env.WSMARK_NO_SUCH}, and the environment has no variable " +
      "WSMARK_NO_SUCH: set it",
  });
});

Deno.test("nameOf() has no secret, and brackets around IPv6", () => {
  assert.equal(nameOf(readBrokerUrl("nats://s3cret@host")), "nats://host:4222");
  assert.equal(nameOf(readBrokerUrl("tls://a:s3cret@[::1]:4333")), "tls://[::1]:4333");
});
