/** Phoenix's channels against its own client, and what that writes and reads. */

import assert from "node:assert/strict";
import { Serializer, Socket } from "phoenix";
import { client } from "../clients/wire.ts";
import { type Connected, connected } from "./testing/connect.ts";
import { phoenixServer } from "./testing/channels.ts";
import type { OptionValues } from "./types.ts";

/** A message as Phoenix's client has it. */
interface PhoenixMessage {
  readonly join_ref: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
}

/** What Phoenix's client reads. */
function read(message: string | Uint8Array): PhoenixMessage {
  let found: PhoenixMessage | undefined;
  const raw = typeof message === "string" ? message : message.slice().buffer;
  Serializer.decode(raw, (decoded: PhoenixMessage) => found = decoded);
  return found!;
}

/** What Phoenix's client writes. */
function write(message: PhoenixMessage): string | Uint8Array {
  let found: string | ArrayBuffer | undefined;
  Serializer.encode(message, (encoded: string | ArrayBuffer) => found = encoded);
  return typeof found === "string" ? found : new Uint8Array(found!);
}

const reply = (ref: string, topic: string, status: string, response: unknown = {}): string =>
  JSON.stringify(["join", ref, topic, "phx_reply", { status, response }]);

/** A conversation that has joined, and its topic. */
function joined(options: OptionValues = {}): Connected & { readonly topic: string } {
  const connection = connected("phoenix", options, 7);
  connection.conversation.open();
  const [[, join] = []] = connection.told();
  const { topic } = read(join as string);
  connection.receive(reply("join", topic, "ok"));
  assert.deepEqual(connection.told(), [["ready"]]);
  return { ...connection, topic };
}

Deno.test("phoenix: a connection joins a topic of its own, says that it is there, and leaves", () => {
  const { codec, conversation, told } = connected("phoenix", { join: { token: "hush" } }, 12);
  assert.equal(codec.url.search, "?vsn=2.0.0");
  conversation.open();
  conversation.keepAlive!();
  conversation.close();
  const [join, heartbeat, leave] = told().map(([, message]) => read(message as string));
  assert.match(join!.topic, /^room:[\da-f]{8}000012$/);
  assert.deepEqual([join!.event, join!.payload, join!.join_ref], [
    "phx_join",
    { token: "hush" },
    join!.ref,
  ]);
  assert.deepEqual([heartbeat!.topic, heartbeat!.event], ["phoenix", "heartbeat"]);
  assert.deepEqual([leave!.event, leave!.topic], ["phx_leave", join!.topic]);
});

Deno.test("phoenix: messages are what Phoenix's client writes, bytes in its binary form", () => {
  const { written, topic } = joined({ event: "größe" });
  const head = { join_ref: "join", ref: "000000012", topic, event: "größe" };
  for (const text of ["", 'a "quoted" \n text', "größe"]) {
    assert.equal(written(text, 12), write({ ...head, payload: { body: text } }));
  }
  const bytes = Uint8Array.of(0, 1, 34, 255);
  const found = written(bytes, 12) as Uint8Array;
  const at = found.indexOf(0x67, 1);
  assert.ok(at > 0);
  const ascii = joined({ event: "event" });
  assert.deepEqual(
    ascii.written(bytes, 12),
    write({ ...head, topic: ascii.topic, event: "event", payload: bytes.slice().buffer }),
  );
});

Deno.test("phoenix: a reply with the status ok acknowledges the message that it names", () => {
  const { receive, told, topic } = joined();
  receive(reply("000000012", topic, "ok"));
  receive(reply("000000013", topic, "error", { reason: "no" }));
  receive(reply("heartbeat", "phoenix", "ok"));
  receive(reply("other", topic, "ok"));
  receive(JSON.stringify([null, null, topic, "presence_diff", {}]));
  const found = told();
  assert.deepEqual(found.map(([call, , sequence]) => [call, sequence]), [
    ["answered", 12],
    ["wrong", 13],
    ["unasked", undefined],
    ["pushed", undefined],
  ]);
});

Deno.test("phoenix: what is echoed or broadcast is the content, as text or as bytes", () => {
  const echoed = joined({ answer: "echoed" });
  echoed.receive(reply("000000001", echoed.topic, "ok", { body: "größe" }));
  echoed.receive(reply("000000002", echoed.topic, "ok", { other: "a" }));
  const [first, second] = echoed.told();
  assert.deepEqual([first, second![0], second![2]], [["reply", "größe"], "wrong", 2]);

  const heard = joined({ answer: "broadcast" });
  const { topic } = heard;
  heard.receive(reply("000000001", topic, "ok"));
  heard.receive(JSON.stringify([null, null, topic, "new_msg", { body: "a" }]));
  const texts = new TextEncoder().encode(`${topic}new_msg`);
  const broadcast = Uint8Array.of(2, topic.length, 7, ...texts, 1, 2);
  assert.deepEqual(new Uint8Array(read(broadcast).payload as ArrayBuffer), Uint8Array.of(1, 2));
  heard.receive(broadcast);
  heard.receive(JSON.stringify([null, null, `${topic}x`, "new_msg", { body: "b" }]));
  const found = heard.told();
  assert.deepEqual(found.slice(0, 2), [["reply", "a"], ["reply", Uint8Array.of(1, 2)]]);
  assert.deepEqual(found.map(([call]) => call), ["reply", "reply", "unasked"]);
});

Deno.test("phoenix: a server that refuses, or whose channel fails, ends the conversation", () => {
  const { conversation, told, receive } = connected("phoenix", { topic: "room:a" });
  conversation.open();
  told();
  assert.throws(() => receive(reply("join", "room:a", "error", { reason: "unauthorized" })), {
    kind: "refused",
    message: "The server refused to join room:a: unauthorized",
  });
  const other = joined();
  assert.throws(
    () => other.receive(JSON.stringify(["join", "join", other.topic, "phx_error", {}])),
    { kind: "refused", message: "The server refused to go on: the channel failed: phx_error" },
  );
  other.receive(JSON.stringify(["join", "join", other.topic, "phx_close", {}]));
  assert.deepEqual(other.told(), [["ended", "the server closed the channel"]]);
});

for (
  const odd of [
    "",
    "{",
    "{}",
    "[]",
    "[null,null,1,2,{}]",
    Uint8Array.of(),
    Uint8Array.of(9),
    Uint8Array.of(1, 200, 1, 1, 1),
  ]
) {
  Deno.test(`phoenix: ${JSON.stringify(odd)} is refused`, () => {
    assert.throws(() => joined().receive(odd), { kind: "malformed" });
  });
}

Deno.test("phoenix: Phoenix's own client hears what the wire client says, and the other way round", async () => {
  await using server = phoenixServer();
  const socket = new Socket(`${server.url}/socket`, { transport: WebSocket });
  socket.connect();
  const channel = socket.channel("room:lobby", {});
  const heard = Promise.withResolvers<string>();
  channel.on("new_msg", ({ body }: { readonly body: string }) => heard.resolve(body));
  const there = Promise.withResolvers<void>();
  channel.join().receive("ok", () => there.resolve());
  await there.promise;

  const received: string[] = [];
  const both = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const connection = client.connect(
    `${server.url}/socket/websocket`,
    {
      opened: () => connection.send('said by "wire"'),
      received(message) {
        received.push(message as string);
        if (received.length === 2) both.resolve();
      },
      closed: () => closed.resolve(),
    },
    "phoenix",
    { protocolOptions: { topic: "room:lobby", answer: "broadcast" } },
  );
  assert.equal(await heard.promise, 'said by "wire"');
  channel.push("new_msg", { body: "said by Phoenix" });
  await both.promise;
  assert.deepEqual(received, ['said by "wire"', "said by Phoenix"]);
  connection.close();
  await closed.promise;
  const gone = Promise.withResolvers<void>();
  socket.disconnect(() => gone.resolve());
  await gone.promise;
});
