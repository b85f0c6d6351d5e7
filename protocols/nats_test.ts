import assert from "node:assert/strict";
import { type Connected, connected } from "./testing/connect.ts";
import type { OptionValues } from "./types.ts";

const INFO = 'INFO {"server_id":"x","max_payload":1048576}\r\n';
const decoder = new TextDecoder();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A conversation that is ready, and its subject. */
function ready(options: OptionValues = {}): Connected & { readonly subject: string } {
  const connection = connected("nats", options, 7);
  connection.conversation.open();
  connection.receive(bytes(INFO));
  const [[, opening] = []] = connection.told();
  const [, subject] = /SUB (\S+) 1\r\nPING\r\n$/.exec(decoder.decode(opening as Uint8Array))!;
  connection.receive(bytes("PONG\r\n"));
  assert.deepEqual(connection.told(), [["ready"]]);
  return { ...connection, subject: subject! };
}

Deno.test("nats: a connection logs in when the server has greeted, and subscribes", () => {
  const { receive, told, conversation } = connected("nats", { user: "me", password: "hush" }, 12);
  conversation.open();
  assert.deepEqual(told(), []);
  receive(bytes(INFO));
  const [[call, opening] = []] = told();
  assert.equal(call, "send");
  const [connect, subscribe, ping] = decoder.decode(opening as Uint8Array).split("\r\n");
  const login = JSON.parse(connect!.replace("CONNECT ", ""));
  assert.deepEqual([login.user, login.pass, login.auth_token, login.verbose], [
    "me",
    "hush",
    undefined,
    false,
  ]);
  assert.match(subscribe!, /^SUB wsmark\.[\da-f]{8}000012 1$/);
  assert.equal(ping, "PING");
});

Deno.test("nats: messages are published with their size, and known beforehand when they come back", () => {
  const { written, subject, codec } = ready();
  for (const text of ["", "hello", "größe", "x".repeat(1234)]) {
    const size = bytes(text).length;
    assert.equal(
      decoder.decode(written(text) as Uint8Array),
      `PUB ${subject} ${size}\r\n${text}\r\n`,
    );
  }
  assert.ok(codec.reply !== undefined);
});

Deno.test("nats: lines and messages are read however they are cut", () => {
  const { receive, told, subject } = ready();
  const all = bytes(
    ["a", "", "two\r\nlines", "x".repeat(500)].map((text) =>
      `MSG ${subject} 1 ${text.length}\r\n${text}\r\n`
    ).join("PING\r\n"),
  );
  for (const size of [1, 2, 5, 30, all.length]) {
    for (let at = 0; at < all.length; at += size) receive(all.subarray(at, at + size));
    assert.deepEqual(
      told().filter(([call]) => call === "reply").map(([, text]) => text),
      ["a", "", "two\r\nlines", "x".repeat(500)],
      `${size}`,
    );
  }
  receive(bytes("PING\r\n"));
  assert.deepEqual(told(), [["keepAlive", bytes("PONG\r\n")]]);
});

Deno.test("nats: what is of others, or informs, is unasked", () => {
  const { receive, told, subject } = ready();
  receive(bytes(`MSG ${subject}x 1 1\r\na\r\nMSG ${subject} 2 1\r\nb\r\n${INFO}+OK\r\n`));
  receive(bytes(`MSG ${subject} 1 reply.to 1\r\nc\r\n`));
  assert.deepEqual(told().map(([call]) => call), Array(5).fill("unasked"));
});

Deno.test("nats: an error ends the conversation with the server's reason", () => {
  const { receive } = connected("nats");
  receive(bytes(INFO));
  assert.throws(() => receive(bytes("-ERR 'Authorization Violation'\r\n")), {
    kind: "refused",
    message: "The server refused the connection: Authorization Violation",
  });
});

for (
  const text of [
    "HELLO\r\n",
    "PING\n",
    "MSG subject 1 x\r\n",
    "MSG subject 1 -1\r\n",
    "MSG subject 1 999999999\r\n",
    "MSG subject 1 3\r\nabcd\r\n",
  ]
) {
  Deno.test(`nats: ${JSON.stringify(text)} is refused`, () => {
    const { receive } = ready();
    assert.throws(() => receive(bytes(text)), { kind: "malformed" });
  });
}
