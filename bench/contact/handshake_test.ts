import assert from "node:assert/strict";
import { freePort } from "../../checks/testing/port.ts";
import { guardedServer } from "../testing/guarded_server.ts";
import { type Answer, tryHandshake } from "./handshake.ts";

const signal = new AbortController().signal;

function tried(url: string, path = "/", protocol = "websocket"): Promise<Answer> {
  return tryHandshake({ url: `${url}/`, path, protocol }, signal);
}

Deno.test("tryHandshake() is content with an answer of 101, whatever is said around it", async () => {
  await using server = await guardedServer({
    before: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
    answers(fields) {
      fields.splice(fields.indexOf("Connection: Upgrade"), 1, "Connection: keep-alive, Upgrade");
    },
    greets: "welcome",
  });
  assert.deepEqual(await tried(server.origin, "/chat"), { isAccepted: true });
  assert.deepEqual(server.requests.map(({ url }) => url), ["/chat"]);
});

Deno.test("tryHandshake() sends what the protocol and the options say, and reads the chosen subprotocol", async () => {
  await using server = await guardedServer({ chooses: () => "chat.v1" });
  const connect = { headers: [["Host", "app.example"]], subprotocols: ["a", "chat.v1"] } as const;
  const target = { url: `${server.origin}/`, path: "/x", protocol: "socket.io", connect };
  assert.deepEqual(await tryHandshake(target, signal), {
    isAccepted: true,
    subprotocol: "chat.v1",
  });
  const [{ url, headers } = {}] = server.requests;
  assert.equal(url, "/socket.io/?EIO=4&transport=websocket");
  assert.equal(headers?.host, "app.example");
  assert.equal(headers?.["sec-websocket-protocol"], "a, chat.v1");
});

Deno.test("tryHandshake() says on one line what the server says, and where it redirects to", async () => {
  await using server = await guardedServer({
    refuses: ({ url }) => ({
      status: `302 \x1b[31mNo${"o".repeat(5000)}`,
      fields: [`Location: ${url}x?token=abcdef`],
    }),
  });
  const answer = await tried(server.origin, "/a");
  assert.ok(!answer.isAccepted);
  assert.equal(answer.location, undefined, "no head has an escape character");
  assert.match(answer.reason, /^The server does not speak HTTP: received "\\u001b\[31mNoo/);
  assert.ok(answer.reason.length < 300, answer.reason);
});

Deno.test("tryHandshake() has the Location of a redirect, with its secrets masked in the words", async () => {
  await using server = await guardedServer({
    refuses: () => ({ status: "302 Found", fields: ["Location: /ws/?token=abcdef"] }),
  });
  assert.deepEqual(await tried(server.origin), {
    isAccepted: false,
    isThere: true,
    reason: "The server answered 302 Found to /ws/?token=***",
    location: "/ws/?token=abcdef",
  });
});

Deno.test("tryHandshake() knows whether somebody is there", async () => {
  assert.deepEqual(await tried(`ws://127.0.0.1:${freePort()}`), {
    isAccepted: false,
    isThere: false,
    reason: "connection refused",
  });
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `ws://127.0.0.1:${listener.addr.port}/`;
  const target = { url, path: "/", protocol: "websocket" };
  const answering = tryHandshake(target, AbortSignal.timeout(300));
  using silent = await listener.accept();
  assert.deepEqual(await answering, {
    isAccepted: false,
    isThere: true,
    reason: "no answer in time",
  });
  const ending = tried(`ws://127.0.0.1:${listener.addr.port}`);
  const short = await listener.accept();
  await short.read(new Uint8Array(1000));
  short.close();
  assert.deepEqual(await ending, {
    isAccepted: false,
    isThere: true,
    reason: "end of the stream amid the handshake",
  });
  assert.ok(silent);
});
