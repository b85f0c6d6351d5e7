import { equal, match } from "node:assert/strict";
import { startProcess, testServer, within, withPage } from "../testing/process.ts";
import { handshakePath } from "../testing/raw.ts";
import { refusesOf } from "./visitors.ts";

for (
  const [host, origin] of [
    [undefined, undefined],
    [null, null],
    ["127.0.0.1:8765", null],
    ["localhost", "http://localhost:3000"],
    ["LOCALHOST:80", "http://127.0.0.1:8766"],
    ["[::1]:8765", "https://[::1]:1"],
    ["wsmark.localhost:1", "http://127.9.9.9"],
  ] as const
) {
  Deno.test(`refusesOf() lets ${host} from ${origin} in`, () => {
    equal(refusesOf("127.0.0.1")(host, origin), false);
  });
}

for (
  const [host, origin] of [
    ["evil.example:8765", null],
    ["evil.example:8765", "http://evil.example:8765"],
    ["127.0.0.1:8765", "http://evil.example"],
    ["127.0.0.1:8765", "null"],
    ["127.0.0.1:8765", ""],
    ["127.0.0.1.evil.example", null],
    ["localhost.evil.example", null],
    ["127.0.0.1:8765", "http://localhost.evil.example"],
    ["127.0.0.1:8765", "http://127.0.0.1@evil.example"],
    ["", null],
  ] as const
) {
  Deno.test(`refusesOf() refuses ${JSON.stringify(host)} from ${JSON.stringify(origin)}`, () => {
    for (const hostname of ["127.0.0.1", "localhost", "::1"]) {
      equal(refusesOf(hostname)(host, origin), true);
    }
  });
}

Deno.test("refusesOf() refuses nobody if a server listens for others", () => {
  for (const hostname of ["0.0.0.0", "::", "192.168.1.2"]) {
    equal(refusesOf(hostname)("evil.example", "http://evil.example"), false);
  }
});

/** Sends a request as it is; resolves to the status of the answer. */
async function statusOf(url: string, path: string, ...fields: readonly string[]): Promise<number> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = [`GET ${path} HTTP/1.1`, ...fields, "Connection: close", "", ""];
  const isUpgrade = fields.includes("Upgrade: websocket");
  await connection.write(
    new TextEncoder().encode(
      lines.filter((line) => !(isUpgrade && line === "Connection: close")).join("\r\n"),
    ),
  );
  const reply = new Uint8Array(1024);
  const length = await within("an answer", connection.read(reply)) ?? 0;
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(
    new TextDecoder().decode(reply.subarray(0, length)),
  )!;
  return Number(status);
}

const UPGRADE = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

for (const entry of withPage) {
  testServer(entry, "serves its page and its sockets only to pages of this machine", async () => {
    await using server = await startProcess(entry);
    const { url } = server.ready;
    const { host } = new URL(url);
    const path = handshakePath(entry.protocol);
    match(url, /^ws:\/\/127\.0\.0\.1:/);
    equal(await statusOf(url, "/", `Host: ${host}`), 200);
    equal(await statusOf(url, "/", `Host: ${host}`, `Origin: http://localhost:1`), 200);
    equal(await statusOf(url, "/", "Host: evil.example"), 403);
    equal(await statusOf(url, "/", `Host: ${host}`, "Origin: http://evil.example"), 403);
    equal(await statusOf(url, path, `Host: ${host}`, ...UPGRADE), 101);
    equal(
      await statusOf(url, path, `Host: ${host}`, "Origin: http://127.0.0.1:9", ...UPGRADE),
      101,
    );
    const refused = [403, 400];
    for (
      const fields of [
        [`Host: ${host}`, "Origin: http://evil.example"],
        [`Host: ${host}`, "Origin: null"],
        ["Host: evil.example", "Origin: http://evil.example"],
      ]
    ) {
      const status = await statusOf(url, path, ...fields, ...UPGRADE);
      equal(refused.includes(status), true, `${fields}: ${status}`);
    }
  });

  testServer(entry, "listens only on loopback, whatever DENO_SERVE_ADDRESS says", async () => {
    const env = { DENO_SERVE_ADDRESS: "tcp:0.0.0.0:0" };
    await using server = await startProcess(entry, { env });
    equal(new URL(server.ready.url).hostname, "127.0.0.1");
    // It listens where it says, and nowhere else.
    equal(await statusOf(server.ready.url, "/", "Host: localhost"), 200);
    if (Deno.build.os !== "linux") return;
    const port = Number(new URL(server.ready.url).port).toString(16).toUpperCase();
    const listening = Deno.readTextFileSync("/proc/net/tcp").split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) =>
        state === "0A" && local?.endsWith(`:${port.padStart(4, "0")}`)
      );
    equal(listening.length, 1);
    equal(listening[0]![1], `0100007F:${port.padStart(4, "0")}`);
  });
}
