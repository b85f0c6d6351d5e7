import assert from "node:assert/strict";
import { bytesOf } from "./parts/bytes.ts";
import { writerOf } from "./parts/composer.ts";
import { constantMessage } from "./parts/message.ts";
import { codecFor, protocolOf } from "./mod.ts";
import { checkOptions, maskedOptions } from "./options.ts";
import { remember, type Told } from "./testing/handlers.ts";
import type { Conversation, OptionValues } from "./types.ts";

const id = "graphql-transport-ws";
const content = constantMessage(true, bytesOf('say "hi"'));

function opened(options: OptionValues): {
  told: Told[];
  conversation: Conversation;
  receive(text: string): void;
} {
  const { handlers, told } = remember();
  const conversation = codecFor(id, "ws://localhost/", options).conversation!(handlers, 0);
  conversation.open();
  const receive = (text: string): void => {
    const bytes = bytesOf(text);
    conversation.receive(true, bytes, 0, bytes.length);
  };
  return { told, conversation, receive };
}

Deno.test("graphql-transport-ws asks a query by the number of the message", () => {
  for (
    const [options, payload] of [
      [{}, { query: "{ __typename }" }],
      [
        { query: "{echo}", variables: { a: "{payload}", b: "{sequence}" } },
        { query: "{echo}", variables: { a: 'say "hi"', b: 7 } },
      ],
    ] as const
  ) {
    const codec = codecFor(id, "ws://localhost/", options);
    assert.deepEqual(codec.subprotocols, [id]);
    const [message] = codec.messages(content);
    const bytes = new Uint8Array(message!.size);
    const end = writerOf(message!)(bytes, 0, 3, 6);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))), {
      ...{ id: "7", type: "subscribe", payload },
    });
  }
});

Deno.test("graphql-transport-ws begins, subscribes, and keeps alive", () => {
  const { told, conversation, receive } = opened({
    ...{ init: { token: "t" }, subscription: "subscription { a }" },
  });
  assert.equal(conversation.awaited, "connection_ack");
  receive('{"type":"connection_ack"}');
  assert.equal(conversation.awaited, undefined);
  receive('{"type":"ping"}');
  receive('{"type":"pong"}');
  receive('{"id":"subscription","type":"next","payload":{"data":{"a":1}}}');
  assert.deepEqual(told, [
    ["send", '{"type":"connection_init","payload":{"token":"t"}}'],
    [
      "send",
      '{"id":"subscription","type":"subscribe","payload":{"query":"subscription { a }"}}',
    ],
    ["ready"],
    ["keepAlive", '{"type":"pong"}'],
    ["pushed", '{"id":"subscription","type":"next","payload":{"data":{"a":1}}}'],
  ]);
  told.splice(0);
  receive('{"id":"subscription","type":"complete"}');
  assert.deepEqual(told, [["exhausted", "the server completed the subscription"]]);
  assert.throws(() => receive('{"type":"connection_ack"}'), /acknowledged the connection twice/);
  assert.throws(
    () => receive('{"id":"subscription","type":"error","payload":[{"message":"no\\n"}]}'),
    /^Error: The server refused the subscription: \{"id"/,
  );
});

for (
  const [options, said, expected] of [
    [{}, '{"id":"7","type":"next","payload":{"data":{"a":1}}}', "answered"],
    [{}, '{"id":"7","type":"next","payload":{"data":null}}', "wrong"],
    [{}, '{"id":"7","type":"next","payload":{"data":{"a":1},"errors":[{}]}}', "wrong"],
    [{}, '{"id":"7","type":"error","payload":[{}]}', "wrong"],
    [{ result: "/a" }, '{"id":"7","type":"next","payload":{"data":{"a":"x"}}}', "reply"],
    [{ result: "/b" }, '{"id":"7","type":"next","payload":{"data":{"a":"x"}}}', "wrong"],
    [{}, '{"id":"7","type":"complete"}', undefined],
    [{}, '{"type":"news"}', "unreadable"],
    [{}, "no JSON", "unreadable"],
  ] as const satisfies readonly (readonly [OptionValues, string, Told[0] | undefined])[]
) {
  Deno.test(`graphql-transport-ws by ${JSON.stringify(options)} reads ${said}`, () => {
    const { told, receive } = opened(options);
    receive('{"type":"connection_ack"}');
    told.splice(0);
    receive(said);
    const text = expected === "reply" ? "x" : said;
    const call = expected === "unreadable" ? [expected, text] : [expected, text, 6];
    assert.deepEqual(told, expected === undefined ? [] : [call]);
  });
}

Deno.test("graphql-transport-ws refuses options that cannot be, and never shows what begins a connection", () => {
  const protocol = protocolOf(id);
  assert.throws(() => checkOptions(protocol, { variables: [1] }), /must be an object/);
  assert.throws(() => checkOptions(protocol, { result: "/a" }), /must have \{payload\}/);
  assert.deepEqual(maskedOptions(protocol, { init: { token: "t" } }), { init: "***" });
});
