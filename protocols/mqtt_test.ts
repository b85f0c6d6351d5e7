/** MQTT against the packets of mqtt-packet, which mqtt.js and aedes use. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { generate, type Packet, parser } from "mqtt-packet";
import { codecFor } from "./mod.ts";
import { NEXT, type OptionValues } from "./types.ts";
import { type Connected, connected } from "./testing/connect.ts";
import type { Told } from "./testing/handlers.ts";

const VERSIONS = ["3.1.1", "5"] as const;

function protocolVersion(version: string): 4 | 5 {
  return version === "5" ? 5 : 4;
}

/** What mqtt-packet reads. */
function read(version: string, bytes: Uint8Array): Packet[] {
  const found: Packet[] = [];
  const reader = parser({ protocolVersion: protocolVersion(version) });
  reader.on("packet", (packet) => found.push(packet));
  reader.on("error", (error) => assert.fail(error));
  reader.parse(Buffer.from(bytes));
  return found;
}

/** What mqtt-packet writes. */
function write(version: string, packet: Packet): Uint8Array {
  return Uint8Array.from(generate(packet, { protocolVersion: protocolVersion(version) }));
}

function sent([told, ...others]: Told[]): Uint8Array {
  assert.deepEqual(others, []);
  const [call, bytes] = told!;
  assert.equal(call, "send");
  return bytes as Uint8Array;
}

/** A conversation that is ready, and its topic. */
function ready(version: string, options: OptionValues = {}): Connected & { topic: string } {
  const connection = connected("mqtt", { version, ...options }, 7);
  connection.conversation.open();
  sent(connection.told());
  connection.receive(
    write(
      version,
      { cmd: "connack", sessionPresent: false, returnCode: 0, reasonCode: 0 } as Packet,
    ),
  );
  const [subscribe] = read(version, sent(connection.told()));
  assert.ok(subscribe?.cmd === "subscribe");
  connection.receive(write(version, { cmd: "suback", messageId: 1, granted: [0] }));
  assert.deepEqual(connection.told(), [["ready"]]);
  return { ...connection, topic: subscribe.subscriptions[0]!.topic };
}

function publish(topic: string, payload: string, qos: 0 | 1 | 2 = 0, retain = false): Packet {
  const messageId = qos === 0 ? {} : { messageId: 513 };
  return { cmd: "publish", topic, payload, qos, retain, dup: false, ...messageId } as Packet;
}

for (const version of VERSIONS) {
  Deno.test(`mqtt ${version}: a connection logs in, and subscribes to a topic of its own`, () => {
    const options = {
      ...{ version, username: "größe", password: "hush", clientId: "me" },
      ...{ topic: "a/{group}/b", keepAlive: 300, qos: 1 },
    };
    const { codec, conversation, told, receive } = connected("mqtt", options, 12);
    assert.deepEqual(codec.subprotocols, ["mqtt"]);
    assert.equal(codec.keepAliveMs, 150_000);
    conversation.open();
    const [connect] = read(version, sent(told()));
    assert.ok(connect?.cmd === "connect");
    const { clientId, username, password, keepalive, clean } = connect;
    assert.match(clientId, /^me[\da-f]{8}12$/);
    assert.deepEqual([username, `${password}`, keepalive, clean], ["größe", "hush", 300, true]);
    assert.equal(connect.protocolVersion, protocolVersion(version));
    receive(
      write(
        version,
        { cmd: "connack", sessionPresent: false, returnCode: 0, reasonCode: 0 } as Packet,
      ),
    );
    const [subscribe] = read(version, sent(told()));
    assert.ok(subscribe?.cmd === "subscribe");
    assert.match(subscribe.subscriptions[0]!.topic, /^a\/[\da-f]{8}000012\/b$/);
    assert.equal(subscribe.subscriptions[0]!.qos, 1);
    conversation.keepAlive!();
    conversation.close();
    const [[, ping], [, bye]] = told() as [Told, Told];
    assert.deepEqual(
      read(version, Uint8Array.of(...ping as Uint8Array, ...bye as Uint8Array)).map(({ cmd }) =>
        cmd
      ),
      ["pingreq", "disconnect"],
    );
  });

  Deno.test(`mqtt ${version}: messages are publications that mqtt-packet reads, of all lengths`, () => {
    for (const qos of [0, 1]) {
      const { written, topic } = ready(version, { qos });
      for (const length of [0, 1, 80, 127, 128, 16_300, 16_384, 70_000]) {
        for (const sequence of [0, 65_534, 65_535]) {
          const content = "x".repeat(length);
          const [packet, ...others] = read(version, written(content, sequence) as Uint8Array);
          assert.ok(packet?.cmd === "publish" && others.length === 0);
          assert.deepEqual([packet.topic, `${packet.payload}`, packet.qos], [topic, content, qos]);
          if (qos === 1) assert.equal(packet.messageId, sequence % 65_535 + 1);
        }
      }
    }
  });

  Deno.test(`mqtt ${version}: publications are read however they are cut`, () => {
    const connection = ready(version);
    const { topic } = connection;
    const packets = ["", "a", "x".repeat(300), "größe"].map((text) =>
      write(version, publish(topic, text))
    );
    const all = Uint8Array.of(...packets.flatMap((packet) => [...packet]));
    const expected = ["", "a", "x".repeat(300), "größe"].map((text) => ["reply", text]);
    for (const size of [1, 2, 3, 7, 50, all.length]) {
      for (let at = 0; at < all.length; at += size) connection.receive(all.subarray(at, at + size));
      assert.deepEqual(connection.told(), expected, `${size}`);
    }
  });

  Deno.test(`mqtt ${version}: publications of another topic and retained ones are unasked`, () => {
    const { receive, told, topic } = ready(version);
    receive(write(version, publish(`${topic}x`, "a")));
    receive(write(version, publish(topic, "b", 0, true)));
    receive(write(version, { cmd: "pingresp" }));
    assert.deepEqual(told(), [["unasked", "a"], ["unasked", "b"]]);
  });

  Deno.test(`mqtt ${version}: publications of quality 1 are acknowledged, all of a message together`, () => {
    const { receive, told, topic } = ready(version, { qos: 1 });
    const one = write(version, publish(topic, "a", 1));
    receive(Uint8Array.of(...one, ...one));
    const [first, second, answers] = told();
    assert.deepEqual([first, second], [["reply", "a"], ["reply", "a"]]);
    const acknowledged = read(version, answers![1] as Uint8Array);
    assert.deepEqual(acknowledged.map(({ cmd, messageId }) => [cmd, messageId]), [
      ["puback", 513],
      ["puback", 513],
    ]);
  });

  Deno.test(`mqtt ${version}: an acknowledgement that nobody waits for is unasked`, () => {
    const { receive, told } = ready(version, { qos: 1 });
    const acknowledge = (messageId: number): Told[] => {
      receive(write(version, { cmd: "puback", messageId }));
      return told();
    };
    for (const id of [65_534, 65_535, 1, 2, 4, 3, 5]) {
      assert.deepEqual(acknowledge(id), [], `${id}`);
    }
    for (const id of [5, 3, 65_535]) assert.equal(acknowledge(id)[0]![0], "unasked", `${id}`);
  });

  Deno.test(`mqtt ${version}: a server that refuses ends the conversation with its reason`, () => {
    const { receive, conversation } = connected("mqtt", { version });
    conversation.open();
    const code = { returnCode: 5, reasonCode: 0x87, sessionPresent: false };
    assert.throws(() => receive(write(version, { cmd: "connack", ...code } as Packet)), {
      kind: "refused",
      message: "The server refused the connection: not authorized",
    });
    const other = connected("mqtt", { version, topic: "a/b" });
    other.conversation.open();
    other.receive(
      write(
        version,
        { cmd: "connack", returnCode: 0, reasonCode: 0, sessionPresent: false } as Packet,
      ),
    );
    const granted = version === "5" ? [0x87] : [0x80];
    assert.throws(
      () => other.receive(write(version, { cmd: "suback", messageId: 1, granted } as Packet)),
      {
        kind: "refused",
        message: `The server refused the subscription to a/b${
          version === "5" ? ": not authorized" : ""
        }`,
      },
    );
  });
}

Deno.test("mqtt 5: a refused publication is a wrong reply, a disconnect ends the conversation", () => {
  const { receive, told } = ready("5", { qos: 1 });
  receive(write("5", { cmd: "puback", messageId: 1, reasonCode: 0x97 } as Packet));
  assert.deepEqual(told(), [["wrong", Uint8Array.of(0, 1, 0x97, 0), NEXT]]);
  receive(write("5", { cmd: "disconnect", reasonCode: 0x8b } as Packet));
  assert.deepEqual(told(), [["ended", "the server disconnected: the server is shutting down"]]);
});

Deno.test("mqtt 5: properties of a publication are passed over", () => {
  const { receive, told, topic } = ready("5");
  const properties = { contentType: "text/plain", userProperties: { a: "x".repeat(200) } };
  receive(write("5", { ...publish(topic, "a"), properties } as Packet));
  assert.deepEqual(told(), [["reply", "a"]]);
});

Deno.test("mqtt: what a right reply of quality 0 is is known beforehand", () => {
  for (const version of VERSIONS) {
    const { written, topic, codec } = ready(version);
    assert.ok(codec.reply !== undefined);
    assert.deepEqual(written("hello"), write(version, publish(topic, "hello")));
  }
  assert.equal(codecFor("mqtt", "ws://localhost/", { qos: 1 }).reply, undefined);
});

Deno.test("mqtt: what is not MQTT is refused", () => {
  for (
    const [name, bytes] of [
      ["text", "hello"],
      ["length", Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 1)],
      ["too long", Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f)],
      ["type", Uint8Array.of(0x10, 0)],
      ["flags", Uint8Array.of(0x21, 0)],
      ["topic", Uint8Array.of(0x30, 2, 0, 9)],
      ["quality 2", Uint8Array.of(0x34, 2, 0, 0)],
      ["disconnect", Uint8Array.of(0xe0, 0)],
      ["second CONNACK", Uint8Array.of(0x20, 2, 0, 0)],
      ["second SUBACK", Uint8Array.of(0x90, 3, 0, 1, 0)],
    ] as const
  ) {
    const { receive } = ready("3.1.1");
    assert.throws(() => receive(bytes), { name: "ProtocolError" }, name);
  }
  assert.throws(
    () => codecFor("mqtt", "ws://localhost/", { password: "x" }),
    /knows no password without a username/,
  );
});
