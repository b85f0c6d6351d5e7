import assert from "node:assert/strict";
import { bytesOf } from "./parts/bytes.ts";
import { writerOf } from "./parts/composer.ts";
import { constantMessage } from "./parts/message.ts";
import { codecFor, protocolOf } from "./mod.ts";
import { checkOptions } from "./options.ts";
import { remember, type Told } from "./testing/handlers.ts";
import type { OptionValues } from "./types.ts";

const content = constantMessage(true, bytesOf('say "hi"'));

function callOf(options: OptionValues): unknown {
  const [message] = codecFor("json-rpc", "ws://localhost/", options).messages(content);
  const bytes = new Uint8Array(message!.size);
  const end = writerOf(message!)(bytes, 0, 3, 6);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
}

Deno.test("json-rpc calls a method with the number of the message as its id", () => {
  const call = { jsonrpc: "2.0", id: 7 };
  assert.deepEqual(callOf({}), { ...call, method: "echo", params: ['say "hi"'] });
  assert.deepEqual(callOf({ method: "a.b", params: { x: "{connection}", y: ["<{payload}>"] } }), {
    ...call,
    method: "a.b",
    params: { x: 3, y: ['<say "hi">'] },
  });
});

function told(options: OptionValues, said: string): Told[] {
  const codec = codecFor("json-rpc", "ws://localhost/", options);
  codec.messages(content);
  const { handlers, told } = remember();
  const conversation = codec.conversation!(handlers, 0);
  conversation.open();
  conversation.receive(true, bytesOf(said), 0, bytesOf(said).length);
  return told.slice(1);
}

for (
  const [options, said, expected] of [
    [{}, '{"jsonrpc":"2.0","result":null,"id":7}', "answered"],
    [{}, '{"jsonrpc":"2.0","error":{"code":1},"id":7}', "wrong"],
    [{}, '{"jsonrpc":"2.0","id":7}', "wrong"],
    [{}, '{"jsonrpc":"2.0","method":"news","params":[]}', "pushed"],
    [{}, '{"jsonrpc":"2.0","method":"ask","id":7}', "pushed"],
    [{}, '{"jsonrpc":"2.0","error":{"code":-32700},"id":null}', "unreadable"],
    [{}, "no JSON", "unreadable"],
    [{ result: "" }, '{"jsonrpc":"2.0","result":"a","id":7}', "reply"],
    [{ result: "/0" }, '{"jsonrpc":"2.0","result":["a"],"id":7}', "reply"],
    [{ result: "/1" }, '{"jsonrpc":"2.0","result":["a"],"id":7}', "wrong"],
  ] as const satisfies readonly (readonly [OptionValues, string, Told[0]])[]
) {
  Deno.test(`json-rpc by ${JSON.stringify(options)} reads ${said}`, () => {
    const text = expected === "reply" ? "a" : said;
    const isNumbered = expected !== "pushed" && expected !== "unreadable";
    assert.deepEqual(told(options, said), [isNumbered ? [expected, text, 6] : [expected, text]]);
  });
}

Deno.test("json-rpc refuses params that cannot be, and a result without a payload", () => {
  for (
    const [options, message] of [
      [{ params: "a" }, 'The option params of JSON-RPC must be a list or an object: received "a"'],
      [{ result: "0" }, 'The option result of JSON-RPC must begin with "/": received "0"'],
      [
        { params: [1], result: "" },
        "The params must have {payload}, as the result is to have it",
      ],
    ] as const
  ) {
    assert.throws(() => checkOptions(protocolOf("json-rpc"), options), { message });
  }
});
