import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { connectBroker } from "./connect.ts";
import { addressesOf, ownSettings } from "./own.ts";
import { startNats } from "./server.ts";

const HERE = { hostname: "127.0.0.1", port: 0 };

Deno.test("ownSettings() makes another token each time", async () => {
  const [one, other] = [await ownSettings({}), await ownSettings({})];
  assert.match(one.token, /^[\w-]{32}$/);
  assert.notEqual(one.token, other.token);
  assert.equal(one.certificate, undefined);
});

for (const token of [undefined, `"};\\ $x\n#'`, "ümlaut/€"]) {
  Deno.test(needing(["nats-server", "Unix"], {
    name: `ownSettings() lets in with ${token === undefined ? "a made-up token" : token}`,
    async fn() {
      const own = await ownSettings({ token });
      await using server = await startNats({ ...HERE, ...own });
      const url = (who: string): string =>
        `nats://${encodeURIComponent(who)}@127.0.0.1:${server.port}`;
      await using _broker = await connectBroker({ url: url(own.token) });
      await assert.rejects(connectBroker({ url: url(`${own.token}x`) }), /not accept the token/);
    },
  }));
}

Deno.test(needing(["nats-server", "Unix"], {
  name: "ownSettings() encrypts with a certificate for the names, and keeps its key apart",
  async fn() {
    const own = await ownSettings({ certifies: ["localhost", "127.0.0.1"] });
    await using server = await startNats({ ...HERE, ...own });
    const ca = `${server.folder}/${own.certificate}`;
    assert.ok(!Deno.readTextFileSync(ca).includes("PRIVATE"));
    for (const host of ["localhost", "127.0.0.1"]) {
      await using broker = await connectBroker({
        url: `tls://${own.token}@${host}:${server.port}`,
        ca,
      });
      assert.ok(broker.greeting.isEncrypted);
    }
  },
}));

const NETWORK = [
  { family: "IPv4", address: "127.0.0.1" },
  { family: "IPv6", address: "::1" },
  { family: "IPv4", address: "192.0.2.7" },
  { family: "IPv4", address: "169.254.1.1" },
  { family: "IPv6", address: "2001:db8::7" },
  { family: "IPv6", address: "fe80::1" },
] as const;

for (
  const [hostname, all, expected] of [
    ["0.0.0.0", NETWORK, ["192.0.2.7"]],
    ["::", NETWORK, ["192.0.2.7", "2001:db8::7"]],
    ["192.0.2.7", NETWORK, ["192.0.2.7"]],
    ["127.0.0.1", NETWORK, ["127.0.0.1"]],
    ["0.0.0.0", NETWORK.slice(0, 2), ["127.0.0.1"]],
  ] as const
) {
  Deno.test(`addressesOf() finds ${expected} for ${hostname} among ${all.length}`, () => {
    assert.deepEqual(addressesOf(hostname, all), expected);
  });
}
