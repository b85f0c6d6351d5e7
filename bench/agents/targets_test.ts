import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { allowedTargets } from "./targets.ts";

/** The addresses of names, in the place of a name server. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "inside.example": ["10.1.2.3"],
  "outside.example": ["203.0.113.7"],
  "both.example": ["203.0.113.7", "10.1.2.3"],
  "mapped.example": ["::ffff:203.0.113.7"],
  "metadata.example": ["169.254.169.254"],
  localhost: ["127.0.0.1", "::1"],
};

const REFUSED = /^it may not drive /;

/** Whether a URL may be driven: nobody listens there, and so an error says which of the two it was. */
async function mayDrive(allow: readonly string[], url: string): Promise<boolean> {
  const targets = allowedTargets(allow, (name) => Promise.resolve(NAMES[name] ?? []));
  const never = await targets.check(url).catch((error: Error) => error.message);
  return typeof never !== "string" || !REFUSED.test(never);
}

// Addresses that are allowed are connected to: only those of this machine are.
for (
  const [allow, url, may] of [
    // By default.
    [[], "ws://127.0.0.1:1/", true],
    [[], "ws://127.1:1/", true],
    [[], "ws://0x7f.1:1/", true],
    [[], "ws://2130706433:1/", true],
    [[], "ws://0177.0.0.1:1/", true],
    [[], "ws://%31%32%37.0.0.1:1/", true],
    [[], "ws://１２７.0.0.1:1/", true],
    [[], "ws://127.0.0.1.:1/", true],
    [[], "ws://localhost:1/", true],
    [[], "ws://localhost.:1/", true],
    [[], "ws://LOCALHOST:1/", true],
    [[], "ws://[::1]:1/", true],
    [[], "ws://[::ffff:127.0.0.1]:1/", true],
    [[], "ws://203.0.113.7:1/", false],
    [[], "ws://[2001:db8::1]:1/", false],
    [[], "ws://[::ffff:203.0.113.7]:1/", false],
    [[], "ws://[::ffff:cb00:7107]:1/", false],
    [[], "ws://3405803783:1/", false],
    [[], "ws://0.0.0.0:1/", false],
    [[], "ws://[::]:1/", false],
    [[], "ws://[64:ff9b::7f00:1]:1/", false],
    [[], "ws://[2002:7f00:1::]:1/", false],
    [[], "ws://172.15.255.255:1/", false],
    [[], "ws://172.32.0.0:1/", false],
    [[], "ws://192.167.255.255:1/", false],
    [[], "ws://11.0.0.0:1/", false],
    [[], "ws://[fec0::1]:1/", false],
    [[], "ws://outside.example:1/", false],
    [[], "ws://mapped.example:1/", false],
    [[], "ws://nowhere.example:1/", false],
    [[], "ws://user:password@203.0.113.7:1/", false],
    [[], "wss://203.0.113.7/", false],
    // The credentials of a cloud's machine.
    [[], "ws://169.254.169.254/latest/meta-data", false],
    [[], "ws://metadata.example/", false],
    [[], "ws://[fd00:ec2::254]/", false],
    [["*"], "ws://169.254.169.254/", false],
    [["169.254.0.0/16"], "ws://169.254.169.254/", false],
    [["metadata.example"], "ws://metadata.example/", false],
    // What is named takes the place of what is allowed by default.
    [["203.0.113.0/24"], "ws://127.0.0.1:1/", false],
    [["203.0.113.7"], "ws://10.1.2.3:1/", false],
    [["127.0.0.1"], "ws://127.0.0.1:1/", true],
    [["127.0.0.1"], "ws://127.0.0.2:1/", false],
    [["127.1"], "ws://127.0.0.1:1/", true],
    [["127.0.0.0/8"], "ws://localhost:1/", true],
    [["localhost"], "ws://localhost:1/", true],
    [["LOCALHOST."], "ws://localhost:1/", true],
    [["localhost"], "ws://127.0.0.1:1/", false],
    [["inside.example"], "ws://outside.example:1/", false],
    [["inside.example"], "ws://inside.example.org:1/", false],
    [["::1"], "ws://[::1]:1/", true],
    [["[::1]"], "ws://[::1]:1/", true],
    [["fd00::/8", "::1/128"], "ws://[::1]:1/", true],
    [["fd00::/8"], "ws://[::1]:1/", false],
    [["*"], "ws://127.0.0.1:1/", true],
    // Ports.
    [["127.0.0.1:1"], "ws://127.0.0.1:1/", true],
    [["127.0.0.1:1"], "ws://127.0.0.1:2/", false],
    [["127.0.0.1:80"], "ws://127.0.0.1/", true],
    [["127.0.0.1:443"], "ws://127.0.0.1/", false],
    [["127.0.0.0/8:1-3"], "ws://127.0.0.1:3/", true],
    [["127.0.0.0/8:1-3"], "ws://127.0.0.1:4/", false],
    [["[::1]:1"], "ws://[::1]:1/", true],
    [["[::1]:1"], "ws://[::1]:2/", false],
    [["*:1"], "ws://127.0.0.1:1/", true],
    [["*:1"], "ws://127.0.0.1:2/", false],
    [["10.0.0.0/8", "localhost:1"], "ws://localhost:1/", true],
  ] as const
) {
  const words = allow.length === 0 ? "the default" : allow.join(" and ");
  Deno.test(`allowedTargets() with ${words} ${may ? "allows" : "refuses"} ${url}`, async () => {
    assert.equal(await mayDrive(allow, url), may);
  });
}

Deno.test("allowedTargets() names the address, and what would allow it", async () => {
  const targets = allowedTargets([], (name) => Promise.resolve(NAMES[name]!));
  await assert.rejects(targets.check("ws://outside.example/x"), {
    message: "it may not drive outside.example:80, which is 203.0.113.7: who runs the agent can " +
      "start it with --allow outside.example:80",
  });
  await assert.rejects(targets.check("wss://[2001:db8::1]/"), {
    message: "it may not drive [2001:db8::1]:443: who runs the agent can start it with " +
      "--allow [2001:db8::1]:443",
  });
});

Deno.test("allowedTargets() finds the address that a name has, and nobody else's", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  // The second answer of a name server that rebinds comes too late.
  const answers = [["203.0.113.7", "127.0.0.1"], ["203.0.113.7"]];
  const targets = allowedTargets([], () => Promise.resolve(answers.shift()!));
  assert.deepEqual(await targets.check(`ws://rebinding.example:${port}/`), {
    address: "127.0.0.1",
  });
  assert.equal(answers.length, 1);
});

Deno.test("allowedTargets() takes the address of a name that accepts connections", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const found = await allowedTargets([]).check(`ws://localhost:${port}/`);
  assert.deepEqual(found, { address: "127.0.0.1" });
});

Deno.test(needing("IPv6", {
  name: "allowedTargets() takes the IPv6 address of a name if nobody listens on the other one",
  async fn() {
    using listener = Deno.listen({ hostname: "::1", port: 0 });
    const { port } = listener.addr;
    const targets = allowedTargets([], () => Promise.resolve(["127.0.0.1", "::1"]));
    assert.deepEqual(await targets.check(`ws://localhost:${port}/`), { address: "::1" });
  },
}));

Deno.test("allowedTargets() says that nobody listens, and that a name has no address", async () => {
  await assert.rejects(allowedTargets([]).check("ws://127.0.0.1:1/"), {
    message: /^it cannot reach 127\.0\.0\.1:1 \(Connection refused\)$/,
  });
  await assert.rejects(allowedTargets([]).check("ws://no.invalid/"), {
    message: /^it finds no address of no\.invalid \(/,
  });
});

for (
  const text of [
    "",
    ":80",
    "10.0.0.0/33",
    "10.0.0.0/8:99999",
    "10.0.0.0/8:9-3",
    "10.0.0.0/8:",
    "[::1",
    "[host]",
    "::1/129",
    "fe80::1%eth0/10",
    "a b",
    "user@host",
    "ws://host",
    "host/path",
    "1.2.3.4.5",
  ]
) {
  Deno.test(`allowedTargets() refuses --allow "${text}"`, () => {
    assert.throws(() => allowedTargets([text]), {
      name: "UsageError",
      message: "--allow must be a name, an address or a range, with or without a port, such as " +
        `10.0.0.0/8, [fd00::1]:8080, chat.example:443 or *: received "${text}"`,
    });
  });
}

Deno.test("allowedTargets() tells in words what is allowed", () => {
  assert.deepEqual(allowedTargets([]).words, ["loopback and private addresses"]);
  assert.deepEqual(allowedTargets(["10.0.0.0/8", "x:1"]).words, ["10.0.0.0/8", "x:1"]);
});
