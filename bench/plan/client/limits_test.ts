import assert from "node:assert/strict";
import { planRun } from "../options.ts";
import type { ForeignServer, RunOptions } from "../run_options.ts";

for (
  const [options, message] of [
    [
      { scenarios: ["rate"] },
      /^The client "browser" does not drive the scenario "rate", as the timers of a page, .* keep no schedule; name others with --scenarios: roundtrip, latency, throughput, sizes, session, scalability, burst\b/,
    ],
    [{ scenarios: ["capacity"] }, /the scenario "capacity", as the timers of a page/],
    [{ scenarios: ["connect"] }, /the scenario "connect", as Chromium opens its connections/],
    [{ scenarios: ["idle"] }, /the scenario "idle", as Chromium opens its connections/],
    [{}, /the scenario "rate"/],
    [
      { scenarios: ["scalability"] },
      /^The client "browser" opens at most 255 connections to a server, and the scenario "scalability" has a case that needs 256: use fewer --connections, or more --generators$/,
    ],
    [
      { scenarios: ["latency"], overrides: { connections: 511 }, generators: 2 },
      /has a case that needs 256:/,
    ],
  ] as const satisfies readonly (readonly [RunOptions, RegExp])[]
) {
  Deno.test(`checkClients() refuses ${JSON.stringify(options)} for the browser`, () => {
    assert.throws(() => planRun({ ...options, clients: ["browser"] }), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.match(error.message, message);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  });
}

Deno.test("checkClients() lets other clients drive what the browser does not", () => {
  const { contenders } = planRun({ clients: ["wire", "browser"], scenarios: ["rate", "idle"] });
  assert.ok(contenders.every(({ client }) => client === "wire"));
});

Deno.test("checkClients() refuses no client that auto chooses", () => {
  const { contenders } = planRun({ clients: ["auto"], scenarios: ["all"] });
  assert.ok(contenders.every(({ client }) => client !== "browser"));
});

Deno.test("checkClients() refuses a user for Socket.IO in a browser, which leaves it out", () => {
  const servers = [{ name: "m", url: "ws://u:p@localhost:1", protocol: "socket.io" }];
  assert.throws(() => planRun({ servers, clients: ["browser"], scenarios: ["latency"] }), {
    name: "UsageError",
    message: 'The client "browser" cannot send the user and password of m, as Socket.IO leaves ' +
      "them out in a page: name the client wire or socketio",
  });
});

for (
  const [client, asked, message] of [
    [
      "browser",
      { headers: { "X-A": "1" } },
      'The client "browser" cannot give m headers, as a page cannot send headers: name the client wire or websocket or ws',
    ],
    [
      "websocket",
      { headers: { host: "a" }, tls: { ca: "a.pem" } },
      'The client "websocket" cannot give m the header Host, as Deno\'s WebSocket sends the host of the URL: name the ' +
      "client wire or ws",
    ],
    [
      "websocket",
      { tls: { insecure: true } },
      'The client "websocket" cannot give m --insecure, as Deno\'s WebSocket always checks certificates: name the client ' +
      "wire or ws",
    ],
  ] satisfies [string, Partial<ForeignServer>, string][]
) {
  Deno.test(`checkClients() refuses ${JSON.stringify(asked)} for ${client}`, () => {
    const servers = [{ name: "m", url: "wss://localhost:1", ...asked }];
    const options = { servers, clients: [client], scenarios: ["latency"] };
    assert.throws(() => planRun(options), { name: "UsageError", message });
    const { contenders } = planRun({ ...options, clients: ["wire"] });
    assert.equal(contenders[0]!.client, "wire");
  });
}
