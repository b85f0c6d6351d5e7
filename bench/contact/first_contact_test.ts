import assert from "node:assert/strict";
import { startServer } from "../process/server_process.ts";
import { servers } from "../../servers/mod.ts";
import { freePort } from "../../checks/testing/port.ts";
import { firstContact } from "./first_contact.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import type { ServerEntry } from "../../servers/types.ts";

const program = new URL("../testing/plain_echo.ts", import.meta.url).pathname;
const deno = [Deno.execPath(), "run", "--quiet", "--allow-all"];

Deno.test("firstContact() is content with an echo, its port by argument or by environment", async () => {
  const byArgument = foreignServer({ name: "mine", command: [...deno, program, "{port}"] });
  assert.deepEqual(await firstContact(byArgument), []);
  const byEnvironment = foreignServer({ name: "mine", command: [...deno, program] });
  assert.deepEqual(await firstContact(byEnvironment), []);
});

Deno.test("firstContact() reports another reply than the message", async () => {
  const entry = foreignServer({ name: "mine", command: [...deno, program, "{port}", "no"] });
  assert.deepEqual(await firstContact(entry), [
    'mine does not return messages as they came (the answer is "no" to "wsmark"): its replies will count as wrong, unless --reply mine=… says what they are',
  ]);
});

Deno.test("firstContact() knows a server that follows the contract by its ready line", async () => {
  const native = new URL("../../servers/native.ts", import.meta.url).pathname;
  const command = [...deno, native, "--port", "{port}"];
  assert.deepEqual(await firstContact(foreignServer({ name: "mine", command })), []);
});

Deno.test("firstContact() says that a process it does not know cannot be measured", async () => {
  const socketio = servers.find(({ id }) => id === "socketio")!;
  const server = await startServer(socketio);
  try {
    const { url } = server.ready;
    const own = { name: "mine", url, protocol: "socket.io", path: "/echo" };
    assert.deepEqual(await firstContact(foreignServer(own)), [
      "mine: its CPU time and memory are not measured, as the id of the server's process was not given (--pid)",
    ]);
    assert.deepEqual(await firstContact(foreignServer({ ...own, pid: Deno.pid })), []);
  } finally {
    await server.stop();
  }
});

Deno.test("firstContact() fails with the reason if nobody is there", async () => {
  const port = freePort();
  const entry = foreignServer({ name: "mine", url: `ws://127.0.0.1:${port}/chat` });
  await assert.rejects(firstContact(entry), {
    message: `mine accepts no handshake at ws://127.0.0.1:${port}/chat: connection refused`,
  });
});

/** Starts a server that says things when a connection opens, and when a message comes. */
function saying(
  opened: readonly string[],
  said: (socket: WebSocket, message: string) => void = () => {},
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => opened.forEach((text) => socket.send(text));
    socket.onmessage = ({ data }) => said(socket, data);
    return response;
  });
}

function entryAt(
  { addr }: Deno.HttpServer<Deno.NetAddr>,
  own: Partial<ForeignServer> = {},
): ServerEntry {
  return foreignServer({ name: "mine", url: `ws://127.0.0.1:${addr.port}/`, ...own });
}

const login: Partial<ForeignServer> = {
  protocol: "messages",
  protocolOptions: { open: [{ send: "login", expect: { "/type": "welcome" }, timeout: 1000 }] },
};

Deno.test("firstContact() refuses a server that refuses the opening, with its last words, code and reason", async () => {
  await using talks = saying(["hello"], (socket) => socket.send('{"error":"bad token"}'));
  await assert.rejects(firstContact(entryAt(talks, login)), {
    name: "UsageError",
    message:
      'mine is not ready for messages: the opening waits for JSON with /type "welcome", and mine said ' +
      '"hello", then "{"error":"bad token"}" in 1 s; change --open mine=…',
  });
  await using closes = saying([], (socket) => {
    socket.send('{"error":"bad token"}');
    socket.close(4401, "go\u001baway");
  });
  await assert.rejects(firstContact(entryAt(closes, login)), {
    name: "UsageError",
    message:
      'mine ended the first connection during the opening (code 4401, "go\\u001baway"), which waited for JSON with /type ' +
      '"welcome", after it said "{"error":"bad token"}"; change --open mine=…',
  });
  await using silent = saying([]);
  await assert.rejects(firstContact(entryAt(silent, login)), {
    message: /the opening waits for JSON with \/type "welcome", and mine said nothing in 1 s/,
  });
  await using echo = saying([], (socket, message) => socket.send(message));
  await assert.rejects(firstContact(entryAt(echo, { protocol: "mqtt" })), {
    message:
      /^mine ended the first connection during the opening \("The server sent .*; deno task list mqtt shows /,
  });
});

Deno.test("firstContact() shows the answer, not a greeting or news before it", async () => {
  const note = async (...parts: Parameters<typeof saying>): Promise<string> => {
    await using server = saying(...parts);
    return (await firstContact(entryAt(server, { replyTimeoutMs: 10000 }))).at(-1)!;
  };
  const wrap = (socket: WebSocket, text: string): void =>
    socket.send(JSON.stringify({ type: "echo", "a/b": [0, text] }));
  // Each waits for a better answer until it is late.
  const [answer, error, close] = await Promise.all([
    note(['{"type":"welcome"}'], wrap),
    note(
      ['{"type":"welcome"}', '{"tick":1}', '{"tick":22}'],
      (socket) => socket.send('{"error":"no JSON"}'),
    ),
    note([], (socket) => socket.close(4000, "no")),
  ]);
  assert.equal(
    answer,
    'mine does not return messages as they came (the answer is "{"type":"echo","a/b":[0,"wsmark"]}" to "wsmark"): ' +
      "its replies will count as wrong, unless --reply mine=payload:/a~1b/1 is given",
  );
  assert.equal(
    error,
    'mine does not return messages as they came (it said "{"type":"welcome"}", then "{"tick":1}", then ' +
      '"{"error":"no JSON"}", and was sent "wsmark"): its replies will count as wrong, unless --reply mine=… says what they are',
  );
  assert.match(close, /got "wsmark" \(code 4000, "no"\): trials will fail if /);
});

Deno.test("firstContact() shows what a reply rule does not fit", async () => {
  await using server = saying([], (socket) => socket.send("no"));
  const own = {
    replyTimeoutMs: 1000,
    protocol: "messages",
    protocolOptions: { reply: { contains: "ok" } },
  };
  assert.match(
    (await firstContact(entryAt(server, own))).at(-1)!,
    /^mine gives no reply as --reply mine=… says \(the answer is "no" to "wsmark"\): /,
  );
  const calls = { replyTimeoutMs: 1000, protocol: "json-rpc" };
  assert.match(
    (await firstContact(entryAt(server, calls))).at(-1)!,
    /^mine does not answer as JSON-RPC does with these options \(the answer is "no" to "wsmark"\): /,
  );
});

Deno.test("firstContact() says that none of the offered subprotocols was chosen", async () => {
  const echo = (chooses: boolean): Deno.HttpServer<Deno.NetAddr> =>
    Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const { socket, response } = Deno.upgradeWebSocket(request, chooses ? { protocol: "b" } : {});
      socket.onmessage = ({ data }) => socket.send(data);
      return response;
    });
  await using chooses = echo(true);
  await using passes = echo(false);
  const own = { pid: Deno.pid, subprotocols: ["a", "b"] };
  assert.deepEqual(await firstContact(entryAt(chooses, own)), []);
  assert.deepEqual(await firstContact(entryAt(passes, own)), [
    "mine chose none of the subprotocols that were offered: a, b",
  ]);
});

/** What a server opens a connection of Engine.IO with. */
const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}';

/** What a server of Socket.IO sends, and what is said of it. */
const SENDING: readonly (readonly [packets: readonly string[], expected: RegExp])[] = [
  [
    ["0null"],
    /^mine ended the .* opens a connection without an id: received '0null'"\), which waited for the namespace \/; deno task list socket\.io /,
  ],
  [["0{"], /opens a connection without an id: received '0\{'"/],
  [["0"], /opens a connection without an id: received '0'"/],
  [["0[]"], /opens a connection without an id: received '0\[\]'"/],
  [[OPEN, "44"], /refuses a namespace without a message: received '44'"/],
  [[OPEN, '40{"sid":"b"}', '42["message"]'], /the answer is "?42/],
  [[OPEN, '40{"sid":"b"}', '42["message",null]'], /the answer is "?42/],
  [[OPEN, '40{"sid":"b"}', '42["message","\\u001b[31m no"]'], /the answer is "no" to "wsmark"/],
  [[OPEN, "4"], /it is not a packet: received '4'"/],
];

Deno.test("firstContact() says what a server of Socket.IO does", async () => {
  // Some wait for an answer until it is late.
  await Promise.all(SENDING.map(async ([packets, expected]) => {
    await using server = saying(packets);
    const own = { protocol: "socket.io", replyTimeoutMs: 10000 };
    const found = await firstContact(entryAt(server, own)).then(
      (notes) => notes.at(-1)!,
      (error) => error.message,
    );
    assert.match(found, expected, packets.join(" "));
  }));
});

Deno.test("firstContact() sends nothing to a server of streams, and waits for a message by the rule", async () => {
  const note = async (
    opened: string[],
    own: Partial<ForeignServer>,
  ): Promise<string | undefined> => {
    let heard = false;
    await using server = saying(opened, () => heard = true);
    const entry = entryAt(server, { pid: Deno.pid, replyTimeoutMs: 300, ...own });
    const [first] = await firstContact(entry, "wire", true);
    assert.ok(!heard);
    return first;
  };
  const push = { sequence: "/n" } as const;
  assert.equal(await note(["hello", '{"n":1}'], { push }), undefined);
  assert.equal(await note(["hello"], {}), undefined);
  const protocolOptions = { ignore: ["news"] };
  const script = { push, protocol: "messages", protocolOptions } as const;
  assert.equal(await note(["hello", "news", '{"n":1}'], script), undefined);
  assert.equal(
    await note([], { push }),
    "mine sent nothing by itself in 0.3 s: its streams may be empty",
  );
  assert.equal(
    await note(["hello", '{"seq":1}'], { push }),
    'mine sent no message of a stream as --push mine=… says, which is {"sequence":"/n"} (it said "hello", then ' +
      '"{"seq":1}"): all of that will count as unasked',
  );
});
