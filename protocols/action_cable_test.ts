/** Action Cable against its own client; Rails' server is in `checks/brokers`. */

import assert from "node:assert/strict";
import { adapters, createConsumer } from "@rails/actioncable";
import { client } from "../clients/wire.ts";
import { until } from "../checks/testing/until.ts";
import { cableServer } from "./testing/channels.ts";
import { type Connected, connected } from "./testing/connect.ts";
import type { OptionValues } from "./types.ts";

/** Rails' client goes through the names of the states, which are hidden in Deno's. */
class NamedStates extends WebSocket {
  static override readonly CONNECTING = 0;
  static override readonly OPEN = 1;
  static override readonly CLOSING = 2;
  static override readonly CLOSED = 3;
}

/** A conversation that has subscribed, and its identifier. */
function subscribed(options: OptionValues = {}): Connected & { readonly identifier: string } {
  const connection = connected("action-cable", options, 7);
  connection.conversation.open();
  connection.receive('{"type":"welcome"}');
  const [[, subscribe] = []] = connection.told();
  const { command, identifier } = JSON.parse(subscribe as string);
  assert.equal(command, "subscribe");
  connection.receive(JSON.stringify({ identifier, type: "confirm_subscription" }));
  assert.deepEqual(connection.told(), [["ready"]]);
  return { ...connection, identifier };
}

Deno.test("action-cable: a connection subscribes when it is welcome, and unsubscribes", () => {
  const { identifier, conversation, told, codec } = subscribed({
    channel: "ChatChannel",
    params: { room: 'the "{group}"', big: true },
  });
  assert.ok(codec.subprotocols!.includes("actioncable-v1-json"));
  const { room, ...rest } = JSON.parse(identifier);
  assert.match(room, /^the "[\da-f]{8}000007"$/);
  assert.deepEqual(rest, { channel: "ChatChannel", big: true });
  conversation.close();
  const [[, bye] = []] = told();
  assert.deepEqual(JSON.parse(bye as string), { command: "unsubscribe", identifier });
});

Deno.test("action-cable: a message performs an action", () => {
  const { written, identifier } = subscribed({ action: "say", member: "text" });
  for (const text of ["", 'a "quoted" \\ \n text', "größe\u0001"]) {
    const { command, identifier: own, data } = JSON.parse(written(text) as string);
    assert.deepEqual([command, own, JSON.parse(data)], [
      "message",
      identifier,
      { action: "say", text },
    ]);
  }
  assert.throws(() => written(Uint8Array.of(1)), /carries texts only/);
});

Deno.test("action-cable: what the channel transmits is the content or pushed, all else is unasked", () => {
  const { receive, told, identifier } = subscribed();
  const transmit = (message: unknown, to = identifier): void =>
    receive(JSON.stringify({ identifier: to, message }));
  transmit({ action: "speak", message: "größe" });
  transmit("plain");
  transmit({ other: 1 });
  transmit({ message: "a" }, "{}");
  receive('{"type":"ping","message":1796050973}');
  assert.deepEqual(told().map(([call, text]) => call === "reply" ? text : call), [
    "größe",
    "plain",
    "pushed",
    "unasked",
    "unasked",
  ]);
});

Deno.test("action-cable: a server that refuses ends the conversation with its reason", () => {
  const { receive, told } = connected("action-cable", { params: {} });
  receive('{"type":"welcome"}');
  told();
  const identifier = '{"channel":"RoomChannel"}';
  assert.throws(() => receive(JSON.stringify({ type: "reject_subscription", identifier })), {
    kind: "refused",
    message: `The server refused the subscription: ${identifier}`,
  });
  const other = connected("action-cable");
  assert.throws(() => other.receive('{"type":"disconnect","reason":"unauthorized"}'), {
    message: "The server refused the connection: unauthorized",
  });
  const third = subscribed();
  third.receive('{"type":"disconnect","reason":"server_restart"}');
  assert.deepEqual(third.told(), [["ended", "the server disconnected: server_restart"]]);
});

for (const odd of ["", "{", "[]", "null", Uint8Array.of(1)]) {
  Deno.test(`action-cable: ${JSON.stringify(odd)} is refused`, () => {
    assert.throws(() => subscribed().receive(odd), { kind: "malformed" });
  });
}

Deno.test({
  name: "action-cable: Rails' own client hears what the wire client says, and the other way round",
  // Rails' client leaves a timer of half a second behind.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using server = cableServer();
    adapters.WebSocket = NamedStates;
    const page = globalThis as unknown as Record<string, unknown>;
    page["document"] ??= { visibilityState: "visible" };
    const consumer = createConsumer(`${server.url}/cable`);
    const heard: string[] = [];
    let isThere = false;
    const subscription = consumer.subscriptions.create({ channel: "RoomChannel" }, {
      connected: () => isThere = true,
      received: ({ message }: { readonly message: string }) => heard.push(message),
    });
    await until("Rails' client to subscribe", () => isThere);

    const received: (string | Uint8Array)[] = [];
    const closed = Promise.withResolvers<void>();
    const connection = client.connect(
      `${server.url}/cable`,
      {
        opened: () => connection.send('said by "wire"'),
        received: (message) => received.push(message),
        closed: () => closed.resolve(),
      },
      "action-cable",
      { protocolOptions: { params: {} } },
    );
    await until("Rails' client to hear it", () => heard.length === 1);
    subscription.perform("speak", { message: "said by Rails" });
    await until("both to hear the other", () => received.length === 2 && heard.length === 2);
    assert.deepEqual(heard, ['said by "wire"', "said by Rails"]);
    assert.deepEqual(received, heard);
    connection.close();
    await closed.promise;
    consumer.disconnect();
    await until("Rails' client to be gone", () => !consumer.connection.isOpen());
  },
});
