import assert from "node:assert/strict";
import { Random } from "../../../checks/fuzz/target.ts";
import {
  acceptKey,
  createHandshake,
  HandshakeError,
  type HandshakeErrorKind,
  HandshakeReader,
  prepareHandshakes,
} from "./handshake.ts";

/** The example of RFC 6455 §1.3. */
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

const UPGRADE = "Upgrade: websocket\r\n";
const CONNECTION = "Connection: Upgrade\r\n";
const ACCEPTED = `Sec-WebSocket-Accept: ${ACCEPT}\r\n`;
const STATUS = "HTTP/1.1 101 Switching Protocols\r\n";
const COMPLETE = `${STATUS}${UPGRADE}${CONNECTION}${ACCEPTED}\r\n`;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

function push(reader: HandshakeReader, text: string): number {
  const bytes = bytesOf(text);
  return reader.push(bytes, 0, bytes.length);
}

Deno.test("acceptKey() of the key in RFC 6455 §1.3", () => assert.equal(acceptKey(KEY), ACCEPT));

Deno.test("createHandshake() writes the request of RFC 6455 §4.1", () => {
  const { request } = createHandshake("ws://example.com:8000/chat?room=1#top");
  const text = new TextDecoder().decode(request);
  const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(text)?.[1] ?? "";
  assert.equal(atob(key).length, 16);
  assert.equal(
    text,
    "GET /chat?room=1 HTTP/1.1\r\nHost: example.com:8000\r\nUpgrade: websocket\r\n" +
      `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
});

Deno.test("createHandshake() asks for / if the URL has no path, and for an IPv6 host in brackets", () => {
  const { request } = createHandshake(new URL("ws://[::1]:1"));
  assert.match(new TextDecoder().decode(request), /^GET \/ HTTP\/1\.1\r\nHost: \[::1\]:1\r\n/);
});

for (
  const [user, sent] of [
    ["user:secret", "user:secret"],
    ["us%20er:p%40ss%20%C3%A9", "us er:p@ss é"],
    ["user", "user:"],
    [":100%:", ":100%:"],
  ] as const
) {
  Deno.test(`createHandshake() sends ${user} of the URL as Basic authorization (RFC 7617)`, () => {
    const { request } = createHandshake(`ws://${user}@a/b`);
    const text = new TextDecoder().decode(request);
    const [, base64 = ""] =
      /\r\nHost: a\r\n[^]*\r\nAuthorization: Basic (\S+)\r\n\r\n$/.exec(text) ?? [];
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    assert.equal(new TextDecoder().decode(bytes), sent);
  });
}

Deno.test("createHandshake() sends headers and subprotocols, and lets Host and Authorization be replaced", () => {
  const headers = [
    ["Host", "app.example"],
    ["Cookie", "sid=42"],
    ["authorization", "Bearer t"],
    ["X-A", "1"],
    ["X-A", "2"],
  ] as const;
  const offer = { headers, subprotocols: ["chat.v2", "chat.v1"] };
  const text = new TextDecoder().decode(createHandshake("ws://user:pw@a/b", offer).request);
  const [start, ...fields] = text.split("\r\n");
  assert.equal(start, "GET /b HTTP/1.1");
  assert.deepEqual(fields.filter((field) => !field.startsWith("Sec-WebSocket-Key: ")), [
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: chat.v2, chat.v1",
    "Host: app.example",
    "Cookie: sid=42",
    "authorization: Bearer t",
    "X-A: 1",
    "X-A: 2",
    "",
    "",
  ]);
});

Deno.test("prepareHandshakes() fills placeholders in user, path, query and headers for each connection", () => {
  const url = "ws://u{connection}:pw@a/{connection}?id={random}";
  const handshakeOf = prepareHandshakes(url, { headers: [["X-Id", "{random}-{connection}"]] });
  const texts = [3, 4].map((number) => new TextDecoder().decode(handshakeOf(number).request));
  for (const [index, text] of texts.entries()) {
    const number = index + 3;
    const [, path, random] = /^GET (.*)\?id=([\da-f]{16}) HTTP/.exec(text) ?? [];
    assert.equal(path, `/${number}`);
    assert.ok(text.includes(`\r\nX-Id: ${random}-${number}\r\n`), text);
    assert.ok(text.includes(`\r\nAuthorization: Basic ${btoa(`u${number}:pw`)}\r\n`), text);
  }
});

Deno.test("createHandshake() takes a new key each time", () => {
  const requests = Array.from(
    { length: 1000 },
    () => new TextDecoder().decode(createHandshake("ws://a/").request),
  );
  assert.equal(new Set(requests).size, 1000);
});

for (const url of ["http://a/", "a", "", "ws:", "wss//a"]) {
  Deno.test(`createHandshake() refuses the URL ${JSON.stringify(url)}`, () => {
    assert.throws(() => createHandshake(url), {
      name: "SyntaxError",
      message: `Cannot open a WebSocket as its URL must begin with ws:// or wss://: received ${
        JSON.stringify(url)
      }`,
    });
  });
}

for (
  const [name, text] of [
    ["the usual one", COMPLETE],
    ["names in any case", COMPLETE.replaceAll(/^[\w-]+:/gm, (field) => field.toUpperCase())],
    ["values in any case", COMPLETE.replace(": websocket", ": WebSocket").replace("Upg", "uPG")],
    ["spaces and tabs around values", COMPLETE.replaceAll(/: (.*)\r\n/g, ": \t $1 \t\r\n")],
    ["no space before values", COMPLETE.replaceAll(": ", ":")],
    ["a list of connection options", COMPLETE.replace(CONNECTION, "Connection: a, Upgrade ,b\r\n")],
    [
      "connection options on two lines",
      COMPLETE.replace(CONNECTION, `Connection: a\r\n${CONNECTION}`),
    ],
    ["upgrade twice", COMPLETE.replace(UPGRADE, UPGRADE + UPGRADE)],
    ["no reason phrase", COMPLETE.replace("101 Switching Protocols", "101 ")],
    ["no space before it either", COMPLETE.replace("101 Switching Protocols", "101")],
    [
      "100 and 103 before it",
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${COMPLETE}`,
    ],
    ["other headers", COMPLETE.replace(UPGRADE, `Date: x\r\n${UPGRADE}X:\r\nServer: \xe9\r\n`)],
  ] as const
) {
  Deno.test(`HandshakeReader accepts ${name}, split anywhere`, () => {
    const bytes = bytesOf(`${text}\x81\x00`);
    assert.equal(new HandshakeReader(KEY).push(bytes, 0, bytes.length), text.length);
    for (let first = 0; first < text.length; first++) {
      const second = Math.min(first + 40, text.length - 1);
      const reader = new HandshakeReader(KEY);
      assert.equal(reader.push(bytes, 0, first), -1);
      assert.equal(reader.push(bytes, first, second), -1);
      assert.equal(reader.push(bytes, second, bytes.length), text.length);
      assert.equal(reader.heldBytes, 0);
    }
  });
}

type Row = readonly [HandshakeErrorKind, string, string | RegExp];

for (
  const [kind, text, message] of [
    [
      "refused",
      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
      "The server answered 404 Not Found",
    ],
    [
      "refused",
      "HTTP/1.0 301 Moved Permanently\r\nLocation: http://b/\r\n\r\n",
      "The server answered 301 Moved Permanently to http://b/",
    ],
    ["refused", "HTTP/1.1 500\r\n\r\n", "The server answered 500"],
    ["refused", "HTTP/1.1 200 OK\r\n\r\n", "The server answered 200 OK"],
    ["version", COMPLETE.replace("1.1", "1.0"), /HTTP version without upgrades/],
    [
      "upgrade",
      COMPLETE.replace(UPGRADE, ""),
      "The server did not upgrade to websocket: received upgrade none",
    ],
    ["upgrade", COMPLETE.replace("websocket", "h2c"), /received upgrade "h2c"$/],
    ["upgrade", COMPLETE.replace("websocket", "websocket, h2c"), /"websocket, h2c"$/],
    ["upgrade", COMPLETE.replace(": websocket", ":"), /received upgrade ""$/],
    [
      "connection",
      COMPLETE.replace(CONNECTION, ""),
      "The server did not upgrade the connection: received connection none",
    ],
    ["connection", COMPLETE.replace(": Upgrade", ": close, upgrades"), /"close, upgrades"$/],
    [
      "accept",
      COMPLETE.replace(ACCEPTED, ""),
      `The server answered with a wrong accept key: received none instead of "${ACCEPT}"`,
    ],
    ["accept", COMPLETE.replace("s3pP", "S3pP"), /received "S3pPLMB.*" instead of "s3pPLMB/],
    ["accept", COMPLETE.replace(ACCEPTED, ACCEPTED + ACCEPTED), /accept key: received/],
    [
      "extension",
      COMPLETE.replace(UPGRADE, `${UPGRADE}sec-websocket-extensions: permessage-deflate\r\n`),
      'The server chose an extension that was not offered: received "permessage-deflate"',
    ],
    [
      "subprotocol",
      COMPLETE.replace(UPGRADE, `${UPGRADE}Sec-WebSocket-Protocol: chat\r\n`),
      'The server chose a subprotocol that was not offered: received "chat"',
    ],
    ["not HTTP", "SSH-2.0-OpenSSH\r\n", /does not speak HTTP: received "SSH-2.0-OpenSSH\\r\\n"/],
    ["not HTTP", "HTTP/1.1 abc\r\n\r\n", /received status line "HTTP\/1.1 abc"$/],
    ["not HTTP", "HTTP/1.1 101\0", /received "\\u0000" at byte 12$/],
    ["malformed line", COMPLETE.replaceAll("\r\n", "\n"), /received LF without CR at byte 32$/],
    ["malformed line", "HTTP/1.1 101 a\rb\r\n\r\n", /received CR without LF at byte 15$/],
    ["malformed line", COMPLETE.replace(UPGRADE, "Upgrade\r\n"), /no header: received "Upgrade"$/],
    ["malformed line", COMPLETE.replace(UPGRADE, "Upgrade : websocket\r\n"), /is no header/],
    ["malformed line", COMPLETE.replace(UPGRADE, ": websocket\r\n"), /is no header/],
    ["malformed line", COMPLETE.replace(": websocket", ":\r\n websocket"), /a folded header line/],
    ["malformed line", COMPLETE.replace(": websocket", ":\r\n\twebsocket"), /a folded header line/],
    [
      "header block too long",
      STATUS + "X: y\r\n".repeat(5000),
      "The server sent a header block longer than 16384 bytes",
    ],
  ] satisfies Row[]
) {
  Deno.test(`HandshakeReader refuses: ${kind}: ${message}`, () => {
    const reader = new HandshakeReader(KEY);
    let thrown: unknown;
    assert.throws(() => push(reader, text), (error) => {
      thrown = error;
      assert.ok(error instanceof HandshakeError);
      assert.equal(error.kind, kind);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
    assert.throws(() => push(reader, COMPLETE), (error) => error === thrown);
    assert.equal(reader.heldBytes, 0);

    const bytewise = new HandshakeReader(KEY);
    assert.throws(() => {
      for (const character of text) push(bytewise, character);
    }, { name: "HandshakeError", kind });
  });
}

Deno.test("HandshakeReader accepts a header block of 16,384 bytes and refuses one more", () => {
  const fill = (length: number): string =>
    `${COMPLETE.slice(0, -2)}X:${"x".repeat(length - COMPLETE.length - 4)}\r\n\r\n`;
  assert.equal(push(new HandshakeReader(KEY), fill(16384)), 16384);
  assert.throws(() => push(new HandshakeReader(KEY), fill(16385)), {
    kind: "header block too long",
  });
});

Deno.test("HandshakeReader refuses a subprotocol, because none is offered", () => {
  for (const chosen of ["chat", "a, chat", ""]) {
    const text = COMPLETE.replace(UPGRADE, `${UPGRADE}Sec-WebSocket-Protocol: ${chosen}\r\n`);
    assert.throws(() => push(new HandshakeReader(KEY), text), { kind: "subprotocol" });
  }
});

Deno.test("HandshakeReader takes one of the subprotocols that were offered, or none, and no other one", () => {
  const offer = { subprotocols: ["chat.v2", "chat.v1"] };
  const read = (chosen: string): string | undefined => {
    const reader = new HandshakeReader(KEY, offer);
    push(reader, COMPLETE.replace(UPGRADE, UPGRADE + chosen));
    return reader.subprotocol;
  };
  assert.equal(read("Sec-WebSocket-Protocol: chat.v1\r\n"), "chat.v1");
  assert.equal(read(""), undefined);
  for (const chosen of ["chat", "Chat.v1", "chat.v1, chat.v2", ""]) {
    assert.throws(() => read(`Sec-WebSocket-Protocol: ${chosen}\r\n`), { kind: "subprotocol" });
  }
  const field = "Sec-WebSocket-Protocol: chat.v1\r\n";
  assert.throws(() => read(field + field), { kind: "subprotocol" });
});

Deno.test("HandshakeReader says where a server redirects to", () => {
  const text = "HTTP/1.1 302 Found\r\nLocation: /ws/\r\n\r\n";
  assert.throws(() => push(new HandshakeReader(KEY), text), {
    message: "The server answered 302 Found to /ws/",
    location: "/ws/",
  });
});

Deno.test("HandshakeReader takes no endless row of interim answers", () => {
  const reader = new HandshakeReader(KEY);
  const interim = "HTTP/1.1 102 Processing\r\n\r\n";
  assert.throws(() => push(reader, interim.repeat(1000)), { kind: "header block too long" });
});

Deno.test("HandshakeReader holds no buffer before the first part and after release()", () => {
  const reader = new HandshakeReader(KEY);
  assert.equal(reader.heldBytes, 0);
  push(reader, STATUS);
  assert.ok(reader.heldBytes > 0 && reader.heldBytes <= 256);
  reader.release();
  assert.equal(reader.heldBytes, 0);
});

Deno.test("HandshakeReader refuses input after the end of the handshake", () => {
  const reader = new HandshakeReader(KEY);
  push(reader, COMPLETE);
  assert.throws(() => push(reader, COMPLETE), /after the end of a handshake/);
});

Deno.test("HandshakeReader takes random bytes for what they are", () => {
  const random = new Random(9);
  for (let round = 0; round < 500; round++) {
    const bytes = random.bytes(8 + random.below(100));
    assert.throws(() => new HandshakeReader(KEY).push(bytes, 0, bytes.length), HandshakeError);
  }
});
