import assert from "node:assert/strict";
import { addressOf, isLoopback, isOfThisMachine, pathProblem, targetUrl } from "./reachability.ts";

/** Runs a test against a server that accepts WebSockets at `/echo` and answers 404 elsewhere. */
async function atServer(
  test: (url: string, seen: string[]) => Promise<void>,
  hostname = "127.0.0.1",
): Promise<void> {
  const seen: string[] = [];
  await using server = Deno.serve({ hostname, port: 0, onListen() {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    seen.push(pathname + search);
    if (pathname !== "/echo" && pathname !== "/socket.io/") {
      return new Response("no", { status: 404 });
    }
    return Deno.upgradeWebSocket(request).response;
  });
  await test(`ws://localhost:${server.addr.port}/`, seen);
}

Deno.test("addressOf() takes an address as it is, and resolves a name as the system does", async () => {
  assert.deepEqual(await addressOf("ws://192.0.2.1/x"), { hostname: "192.0.2.1", port: 80 });
  assert.deepEqual(await addressOf("ws://[2001:db8::1]:81/"), {
    hostname: "2001:db8::1",
    port: 81,
  });
  await atServer(async (url) => {
    const { port } = new URL(url);
    assert.deepEqual(await addressOf(url), { hostname: "127.0.0.1", port: Number(port) });
  });
});

Deno.test("targetUrl() puts a path behind a base URL", () => {
  assert.equal(targetUrl("ws://h:1/", "/a/b?c=d"), "ws://h:1/a/b?c=d");
  assert.equal(targetUrl("ws://h:1/", "/"), "ws://h:1/");
  assert.equal(targetUrl("ws://h:1/base/?x#y", "/a"), "ws://h:1/base/a");
  assert.throws(() => targetUrl("ws://h:1/", "a"), { name: "TypeError" });
});

for (const path of ["/ws://b:2/x", "//b:2/x", "///b:2/x", "/chat:room", "/@b:2/", "/\\b:2/x"]) {
  Deno.test(`targetUrl() stays at the host that was named: ${path}`, () => {
    assert.equal(new URL(targetUrl("ws://a:1/", path)).host, "a:1");
  });
}

const problems: readonly [path: string, problem: string | undefined][] = [
  ["/a//b:c@d?e=/../f", undefined],
  ["/%2F%zz%", undefined],
  ["/чат ?ö=ü", undefined],
  ['/{"a"}|^`', undefined],
  ["a", 'must begin with "/"'],
  ["", 'must begin with "/"'],
  ["/a\u0000", "must not have control characters"],
  ["/a\r\nb", "must not have control characters"],
  ["/a\u0085", "must not have control characters"],
  ["/\ud800", "must not have halves of characters"],
  ["/a#b", 'must not have a "#", which is never sent: write it as %23'],
  ["/a/../b", 'cannot be sent as it is, only as "/b": give it so'],
  ["/a/%2E%2e/b", 'cannot be sent as it is, only as "/b": give it so'],
  ["/a\\b", 'cannot be sent as it is, only as "/a/b": give it so'],
  ["/a ", 'cannot be sent as it is, only as "/a": give it so'],
  ["/a?", 'cannot be sent as it is, only as "/a": give it so'],
];

for (const [path, problem] of problems) {
  Deno.test(`pathProblem() of ${JSON.stringify(path)}`, () => {
    assert.equal(pathProblem(path, "websocket"), problem);
  });
}

Deno.test("pathProblem() lets a namespace be anything that its packet can hold", () => {
  assert.equal(pathProblem("/a/../b\\ ", "socket.io"), undefined);
  assert.equal(pathProblem("/a?b=c,d", "socket.io"), undefined);
  assert.match(pathProblem("/a,b", "socket.io")!, /^must not have a ","/);
});

Deno.test("isLoopback() knows this machine's own addresses", () => {
  for (const host of ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"]) {
    assert.ok(isLoopback(`ws://${host}:1/`), host);
  }
  for (const host of ["example.com", "10.0.0.1", "127.0.0.1.example.com", "[::2]"]) {
    assert.ok(!isLoopback(`ws://${host}:1/`), host);
  }
});

Deno.test("isOfThisMachine() knows addresses of loopback and of the interfaces", () => {
  const own = Deno.networkInterfaces().map(({ address }) => address);
  for (const address of ["127.0.0.1", "127.3.2.1", "::1", ...own]) {
    assert.ok(isOfThisMachine(address), address);
  }
  for (const address of ["192.0.2.1", "2001:db8::1"]) assert.ok(!isOfThisMachine(address), address);
});

Deno.test("addressOf() knows the port of wss:, and for whom the certificate must be", async () => {
  assert.deepEqual(await addressOf("wss://192.0.2.1/"), {
    hostname: "192.0.2.1",
    port: 443,
    tls: { hostname: "192.0.2.1" },
  });
  await atServer(async (url) => {
    const { port } = new URL(url);
    assert.deepEqual(await addressOf(url.replace("ws:", "wss:")), {
      hostname: "127.0.0.1",
      port: Number(port),
      tls: { hostname: "localhost" },
    });
  });
});
