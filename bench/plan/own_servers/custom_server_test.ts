import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { foreignServer, loadProtocolsOf, nameOf } from "./custom_server.ts";
import { hushed, lacksSecrets } from "./secrets.ts";
import type { ForeignServer } from "../run_options.ts";

Deno.test("foreignServer() takes a URL apart", () => {
  const entry = (url: string, more: Partial<ForeignServer> = {}): unknown => {
    const { launch, path, protocol } = foreignServer({ name: "mine", url, ...more });
    return launch.by === "url" ? [launch.url, path, protocol, launch.pid] : launch;
  };
  const plain = ["ws://localhost:9000/", "/", "websocket", undefined];
  assert.deepEqual(entry("ws://localhost:9000"), plain);
  assert.deepEqual(entry("http://localhost:9000/"), plain);
  assert.deepEqual(entry("wss://example.com/chat?room=1"), [
    "wss://example.com/",
    "/chat?room=1",
    "websocket",
    undefined,
  ]);
  assert.deepEqual(
    entry("ws://[::1]:9000", { path: "/a", protocol: "socket.io", pid: Deno.pid }),
    ["ws://[::1]:9000/", "/a", "socket.io", Deno.pid],
  );
  assert.deepEqual(entry("ws://localhost:9000?a=b"), [
    "ws://localhost:9000/",
    "/?a=b",
    "websocket",
    undefined,
  ]);
  for (const path of ["/ws://localhost:9001/x", "//localhost:9001/x", "/chat:room", "/%2e./ö"]) {
    assert.deepEqual(entry(`ws://localhost:9000${path}`, { protocol: "socket.io" }), [
      "ws://localhost:9000/",
      path,
      "socket.io",
      undefined,
    ]);
  }
});

Deno.test("foreignServer() makes words of a command, without a shell", () => {
  const words = (command: string | readonly string[]): unknown => {
    const { launch } = foreignServer({ name: "mine", command });
    return launch.by === "command" ? launch.command : launch;
  };
  assert.deepEqual(words("node server.js {port}"), ["node", "server.js", "{port}"]);
  assert.deepEqual(words(`a 'b c' "d \\"e\\"" f\\ g ''`), ["a", "b c", 'd "e"', "f g", ""]);
  assert.deepEqual(words("echo $HOME *.ts"), ["echo", "$HOME", "*.ts"]);
  assert.deepEqual(words(["a b", ">", "c"]), ["a b", ">", "c"]);
});

Deno.test("foreignServer() has a path only if one is given, unless it runs at a URL", () => {
  assert.equal(foreignServer({ name: "mine", command: "x" }).path, undefined);
  assert.equal(foreignServer({ name: "mine", command: "x", path: "/e" }).path, "/e");
});

const wrong: readonly [server: ForeignServer, message: string | RegExp][] = [
  [
    { name: "a b", url: "ws://x" },
    'The name of a server has letters, digits, ".", "_" and "-" only, at most 100: received "a b"',
  ],
  [{ name: "native", url: "ws://x" }, /^The name "native" is taken by wsmark: /],
  [{ name: "all", url: "ws://x" }, /^The name "all" is taken/],
  [
    { name: "m", url: "localhost:9000" },
    'The URL of m must be as ws://localhost:9000/chat: received "localhost:9000"',
  ],
  [{ name: "m", url: "ws://x/#y" }, /^The URL of m must be as/],
  [{ name: "m", url: "ws:/x" }, /^The URL of m must be as/],
  [{ name: "m", url: "ws:////x" }, /^The URL of m must be as/],
  [{ name: "m", url: " ws://x" }, /^The URL of m must be as/],
  [{ name: "m", url: "ws://x/a\nb" }, /^The URL of m must be as .*: received "ws:\/\/x\/a b"$/],
  [{ name: "m", url: "ws://x\\@y/" }, 'The path of m must begin with "/": received "\\@y/"'],
  [
    { name: "m", url: "ws://x/a/../b" },
    'The path of m cannot be sent as it is, only as "/b": give it so: received "/a/../b"',
  ],
  [
    { name: "m", url: "ws://x/a", path: "/b" },
    /has a path in its URL and another one: received "\/a" and "\/b"$/,
  ],
  [{ name: "m", url: "ws://x", path: "b" }, 'The path of m must begin with "/": received "b"'],
  [{ name: "m", url: "ws://x", command: "y" }, "m has a URL and a command: give one of them"],
  [{ name: "m" }, "m has neither a URL nor a command: give one of them"],
  [{ name: "m", command: "" }, "m has neither a URL nor a command: give one of them"],
  [{ name: "m", command: [] }, "m has neither a URL nor a command: give one of them"],
  [{ name: "m", command: "x", pid: 1 }, /^m is started, so that its process is known/],
  [{ name: "m", url: "ws://x", pid: 1.5 }, /^The process id of m must be a whole number/],
  [
    { name: "m", url: "ws://x", pid: 2 ** 31 - 1 },
    /^There is no process 2147483647 on this machine/,
  ],
  [
    { name: "m", command: "x > y" },
    'No shell reads the command of m: put it into a script, as it has ">" in "x > y"',
  ],
  [{ name: "m", command: "x & y" }, /it has "&"/],
  [
    { name: "m", url: "ws://x", protocol: "mine.ts" },
    'Unknown protocol "mine.ts" of m: a file is named with its folder, as ./mine.ts',
  ],
  [
    { name: "m", command: "x 'y {port}" },
    "The command of m has a quote that is not closed: received x 'y {port}",
  ],
  [{ name: "m", command: 'x "y \\" {port}' }, /has a quote that is not closed/],
  [
    { name: "m", command: ["x", "{env.TOKEN}"] },
    /^The command of m has {env\.TOKEN}, which is filled in only in /,
  ],
  [
    { name: "m", url: "ws://x", protocol: "socketio" },
    /^Unknown protocol "socketio" of m, did you mean "socket.io"\? Known: websocket, .*json-rpc/,
  ],
];

for (const [server, message] of wrong) {
  Deno.test(`foreignServer() refuses ${JSON.stringify(server)}`, () => {
    assert.throws(() => foreignServer(server), { name: "UsageError", message });
  });
}

Deno.test("foreignServer() shows no secret, and returns them only on request", () => {
  const entry = foreignServer({ name: "m", url: "ws://u:s3cret@x:1/a?token=t0ken&b=c" });
  assert.ok(!/s3cret|t0ken/.test(JSON.stringify(entry) + Deno.inspect(entry)), Deno.inspect(entry));
  const { launch, path } = entry;
  assert.ok(launch.by === "url");
  assert.deepEqual([launch.url, path], ["ws://u:***@x:1/", "/a?token=***&b=c"]);
  assert.deepEqual(launch.whole?.(), { url: "ws://u:s3cret@x:1/", path: "/a?token=t0ken&b=c" });

  const command = ["node", "s.js", "--token", "t0ken"];
  const started = foreignServer({ name: "m", command, path: "/?key=t0ken" });
  assert.ok(!JSON.stringify(started).includes("t0ken"));
  assert.ok(started.launch.by === "command");
  assert.deepEqual(started.launch.whole?.(), { command, path: "/?key=t0ken" });
});

Deno.test("foreignServer() has nothing hidden if there is no secret", () => {
  const { launch } = foreignServer({ name: "m", url: "ws://x:1/a?b=c" });
  assert.deepEqual(launch, { by: "url", url: "ws://x:1/" });
});

for (
  const server of [
    { name: "m", url: "ws://u:s3cret/@x" },
    { name: "m", url: "wsx://u:s3cret@x" },
    { name: "m", command: "TOKEN=s3cret node x > y" },
    { name: "m", url: "ws://x/?token=s3cret", path: "/b" },
  ]
) {
  Deno.test(`foreignServer() repeats no secret as it refuses ${JSON.stringify(server)}`, () => {
    assert.throws(() => foreignServer(server), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.ok(!error.message.includes("s3cret"), error.message);
      return true;
    });
  });
}

for (
  const server of [
    { name: "x".repeat(100_000), url: "ws://x" },
    { name: "m", url: "x".repeat(100_000) },
    { name: "m", url: "ws://x/" + "y".repeat(100_000) },
    { name: "m", url: "ws://x", path: "/y".repeat(50_000) },
    { name: "m", url: "ws://x", path: "y z".repeat(33_000) },
    { name: "m", url: "ws://x", protocol: "y".repeat(100_000) },
    { name: "m", command: "y".repeat(100_000) },
    { name: "m", command: "y >".repeat(33_000) },
  ]
) {
  Deno.test(`foreignServer() cuts what it refuses: ${JSON.stringify(server).slice(0, 40)}`, () => {
    assert.throws(() => foreignServer(server), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.ok(error.message.length < 1200, String(error.message.length));
      return true;
    });
  });
}

Deno.test("foreignServer() takes a protocol of a file that was loaded, masks its secrets, and checks its options", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/mine.ts`;
    await Deno.writeTextFile(
      file,
      `export default { title: "Mine", codec() { throw new Error(); },
        options: { token: { about: "", type: "text", isSecret: true } } };`,
    );
    const mine = { name: "a", url: "ws://localhost:1/", protocol: file };
    await loadProtocolsOf(["native", { name: "b", url: "ws://localhost:1/" }, mine]);
    const entry = foreignServer({ ...mine, protocolOptions: { token: "hush" } });
    assert.equal(entry.protocol, pathToFileURL(file).href);
    assert.deepEqual(entry.protocolOptions, { token: "***" });
    assert.deepEqual(entry.wholeProtocolOptions?.(), { token: "hush" });
    assert.equal(hushed(entry, "you said hush"), "you said ***");
    assert.equal(lacksSecrets(foreignServer(nameOf(entry) as ForeignServer)), true);
    assert.throws(() => foreignServer({ ...mine, protocolOptions: { tokn: "x" } }), {
      name: "UsageError",
      message: 'a: Mine has no option "tokn": choose from token',
    });
    await Deno.writeTextFile(`${folder}/none.ts`, "export const protocol = 1;");
    await assert.rejects(loadProtocolsOf([{ ...mine, protocol: `${folder}/none.ts` }]), {
      name: "UsageError",
      message: /^The protocol of a in ".*none.ts" cannot be used: exports no protocol by default/,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
