import assert from "node:assert/strict";
import { resolve } from "node:path";
import { foreignServer, nameOf } from "./custom_server.ts";
import type { ForeignServer } from "../run_options.ts";
import { headersLacking, hushed, lacksSecrets, lacksSecretsOfLaunch } from "./secrets.ts";

const AT = { name: "mine", url: "wss://localhost:1/" };

Deno.test("foreignServer() reads how connections are opened, and nameOf() says it again with secrets masked", () => {
  const entry = foreignServer({
    ...AT,
    headers: { Cookie: "sid=42; a=b", "X-A": ["1", "2"], Authorization: "Bearer {env.TOKEN}" },
    subprotocols: ["chat.v2", "chat.v1"],
    tls: { ca: "ca.pem", serverName: "app.example" },
    startTimeoutMs: 20_000,
    replyTimeoutMs: 500,
  });
  const { whole, ...shown } = entry.handshake!;
  const headers = [
    ["Cookie", "***"],
    ["X-A", "1"],
    ["X-A", "2"],
    ["Authorization", "Bearer {env.TOKEN}"],
  ];
  assert.deepEqual(shown, {
    headers,
    subprotocols: ["chat.v2", "chat.v1"],
    tls: { ca: resolve("ca.pem"), serverName: "app.example" },
    startTimeoutMs: 20_000,
    replyTimeoutMs: 500,
  });
  assert.deepEqual(whole!(), [["Cookie", "sid=42; a=b"], ...headers.slice(1)]);
  const planned = nameOf(entry) as ForeignServer;
  assert.deepEqual(planned.headers, {
    Cookie: ["***"],
    "X-A": ["1", "2"],
    Authorization: ["Bearer {env.TOKEN}"],
  });
  const again = foreignServer(JSON.parse(JSON.stringify(planned)));
  assert.deepEqual(nameOf(again), planned);
  assert.deepEqual([lacksSecrets(entry), lacksSecrets(again)], [false, true]);
  assert.deepEqual([lacksSecretsOfLaunch(again), headersLacking(again)], [false, ["Cookie"]]);
});

Deno.test("foreignServer() has no handshake if nothing is said of it", () => {
  assert.equal("handshake" in foreignServer(AT), false);
  assert.equal("handshake" in foreignServer({ ...AT, follow: false }), false);
});

Deno.test("hushed() takes the values of secret headers out, and their parts", () => {
  const entry = foreignServer({
    ...AT,
    headers: {
      Cookie: "sid=c00kie; b=other-one",
      Authorization: `Basic ${btoa("user:p4ssword")}`,
      "X-Api-Key": "k3y-value",
      Origin: "https://app.example",
    },
  });
  const said = `c00kie other-one p4ssword ${
    btoa("user:p4ssword")
  } k3y-value https://app.example Basic`;
  assert.equal(hushed(entry, said), "*** *** *** *** *** https://app.example Basic");
});

for (
  const [what, message] of [
    [
      { headers: { "X A": "1" } },
      'The header of mine must have a name of letters, digits and "-": received "X A"',
    ],
    [
      { headers: { Upgrade: "h2c" } },
      "The header Upgrade of mine is the handshake's own: leave it out",
    ],
    [
      { headers: { "Sec-WebSocket-Protocol": "a" } },
      "Subprotocols of mine are not a header: name them by --subprotocol",
    ],
    [
      { headers: { Cookie: "a\r\nX: y" } },
      "The value of the header Cookie of mine must be visible ASCII: percent-encode what is not",
    ],
    [
      { url: "wss://user@localhost:1/", headers: { Authorization: "Bearer t" } },
      "mine has a user in its URL and the header Authorization, of which only one is sent: give one of them",
    ],
    [
      { subprotocols: ["a b"] },
      'The subprotocols of mine must be different names without spaces, such as mqtt: received "a b"',
    ],
    [
      { subprotocols: [] },
      'The subprotocols of mine must be different names without spaces, such as mqtt: received ""',
    ],
    [
      { url: "ws://localhost:1/", tls: { insecure: true } },
      "mine has options of TLS, and its URL begins with ws:; give it as wss:, or leave them out",
    ],
    [
      { tls: { cert: "c.pem" } },
      "The client certificate of mine needs both files: received --cert without --key",
    ],
    [
      { tls: { ca: "c.pem", insecure: true } },
      "mine takes any certificate (--insecure), and has one to check it by: leave --insecure out, or --ca and " +
      "--server-name",
    ],
    [
      { tls: { serverName: "a b" } },
      'The server name of mine must be as app.example: received "a b"',
    ],
    [
      { url: "ws://localhost:1/{connection}", follow: true },
      "Redirects of mine cannot be followed, as its URL is another one for each connection: leave --follow out, or " +
      "{connection}, {group} and {random}",
    ],
    [
      { headers: { "X-Id": "{user}", "X-Name": "{{user}}" } },
      "The header X-Id of mine has {user}, which stands for nothing: choose from {connection}, {group}, {random}, " +
      "{env.NAME}, or write {{user}} for these signs",
    ],
    [
      { headers: { Authorization: "Bearer {user}" } },
      /^The header Authorization of mine has {…}, which stands for nothing: .* or write {{…}} for these signs$/,
    ],
    [{ url: "ws://localhost:1/?a={user}" }, /^The URL of mine has {user}, which stands/],
    [{ url: "ws://a:{user}@localhost:1/" }, /^The URL of mine has {…}, which stands/],
    [{ url: "ws://localhost:1/", path: "/{user}" }, /^The path of mine has {user}, which stands/],
    [
      { startTimeoutMs: 0 },
      "The time to start of mine must be above 0 and at most 3600 s: received 0 s",
    ],
  ] satisfies [Partial<ForeignServer>, string | RegExp][]
) {
  Deno.test(`foreignServer() refuses ${JSON.stringify(what)}`, () => {
    assert.throws(() => foreignServer({ ...AT, ...what }), { name: "UsageError", message });
  });
}
