import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { Server } from "socket.io";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import { certify } from "../testing/certificates.ts";
import { type Guard, guardedServer } from "../testing/guarded_server.ts";
import { firstContact } from "./first_contact.ts";

/** What is said of a server before a run; its origin is left out. */
async function said(origin: string, options: Partial<ForeignServer> = {}): Promise<string> {
  const entry = foreignServer({ name: "mine", url: `${origin}/`, pid: Deno.pid, ...options });
  try {
    return (await firstContact(entry)).join();
  } catch (error) {
    return (error as Error).message.replace(/^.*ws:\/\/\S+: /, "");
  }
}

/** Lets in those whose request has a field with a value. */
const wants = (status: string, name: string, value: string): Guard => ({
  refuses: ({ headers }: IncomingMessage) => headers[name] === value ? undefined : { status },
});

const FORBIDDEN =
  "; give what it asks for with --header mine='FIELD: VALUE' (Authorization, Cookie, Origin), or in the query of its URL";
const BAD =
  "; it may want a subprotocol (--subprotocol mine=NAME) or a header (--header mine='FIELD: VALUE')";

for (
  const [what, guard, refusal, options] of [
    [
      "a token",
      wants("401 Unauthorized", "authorization", "Bearer t"),
      `The server answered 401 Unauthorized${FORBIDDEN}`,
      { headers: { Authorization: "Bearer t" } },
    ],
    [
      "a cookie",
      wants("401 Unauthorized", "cookie", "sid=42"),
      `The server answered 401 Unauthorized${FORBIDDEN}`,
      { headers: { Cookie: "sid=42" } },
    ],
    [
      "an origin",
      wants("403 Forbidden", "origin", "https://app.example"),
      `The server answered 403 Forbidden${FORBIDDEN}`,
      { headers: { origin: "https://app.example" } },
    ],
    [
      "a host",
      wants("404 Not Found", "host", "app.example"),
      "The server answered 404 Not Found; its echo may be at another path: name it in the URL",
      { headers: { Host: "app.example" } },
    ],
    [
      "a subprotocol",
      wants("400 Bad Request", "sec-websocket-protocol", "chat.v1"),
      `The server answered 400 Bad Request${BAD}`,
      { subprotocols: ["chat.v1"] },
    ],
  ] satisfies [string, Guard, string, Partial<ForeignServer>][]
) {
  Deno.test(`a server that wants ${what} says so, and is content with it`, async () => {
    await using server = await guardedServer(guard);
    assert.equal(await said(server.origin), refusal);
    assert.equal(await said(server.origin, options), "");
  });
}

Deno.test("a server that redirects is followed on request", async () => {
  await using server = await guardedServer({
    refuses: ({ url }) =>
      url === "/ws/" ? undefined : { status: "302 Found", fields: ["Location: /ws/"] },
  });
  assert.equal(
    await said(server.origin),
    "The server answered 302 Found to /ws/; follow it with --follow mine",
  );
  assert.equal(await said(server.origin, { follow: true }), "");
});

Deno.test("a server that speaks TLS is not taken for one that does not, nor the other way round", async () => {
  const { cert, key } = await certify({ name: "a", hosts: ["127.0.0.1"] });
  await using secure = await guardedServer({ tls: { cert, key } });
  await using plain = await guardedServer();
  assert.match(await said(`ws://127.0.0.1:${secure.port}`), /; give its URL as wss:$/);
  const entry = foreignServer({ name: "mine", url: `wss://127.0.0.1:${plain.port}/` });
  await assert.rejects(firstContact(entry), {
    name: "UsageError",
    message: /: the server does not speak TLS; give its URL as ws:$/,
  });
});

Deno.test("a server of Socket.IO that is taken for a plain one is recognized", async () => {
  const http = createServer();
  const server = new Server(http, { transports: ["websocket"], destroyUpgradeTimeout: 50 });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  try {
    const origin = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
    assert.match(await said(origin), /; it speaks Socket\.IO: add --protocol mine=socket\.io$/);
  } finally {
    await server.close();
  }
});

Deno.test("a greeting before the echo spoils nothing, and the time to reply is an option", async () => {
  await using server = await guardedServer({ greets: '{"type":"welcome"}' });
  assert.equal(await said(server.origin), "");
  await using silent = await guardedServer({ isSilent: true });
  assert.equal(
    await said(silent.origin, { replyTimeoutMs: 50 }),
    'mine does not return messages as they came (no answer in 0.05 s to "wsmark"): its replies will count as wrong, unless --reply mine=… says what they are',
  );
});

Deno.test("a server that chooses a subprotocol which was not offered, and one that knows no WebSocket there", async () => {
  await using chooses = await guardedServer({
    answers: (fields) => fields.push("Sec-WebSocket-Protocol: mqtt"),
  });
  assert.equal(
    await said(chooses.origin),
    'The server chose a subprotocol that was not offered: received "mqtt"; offer it with --subprotocol mine=NAME',
  );
  await using plain = await guardedServer({ refuses: () => ({ status: "200 OK" }) });
  assert.equal(
    await said(plain.origin),
    "The server answered 200 OK; its echo may be at another path: name it in the URL",
  );
});
