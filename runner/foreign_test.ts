import assert from "node:assert/strict";
import { type ForeignServer, foreignServer } from "./foreign.ts";

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

Deno.test("foreignServer() has a path only where one is given, unless it runs at a URL", () => {
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
  [{ name: "m", url: "ws://x/a\nb" }, /^The URL of m must be as .*: received "ws:\/\/x\/a\\nb"$/],
  [{ name: "m", url: "ws://x\\@y/" }, 'The path of m must begin with "/": received "\\\\@y/"'],
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
    { name: "m", url: "ws://x", protocol: "socketio" },
    'Unknown protocol "socketio" of m, did you mean "socket.io"? Known: websocket, socket.io',
  ],
];

for (const [server, message] of wrong) {
  Deno.test(`foreignServer() refuses ${JSON.stringify(server)}`, () => {
    assert.throws(() => foreignServer(server), { name: "UsageError", message });
  });
}
