/** The packets and the conversation against socket.io-parser and engine.io-parser, and against a server over real connections. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decodePacket, encodePacket } from "npm:engine.io-parser@^5";
import { Decoder, Encoder, type Packet, PacketType } from "npm:socket.io-parser@^4";
import { Server } from "socket.io";
import { servers } from "../../servers/mod.ts";
import { openPeer, type Peer } from "../../servers/testing/peer.ts";
import { startProcess } from "../../servers/testing/process.ts";
import { SocketIoConversation } from "./conversation.ts";
import { SocketIoError, type SocketIoErrorKind } from "./error.ts";
import { SocketIoPackets, socketIoTarget } from "./packets.ts";
import { escape, escapedSize, plainEnd } from "../json/text.ts";
import { escapedText, feed, fuzzTarget, randomText } from "./testing/packets.ts";
import { remember } from "../testing/handlers.ts";

const encoder = new TextEncoder();
const MIB = 1024 * 1024;

/** Mulberry32, as in measure/record/random.ts. */
function seeded(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(1);
const texts = [
  "",
  "a",
  "\ud83e\udd95\u2028\u2029",
  String.fromCharCode(...Array(256).keys()),
  ...Array.from({ length: 300 }, (_, length) => randomText(random, length)),
  ...'"\\\n\x1f🦕'.split("").map((odd) => "x".repeat(16384) + odd + "y".repeat(777)),
  randomText(random, 16384),
  randomText(random, MIB),
  "z".repeat(MIB),
].map((text) => text.toWellFormed());

function written({ textEventStart, textEventEnd }: SocketIoPackets, text: string): string {
  const payload = encoder.encode(`"${text}"`);
  const end = payload.length - 1;
  const size = escapedSize(payload, 1, end);
  const target = new Uint8Array(size + 6);
  assert.equal(escape(target, 3, payload, 1, end), 3 + size);
  assert.deepEqual([...target.subarray(0, 3), ...target.subarray(3 + size)], Array(6).fill(0));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const all = [textEventStart, target.subarray(3, 3 + size), textEventEnd];
  return all.map((bytes) => decoder.decode(bytes)).join("");
}

/** The Socket.IO packet that the libraries read in WebSocket messages. */
function theirPacket(...messages: (string | Uint8Array)[]): Packet {
  const decoder = new Decoder();
  let packet: Packet | undefined;
  decoder.on("decoded", (decoded) => packet = decoded);
  for (const message of messages) {
    const { type, data } = decodePacket(message);
    assert.equal(type, "message");
    decoder.add(data);
  }
  return packet!;
}

/** The WebSocket messages that the libraries make of a Socket.IO packet. */
function theirMessages(packet: Packet): (string | Uint8Array)[] {
  const messages: (string | Uint8Array)[] = [];
  for (const data of new Encoder().encode(packet)) {
    encodePacket({ type: "message", data }, true, (message) => messages.push(message));
  }
  return messages;
}

function joined(namespace = "/echo") {
  const packets = new SocketIoPackets(namespace);
  const { handlers, told } = remember();
  const conversation = new SocketIoConversation(packets, handlers);
  conversation.open();
  assert.equal(told.length, 0, "the server begins");
  feed(conversation, '0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
  for (
    const message of theirMessages({ type: PacketType.CONNECT, nsp: namespace, data: { sid: "y" } })
  ) {
    feed(conversation, message);
  }
  assert.deepEqual(told.splice(0), [
    ["send", new TextDecoder().decode(packets.connectPacket)],
    ["ready"],
  ]);
  return {
    packets,
    conversation,
    handlers,
    told,
    receive: (message: string | Uint8Array) => feed(conversation, message),
  };
}

const event = "message";

for (const nsp of ["/echo", "/", "/größe-🦕"]) {
  Deno.test(`SocketIoPackets writes events as socket.io-parser does: ${nsp}`, () => {
    const packets = new SocketIoPackets(nsp);
    for (const text of texts) {
      // Not assert.equal, whose report of a difference in 1 MiB would take minutes.
      const theirs = theirMessages({ type: PacketType.EVENT, nsp, data: [event, text] })[0];
      assert.ok(written(packets, text) === theirs, JSON.stringify(text).slice(0, 200));
    }
  });

  Deno.test(`SocketIoConversation reads events that socket.io-parser wrote: ${nsp}`, () => {
    const { receive, told } = joined(nsp);
    for (const text of texts) {
      theirMessages({ type: PacketType.EVENT, nsp, data: [event, text] }).forEach(receive);
      const [[call, received] = []] = told.splice(0);
      assert.equal(call, "reply");
      assert.ok(received === text, JSON.stringify(text).slice(0, 200));
    }
  });

  Deno.test(`SocketIoPackets and socket.io-parser agree on all else: ${nsp}`, () => {
    const { packets, receive, told } = joined(nsp);
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

    assert.deepEqual(theirPacket(text(packets.connectPacket)), { type: PacketType.CONNECT, nsp });
    assert.deepEqual(theirPacket(text(packets.disconnectPacket)), {
      type: PacketType.DISCONNECT,
      nsp,
    });
    assert.equal(decodePacket(text(packets.pong)).type, "pong");
    const packet = theirPacket(text(packets.binaryEventHeader), Buffer.from(bytes));
    assert.deepEqual([packet.type, packet.nsp, packet.data[0]], [PacketType.EVENT, nsp, event]);
    assert.deepEqual(new Uint8Array(packet.data[1]), bytes);

    for (const sent of [bytes, new Uint8Array(0)]) {
      theirMessages({ type: PacketType.EVENT, nsp, data: [event, sent] }).forEach(receive);
      assert.deepEqual(told.splice(0), [["reply", sent]]);
    }
    theirMessages({ type: PacketType.DISCONNECT, nsp }).forEach(receive);
    const refusal = { type: PacketType.CONNECT_ERROR, nsp, data: { message: "no" } };
    assert.throws(() => theirMessages(refusal).forEach(receive), {
      kind: "refused",
      message: "The server refused the namespace: no",
    });
    assert.deepEqual(told, [["ended", "io server disconnect"]]);
  });
}

Deno.test("SocketIoPackets refuses a namespace that cannot be", () => {
  for (const namespace of ["", "echo", "/a,b", "/a?b"]) {
    assert.throws(() => new SocketIoPackets(namespace), SyntaxError);
  }
});

Deno.test("plainEnd() finds each byte that needs an escape, at any alignment and among any others", () => {
  for (const filler of [0x20, 0x21, 0x23, 0x5b, 0x5d, 0x80, 0xff]) {
    for (let odd = 0; odd < 256; odd++) {
      const view = new Uint8Array(600).fill(filler).subarray(odd % 3);
      const at = 300 + odd % 7;
      view[at] = odd;
      const escaped = odd < 0x20 || odd === 0x22 || odd === 0x5c;
      assert.equal(plainEnd(view, 1, 590), escaped ? at : 590, `${odd} among ${filler}`);
    }
  }
});

Deno.test("SocketIoConversation.receive() hands over plain text in place", () => {
  const { packets, conversation, handlers } = joined();
  const buffer = encoder.encode('42/echo,["message","plain 漢字"]');
  let given: unknown[] = [];
  handlers.reply = (...parts) => given = parts;
  conversation.receive(true, buffer, 0, buffer.length);
  assert.deepEqual(given.slice(2, 4), [packets.textEventStart.length, buffer.length - 2]);
  assert.equal(given[1], buffer);
});

Deno.test("SocketIoConversation.receive() reads text escaped in any way", () => {
  const { receive, told } = joined();
  for (const text of texts.filter(({ length }) => length < 20_000)) {
    receive(`42/echo,["message","${escapedText(random, text)}"]`);
    assert.deepEqual(told.splice(0), [["reply", text]]);
  }
  receive('42/echo,["message","\\/\\b\\f\\ud800 \\udc00\\ud83e\\ud83e\\udd95"]');
  receive('42/echo,["message","\\ud83e\\u0041"]');
  assert.deepEqual(told, [["reply", "/\b\f\ufffd \ufffd\ufffd🦕"], ["reply", "\ufffdA"]]);
});

Deno.test("SocketIoConversation.receive() reads events that are written in another way", () => {
  const { receive, told } = joined();
  receive('42/echo,[ "message",\n"a" ]');
  receive('42/echo,12["message","b"]');
  receive('42/echo,["\\u006dessage","c\\n"]');
  receive('451-/echo,[ "message", {"num":0,"_placeholder":true} ]');
  receive("2");
  receive(Uint8Array.of(1));
  receive("6");
  receive("1");
  assert.deepEqual(told, [
    ["reply", "a"],
    ["reply", "b"],
    ["reply", "c\n"],
    ["keepAlive", "3"],
    ["reply", Uint8Array.of(1)],
    ["ended", "transport close"],
  ]);
});

const faults: Record<Exclude<SocketIoErrorKind, "refused">, (string | Uint8Array)[]> = {
  malformed: [
    "",
    "7",
    "b4AAA",
    "2probe",
    "4",
    "47/echo,",
    "42/echo,",
    '42/echo,["message","a',
    '42/echo,["message","a"b"]',
    '42/echo,["message","a\\"]',
    '42/echo,["message","\\x"]',
    '42/echo,["message","\\u12g4"]',
    '42/echo,["message","\n"]',
    '421-/echo,["message","a"]',
    '45/echo,["message",{"_placeholder":true,"num":0}]',
    '42/echo,{"message":"a"}',
    "41/echo,{}",
  ],
  unexpected: [
    "0{}",
    "3",
    "5",
    '40/echo,{"sid":"z"}',
    '43/echo,1["a"]',
    '44/echo,{"message":"no"}',
    Uint8Array.of(1, 2, 3),
  ],
  version: ["40", "40/echo,"],
};

Deno.test("SocketIoConversation.receive() counts other namespaces as unasked, and other events as pushed, with their bytes", () => {
  for (
    const [message, ...expected] of [
      ['42["other","a"]', "unasked", '42["other","a"]'],
      ['40/echo/x,{"sid":"z"}', "unasked", '40/echo/x,{"sid":"z"}'],
      ['42["message","a"]', "unasked", '42["message","a"]'],
      ['42/other,["message","a"]', "unasked", '42/other,["message","a"]'],
      ['42/echo,["other","größe"]', "pushed", '["other","größe"]'],
      ['42/echo,7["other"]', "pushed", '["other"]'],
      ['42/echo,[1,"a"]', "pushed", '[1,"a"]'],
    ] as const
  ) {
    const { receive, told } = joined();
    receive(message);
    assert.deepEqual(told, [expected]);
  }
  const { receive, told } = joined();
  const two = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
  receive(`452-/echo,["other",${two}]`);
  receive(Uint8Array.of(1));
  receive(Uint8Array.of(2));
  receive('42/echo,["message","a"]');
  assert.deepEqual(told, [["pushed", `["other",${two}]`], ["reply", "a"]]);
});

Deno.test("SocketIoConversation.receive() cannot read events with anything but one text or bytes", () => {
  for (
    const message of [
      '42/echo,["message"]',
      '42/echo,["message",1]',
      '42/echo,["message","a","b"]',
      '452-/echo,["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
      '451-/echo,["message","a"]',
    ]
  ) {
    const { receive, told } = joined();
    receive(message);
    assert.deepEqual(told, [["unreadable", message]]);
  }
});

Deno.test("SocketIoConversation.receive() reads acknowledgements by their numbers", () => {
  const bytes = '461-/echo,4[{"_placeholder":true,"num":0}]';
  for (
    const [acknowledgement, message, told] of [
      ["echo", '43/echo,7["a\\n"]', ["reply", "a\n", 6]],
      ["echo", '43/echo,7[ "a" ]', ["reply", "a", 6]],
      ["echo", '43/echo,7["a","b"]', ["wrong", '43/echo,7["a","b"]', 6]],
      ["echo", "43/echo,7[]", ["wrong", "43/echo,7[]", 6]],
      ["any", '43/echo,7["a"]', ["answered", "a", 6]],
      ["any", "43/echo,12[]", ["answered", "43/echo,12[]", 11]],
      ["echo", bytes, ["reply", Uint8Array.of(5), 3]],
      ["any", bytes, ["answered", Uint8Array.of(5), 3]],
      ["echo", '42/echo,["message","a"]', ["pushed", '["message","a"]']],
    ] as const
  ) {
    const { packets } = joined();
    const { handlers, told: found } = remember();
    const conversation = new SocketIoConversation(packets, handlers, acknowledgement);
    feed(conversation, '0{"sid":"x"}');
    feed(conversation, '40/echo,{"sid":"y"}');
    found.splice(0);
    feed(conversation, message);
    if (message === bytes) feed(conversation, Uint8Array.of(5));
    assert.deepEqual(found, [told], message);
  }
  for (const message of ['43/echo,["a"]', '43/echo,0["a"]', '43/echo,7{"a":1}']) {
    const { packets } = joined();
    const conversation = new SocketIoConversation(packets, remember().handlers, "echo");
    feed(conversation, '0{"sid":"x"}');
    feed(conversation, '40/echo,{"sid":"y"}');
    assert.throws(() => feed(conversation, message), { kind: "malformed" });
  }
});

Deno.test("SocketIoPackets say who joins, name any event, and ask for acknowledgements", () => {
  const packets = new SocketIoPackets("/chat", 'say "{payload}"', { token: "hush" });
  assert.equal(new TextDecoder().decode(packets.connectPacket), '40/chat,{"token":"hush"}');
  assert.equal(
    packets.eventTemplate(true, true),
    '42/chat,{sequence}["say \\"{{payload}}\\"","{payload}"]',
  );
  const { handshake } = socketIoTarget("ws://localhost/chat?a=b", "/v1/rt", "?token=t");
  assert.equal(
    handshake.href,
    "ws://localhost/v1/rt?a=b&token=t&EIO=4&transport=websocket",
  );
});

for (const [kind, messages] of Object.entries(faults)) {
  Deno.test(`SocketIoConversation.receive() throws a SocketIoError of the kind ${kind}`, () => {
    for (const message of messages) {
      const { receive, told } = joined();
      assert.throws(() => receive(message), { name: "SocketIoError", kind }, String(message));
      assert.deepEqual(told, []);
    }
  });
}

Deno.test("SocketIoConversation.receive() accepts nothing before the connection is open, and nothing after", () => {
  const packets = new SocketIoPackets("/echo");
  for (const history of [[], ['0{"sid":"x"}'], ['0{"sid":"x"}', "1"]]) {
    const conversation = new SocketIoConversation(packets, remember().handlers);
    for (const message of history) feed(conversation, message);
    assert.throws(() => feed(conversation, '42/echo,["message","a"]'), { kind: "unexpected" });
  }
});

Deno.test("SocketIoConversation.receive() accepts no other packet while the bytes of an event are due", () => {
  const { packets, receive } = joined();
  receive(new TextDecoder().decode(packets.binaryEventHeader));
  assert.throws(() => receive('42/echo,["message","a"]'), { kind: "unexpected" });
});

Deno.test("SocketIoError shows the first 60 characters of what came, on one line", () => {
  const { receive } = joined();
  assert.throws(
    () => receive(`42/echo,[\n\u2028"message","${"🦕".repeat(100)}`),
    new SocketIoError(
      "malformed",
      "Cannot read a message of a Socket.IO server as an event has a JSON array: " +
        `received '42/echo,[\\u000a\\u2028"message","${"🦕".repeat(38)}'…`,
    ),
  );
  assert.throws(() => receive(new Uint8Array(3)), { message: /: received 3 bytes$/ });
});

Deno.test("SocketIoConversation.receive() survives 10,000 random servers", () => {
  const random = seeded(7);
  const outcomes = new Set<string>();
  for (let run = 0; run < 10_000; run++) outcomes.add(fuzzTarget.run(random));
  for (const outcome of ["reply", "keepAlive", "ended", "refused", ...Object.keys(faults)]) {
    assert.ok(outcomes.has(outcome), `never: ${outcome}`);
  }
});

/** A connection on which the conversation is held; its frames are those of npm:ws. */
async function join(origin: string, namespace: string) {
  const { pathname, search } = socketIoTarget(origin).handshake;
  const peer: Peer = await openPeer.websocket!(origin, pathname + search);
  const packets = new SocketIoPackets(namespace);
  const { handlers, told } = remember();
  const conversation = new SocketIoConversation(packets, handlers);

  /** Feeds messages until the conversation reports something, and returns that. */
  async function next() {
    while (told.length === 0) feed(conversation, (await peer.take(1))[0]!);
    return told.shift()!;
  }
  const say = (packet: Uint8Array) => peer.send(new TextDecoder().decode(packet));

  const [call, packet] = await next();
  assert.equal(call, "send");
  peer.send(packet!);
  return {
    ...{ peer, packets, conversation, next, say },
    sendText: (text: string) => peer.send(written(packets, text)),
  };
}

Deno.test("SocketIoConversation speaks with the server of servers/socketio.ts", async (test) => {
  await using server = await startProcess(servers.find(({ id }) => id === "socketio")!);

  await test.step("/echo: text and bytes, and leaves", async () => {
    const joined = await join(server.origin, "/echo");
    const { peer, packets, conversation, next, say, sendText } = joined;
    await using _ = peer;
    assert.deepEqual(await next(), ["ready"]);
    for (const text of ["", 'a "quoted"\\\n\0🦕\u2028', "x".repeat(MIB)]) {
      sendText(text);
      assert.ok((await next())[1] === text);
    }
    for (const length of [0, 3, 16384]) {
      say(packets.binaryEventHeader);
      peer.send(new Uint8Array(length).fill(7));
      assert.deepEqual(await next(), ["reply", new Uint8Array(length).fill(7)]);
    }
    conversation.close();
    peer.send((await next())[1]!);
    // An answer to something else shows that it was read; then the server closes, because the client has not joined.
    assert.match(String(await peer.ask("40/tag,")), /^40\/tag,/);
    sendText("late");
    assert.equal(await peer.closed, 1005);
  });

  await test.step("/tag and /json: text with escapes", async () => {
    for (const [namespace, reply] of [["/tag", /^"hi" - \d{1,3}$/], ["/json", /^\{"/]] as const) {
      const { peer, next, sendText } = await join(server.origin, namespace);
      await using _ = peer;
      assert.deepEqual(await next(), ["ready"]);
      sendText('"hi"');
      assert.match(String((await next())[1]), reply);
    }
  });

  await test.step("/nowhere: refused", async () => {
    const { peer, next } = await join(server.origin, "/nowhere");
    await using _ = peer;
    await assert.rejects(next(), {
      message: "The server refused the namespace: Invalid namespace",
    });
  });
});

Deno.test("SocketIoConversation keeps a connection alive, and notices when the server ends it", async () => {
  const http = createServer();
  const io = new Server(http, { pingInterval: 10, serveClient: false });
  try {
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const { port } = http.address() as AddressInfo;
    const { peer, packets, next, say } = await join(`ws://127.0.0.1:${port}`, "/");
    await using _ = peer;
    let pings = 0;
    // Pings come at any time, also before and between the expected messages.
    const nextButPings = async () => {
      for (;;) {
        const told = await next();
        if (told[0] !== "keepAlive") return told;
        say(packets.pong);
        // The server sends a ping only when the one before was answered.
        if (++pings >= 3) io.disconnectSockets();
      }
    };
    assert.deepEqual(await nextButPings(), ["ready"]);
    assert.deepEqual(await nextButPings(), ["ended", "io server disconnect"]);
  } finally {
    await io.close();
  }
});
