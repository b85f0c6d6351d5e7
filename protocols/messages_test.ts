import assert from "node:assert/strict";
import { bytesOf } from "./parts/bytes.ts";
import { writerOf } from "./parts/composer.ts";
import { constantMessage } from "./parts/message.ts";
import { codecFor, protocolOf } from "./mod.ts";
import { checkOptions, readOption } from "./options.ts";
import { remember, type Told } from "./testing/handlers.ts";
import type { OptionValues } from "./types.ts";

const protocol = protocolOf("messages");

/** What is told of what a server says once the opening is over. */
function told(options: OptionValues, ...said: string[]): Told[] {
  const codec = codecFor("messages", "ws://localhost/", options);
  codec.messages(constantMessage(true, bytesOf("content")));
  const { handlers, told } = remember();
  const conversation = codec.conversation!(handlers, 2);
  conversation.open();
  for (const text of said) {
    const bytes = bytesOf(`"${text}"`);
    conversation.receive(true, bytes, 1, bytes.length - 1);
  }
  return told;
}

const byId = {
  message: '{"id":{sequence},"d":"{payload}"}',
  reply: { id: "/id", error: "/error" },
};
const withPayload = { ...byId, reply: { id: "/id", payload: "/d" } };
const echo = { message: "say {payload} as {sequence}" };

for (
  const [options, said, expected] of [
    [byId, '{"id":7}', ["answered", '{"id":7}', 6]],
    [byId, '{"id":7,"error":null}', ["answered", '{"id":7,"error":null}', 6]],
    [byId, '{"id":7,"error":"no"}', ["wrong", '{"id":7,"error":"no"}', 6]],
    [byId, '{"id":0}', ["pushed", '{"id":0}']],
    [byId, '{"type":"tick"}', ["pushed", '{"type":"tick"}']],
    [byId, '{"id":7', ["unreadable", '{"id":7']],
    [withPayload, '{"id":7,"d":"content"}', ["reply", "content", 6]],
    [withPayload, '{"id":7}', ["wrong", '{"id":7}', 6]],
    [{ reply: { payload: "/d" } }, '{"d":"content"}', ["reply", "content"]],
    [{ reply: { payload: "/d" } }, '{"e":"content"}', ["pushed", '{"e":"content"}']],
    [{ reply: "in order" }, "ok", ["answered", "ok", -1]],
    [{ reply: { contains: "ok" } }, "+ok 7", ["answered", "+ok 7", -1]],
    [{ reply: { contains: "ok" } }, "no", ["pushed", "no"]],
    [{ ...echo, reply: { pattern: "as (\\d+)$" } }, "x as 7", ["answered", "x as 7", 6]],
    [{ ...echo, reply: { pattern: "as (\\d+)$" } }, "x as 0", ["pushed", "x as 0"]],
    [{ ...echo, reply: { pattern: "^ok" } }, "ok", ["answered", "ok", -1]],
    [{ ...echo, reply: { pattern: "^ok" } }, "no", ["pushed", "no"]],
    [echo, "say content as 7", ["answered", "say content as 7", 6]],
    [echo, "say contenx as 7", ["wrong", "say contenx as 7", 6]],
    [echo, "sey content as 7", ["unreadable", "sey content as 7"]],
    [{ message: { a: "{payload}" } }, '{"a":"content"}', ["reply", "content"]],
    [{ message: { a: "{payload}" } }, '{"a":"con"', ["unreadable", '{"a":"con"']],
    [{ message: "hi {connection}" }, "hi 2", ["answered", "hi 2", -1]],
    [{ message: "hi {connection}" }, "hi 3", ["wrong", "hi 3", -1]],
    [{}, "content", ["reply", "content"]],
    [{ reply: "in order", ignore: ["tick"] }, "a tick", ["unasked", "a tick"]],
    [{ reply: "in order", ignore: [{ "/t": 1 }] }, '{"t":1}', ["unasked", '{"t":1}']],
    [{ reply: "in order", ignore: [{ "/t": "1" }] }, '{"t":1}', ["answered", '{"t":1}', -1]],
    [{ reply: "in order", ignore: [{ pattern: "^a" }] }, "ab", ["unasked", "ab"]],
    [{ answer: [{ to: "ping", send: "pong {connection}" }] }, "ping", ["keepAlive", "pong 2"]],
  ] as const satisfies readonly (readonly [OptionValues, string, Told])[]
) {
  Deno.test(`messages by ${JSON.stringify(options)} reads ${said}`, () => {
    assert.deepEqual(told(options, said), [["ready"], expected]);
  });
}

Deno.test("messages says its opening step by step, what it waits for, and its end", () => {
  const options = {
    open: [{ expect: "hello" }, {
      send: "login {connection}",
      expect: { "/ok": true },
      timeout: 7,
    }],
    close: "bye",
  };
  assert.deepEqual(told(options), []);
  assert.deepEqual(told(options, "news"), [["unasked", "news"]]);
  assert.deepEqual(told(options, "hello"), [["send", "login 2"]]);
  assert.deepEqual(told(options, "hello", "news", '{"ok":true}'), [
    ["send", "login 2"],
    ["unasked", "news"],
    ["ready"],
  ]);
  const codec = codecFor("messages", "ws://localhost/", options);
  assert.equal(codec.openingMs, 5007);
  const { handlers, told: found } = remember();
  const conversation = codec.conversation!(handlers, 0);
  conversation.open();
  assert.equal(conversation.awaited, 'a message with "hello"');
  conversation.close();
  assert.deepEqual(found, [["send", "bye"]]);
});

Deno.test("messages recognizes echoes as they come, and lets replies that name their messages overtake", () => {
  const codec = codecFor("messages", "ws://localhost/", echo);
  const reply = codec.reply!(constantMessage(true, bytesOf("content")));
  const bytes = new Uint8Array(reply.size);
  const end = writerOf(reply)(bytes, 0, 0, 0);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, end)), "say content as 1");
  for (const [options, mayOvertake] of [[echo, undefined], [byId, true]] as const) {
    assert.equal(codecFor("messages", "ws://localhost/", options).mayOvertake, mayOvertake);
  }
});

for (
  const [name, text, value] of [
    ["open", "LOGIN a => +ok", { send: "LOGIN a", expect: "+ok" }],
    ["open", '=> {"/type":"hello"}', { expect: { "/type": "hello" } }],
    ["open", '{"type":"login"}', { send: '{"type":"login"}' }],
    ["answer", "pattern:^ping => pong", { to: { pattern: "^ping" }, send: "pong" }],
    ["message", '{"id":{sequence}}', '{"id":{sequence}}'],
    ["reply", "in order", "in order"],
    ["reply", "id:/a/b", { id: "/a/b" }],
    ["reply", '{"id":"/a","error":"/e"}', { id: "/a", error: "/e" }],
    ["ignore", "tick", "tick"],
    ["ignore", "contains:{tick", "{tick"],
    ["close", '{"protocol":"json"}\u001e', '{"protocol":"json"}\u001e'],
  ] as const
) {
  Deno.test(`messages reads the option ${name}: ${text}`, () => {
    assert.deepEqual(readOption(protocol, name, text), value);
  });
}

for (
  const [name, text, message] of [
    [
      "open",
      "hi =>",
      /^The option open of .* has nothing behind "=>": write .*: received "hi =>"$/,
    ],
    ["open", '{"a":1 => b', /^The option open of .* begins as JSON and is none \(Expected/],
    ["answer", "ping", /^The option answer of .* needs 'RULE => SEND': received "ping"$/],
    ["answer", "ping =>", /needs 'RULE => SEND'/],
    ["answer", "=> pong", /needs 'RULE => SEND'/],
    ["message", '{"a":{sequence}', /^The option message of .* begins as JSON and is none/],
    ["close", '{"a"', /^The option close of .* begins as JSON and is none/],
    [
      "ignore",
      '{"/type":"tick"',
      /^The option ignore .* is none \(Expected [^()]* in JSON at position 15\); contains:TEXT says that it is a text: received/,
    ],
    ["reply", '{"id":"/id"', /begins as JSON and is none/],
    ["reply", "contain:x", /must be echo, 'in order', id:\/POINTER, .*: received "contain:x"$/],
    ["reply", "id:", /must be echo/],
  ] as const
) {
  Deno.test(`messages refuses the option ${name}: ${text}`, () => {
    assert.throws(() => readOption(protocol, name, text), { name: "OptionError", message });
  });
}

const title = "of Messages of your own";
for (
  const [options, message] of [
    [
      { reply: { id: "id" }, message: "{sequence}" },
      `The option reply ${title} has "id", which must begin with "/": received {"id":"id"}`,
    ],
    [
      { reply: { id: "/id" } },
      "The message must have {sequence}, as its reply is found by it",
    ],
    [
      { reply: { pattern: "a(\\d+)" } },
      "The message must have {sequence}, as its reply is found by it",
    ],
    [
      { reply: { payload: "/d" }, message: "hi" },
      "The message must have {payload}, as its reply is to have it",
    ],
    [{ reply: { pattern: "(" } }, /^The option reply .* is no pattern \(.*\): received/],
    [{ reply: "sometimes" }, /must be "echo", "in order", .*: received "sometimes"$/],
    [{ message: "{number}" }, /^The option message .* has \{number\}, which stands for nothing/],
    [
      { open: [{}] },
      `The option open[0] ${title} must have "send", "expect" or both, and may have "timeout": received {}`,
    ],
    [{ open: [{ send: "{sequence}" }] }, /open\[0\] .* has "send", which has \{sequence\}/],
    [
      { open: [{ expect: { type: 1 } }] },
      /has "expect", which has the pointer "type", which must begin with "\/", as "\/type": received/,
    ],
    [
      { open: [{ send: "a", timeout: 0 }] },
      /open\[0\] .* has a timeout that is no number of milliseconds/,
    ],
    [{ ignore: "tick" }, `The option ignore ${title} must be a list: received "tick"`],
    [{ ignore: [""] }, /ignore\[0\] .* must not be empty/],
    [{ answer: [{ to: "ping" }] }, /answer\[0\] .* must have "to" and "send"/],
  ] as const
) {
  Deno.test(`messages refuses ${JSON.stringify(options)}`, () => {
    assert.throws(() => checkOptions(protocol, options), { name: "OptionError", message });
  });
}
