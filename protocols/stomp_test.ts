import assert from "node:assert/strict";
import { type Connected, connected } from "./testing/connect.ts";
import type { OptionValues } from "./types.ts";

const CONNECTED = "CONNECTED\nversion:1.2\nserver:x\n\n\0";

/** A conversation that is ready, and its destination. */
function ready(options: OptionValues = {}): Connected & { readonly destination: string } {
  const connection = connected("stomp", options, 7);
  connection.conversation.open();
  connection.told();
  connection.receive(CONNECTED);
  const [[, subscribe] = []] = connection.told();
  connection.receive("RECEIPT\nreceipt-id:subscribed\n\n\0\n");
  assert.deepEqual(connection.told(), [["ready"]]);
  const [, destination] = /^destination:(.*)$/m.exec(`${subscribe}`)!;
  return { ...connection, destination: destination! };
}

function message(text: string, subscription = "0", eol = "\n"): string {
  return ["MESSAGE", `subscription:${subscription}`, "message-id:T_0@@1", "", text].join(eol) +
    "\0";
}

Deno.test("stomp: a connection logs in, and subscribes with a receipt", () => {
  const options = { login: "me", passcode: "hush", host: "vhost", heartBeat: 5000 };
  const { codec, conversation, told, receive } = connected("stomp", options, 12);
  assert.deepEqual(codec.subprotocols, ["v12.stomp"]);
  assert.equal(codec.keepAliveMs, 5000);
  conversation.open();
  assert.deepEqual(told(), [[
    "send",
    "CONNECT\naccept-version:1.2\nhost:vhost\nlogin:me\npasscode:hush\nheart-beat:5000,5000\n\n\0",
  ]]);
  receive(CONNECTED);
  const [[, subscribe] = []] = told();
  assert.match(
    `${subscribe}`,
    /^SUBSCRIBE\nid:0\ndestination:\/topic\/[\da-f]{8}000012\nack:auto\nreceipt:subscribed\n\n\0$/,
  );
  conversation.keepAlive!();
  conversation.close();
  assert.deepEqual(told(), [["keepAlive", "\n"], ["send", "DISCONNECT\n\n\0"]]);
});

Deno.test("stomp: messages are sent with their length, bytes as bytes", () => {
  const { written, destination } = ready({ contentType: "text/plain" });
  assert.equal(
    written("größe"),
    `SEND\ndestination:${destination}\ncontent-type:text/plain\ncontent-length:7\n\ngröße\0`,
  );
  assert.ok(written(Uint8Array.of(0, 255)) instanceof Uint8Array);
});

Deno.test("stomp: frames are read however they are cut, with or without a length", () => {
  const { receive, told } = ready();
  const long = "x".repeat(300);
  const all = new TextEncoder().encode([
    message("a"),
    message("b", "0", "\r\n"),
    "\n\r\n",
    `MESSAGE\nsubscription:0\ncontent-length:3\ncontent-length:9\n\nc\0c\0`,
    message(long),
    message("other", "1"),
    message("", "0"),
  ].join(""));
  for (const size of [1, 2, 7, 100, all.length]) {
    for (let at = 0; at < all.length; at += size) {
      receive(new TextDecoder().decode(all.subarray(at, at + size)));
    }
    assert.deepEqual(told(), [
      ["reply", "a"],
      ["reply", "b"],
      ["reply", "c\0c"],
      ["reply", long],
      ["unasked", "other"],
      ["reply", ""],
    ], `${size}`);
  }
});

Deno.test("stomp: messages are answered by their receipts, if these are asked for", () => {
  const { conversation, receive, told, written } = connected("stomp", { receipts: "messages" });
  conversation.open();
  told();
  receive(CONNECTED);
  assert.deepEqual(told(), [["ready"]]);
  assert.match(`${written("a", 12)}`, /\nreceipt:0000000012\n\na\0$/);
  receive("RECEIPT\nreceipt-id:0000000012\n\n\0");
  receive("RECEIPT\nreceipt-id:other\n\n\0");
  const [answered, unasked] = told();
  assert.deepEqual([answered![0], answered![2], unasked![0]], ["answered", 12, "unasked"]);
});

Deno.test("stomp: without a receipt the connection is ready when it has subscribed", () => {
  const { conversation, receive, told } = connected("stomp", { receipts: "none" });
  conversation.open();
  told();
  receive(CONNECTED);
  assert.deepEqual(told().map(([call]) => call), ["send", "ready"]);
});

Deno.test("stomp: an error ends the conversation with the server's reason", () => {
  const { conversation, receive } = connected("stomp");
  conversation.open();
  const error = "ERROR\nmessage:Bad CONNECT\\c no\ncontent-length:9\n\nAccess\r\nx\0";
  assert.throws(() => receive(error), {
    kind: "refused",
    message: "The server refused the connection: Bad CONNECT: no: Access x",
  });
  const other = connected("stomp");
  other.conversation.open();
  assert.throws(() => other.receive("CONNECTED\nversion:1.1\n\n\0"), {
    message: "The server refused STOMP 1.2: its version is 1.1",
  });
});

for (
  const text of [
    "HELLO\n\n\0",
    "MESSAGE\ncontent-length:x\n\n\0",
    "MESSAGE\ncontent-length:999999999\n\n\0",
    "MESSAGE\ncontent-length:1\n\nab\0",
    CONNECTED,
  ]
) {
  Deno.test(`stomp: ${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => ready().receive(text), { name: "ProtocolError" });
  });
}
