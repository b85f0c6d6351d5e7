import assert from "node:assert/strict";
import {
  acceptResponse,
  createHandshake,
  HandshakeError,
  type HandshakeErrorKind,
  HandshakeRequestReader,
  refusal,
} from "./handshake.ts";

const REQUEST = "GET /chat?a=b HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n" +
  "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
  "Sec-WebSocket-Version: 13\r\n\r\n";

const encoder = new TextEncoder();

function read(text: string): { path: string; key: string; after: number } {
  const reader = new HandshakeRequestReader();
  const bytes = encoder.encode(text);
  const after = reader.push(bytes, 0, bytes.length);
  return { path: reader.path, key: reader.key, after };
}

Deno.test("HandshakeRequestReader finds path and key, split anywhere", () => {
  const bytes = encoder.encode(`${REQUEST}frames`);
  for (let cut = 0; cut < REQUEST.length; cut++) {
    const reader = new HandshakeRequestReader();
    assert.equal(reader.push(bytes, 0, cut), -1);
    assert.equal(reader.path, "");
    assert.equal(reader.push(bytes, cut, bytes.length), REQUEST.length);
    assert.equal(reader.path, "/chat?a=b");
    assert.equal(reader.key, "dGhlIHNhbXBsZSBub25jZQ==");
    assert.equal(reader.heldBytes, 0);
  }
});

for (
  const [name, text, path] of [
    ["a whole URL", REQUEST.replace("/chat?a=b", "http://localhost/x?y"), "/x?y"],
    ["lists", REQUEST.replace(": websocket", ": h2c, WebSocket"), "/chat?a=b"],
    ["keep-alive", REQUEST.replace(": Upgrade", ": keep-alive, Upgrade"), "/chat?a=b"],
    ["names in any case", REQUEST.replace("Host", "hOST").replace("Sec-W", "sec-w"), "/chat?a=b"],
  ] as const
) {
  Deno.test(`HandshakeRequestReader accepts ${name}`, () => assert.equal(read(text).path, path));
}

for (
  const [kind, text, message] of [
    ["method", REQUEST.replace("GET", "POST"), /must use GET: received "POST \/chat/],
    ["version", REQUEST.replace("1.1", "1.0"), /HTTP version without upgrades/],
    ["not HTTP", REQUEST.replace(" HTTP/1.1", ""), /request line "GET \/chat\?a=b"$/],
    ["not HTTP", REQUEST.replace("/chat?a=b", "chat"), /asks for what is no path/],
    ["not HTTP", "\x16\x03\x01", /received "\\u0016\\u0003\\u0001" at byte 0$/],
    ["not HTTP", "\r\n\r\n", /request line ""$/],
    ["host", REQUEST.replace("Host: localhost\r\n", ""), /one host: received none$/],
    ["host", REQUEST.replace("Host", "Host: a\r\nHost"), /one host: received "a, localhost"$/],
    ["upgrade", REQUEST.replace("Upgrade: websocket\r\n", ""), /received upgrade none$/],
    ["upgrade", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", /does not ask for websocket/],
    ["connection", REQUEST.replace(": Upgrade", ": close"), /received connection "close"$/],
    ["version", REQUEST.replace(": 13", ": 8"), /version 13: received "8"$/],
    ["version", REQUEST.replace(/Sec-WebSocket-V.*\r\n/, ""), /version 13: received none$/],
    ["key", REQUEST.replace("dGhl", "d"), /one key of 16 bytes in base64: received "dIHNh/],
    ["key", REQUEST.replace(/Sec-WebSocket-K.*\r\n/, ""), /received none$/],
    ["key", REQUEST.replace(/(Sec-WebSocket-K.*\r\n)/, "$1$1"), /received "dGhl.*, dGhl/],
    ["malformed line", REQUEST.replaceAll("\r\n", "\n"), /LF without CR/],
    ["malformed line", REQUEST.replace("Host", " Host"), /a folded header line/],
    ["header block too long", REQUEST.replace("chat", "c".repeat(16384)), /longer than 16384/],
  ] satisfies (readonly [HandshakeErrorKind, string, RegExp])[]
) {
  Deno.test(`HandshakeRequestReader refuses: ${kind}: ${message}`, () => {
    assert.throws(() => read(text), (error) => {
      assert.ok(error instanceof HandshakeError);
      assert.equal(error.kind, kind);
      assert.match(error.message, message);
      assert.match(error.message, /^The client /);
      return true;
    });
  });
}

Deno.test("acceptResponse() satisfies the reader of the client that asked", () => {
  const { request, reader } = createHandshake("ws://localhost/p");
  const { path, key } = read(new TextDecoder().decode(request));
  assert.equal(path, "/p");
  const response = acceptResponse(key);
  assert.equal(reader.push(response, 0, response.length), response.length);
});

Deno.test("refusal() is what the client reports", () => {
  const { reader } = createHandshake("ws://localhost/p");
  const response = refusal(426, "Upgrade Required");
  assert.throws(() => reader.push(response, 0, response.length), {
    message: "The server answered 426 Upgrade Required",
  });
});
