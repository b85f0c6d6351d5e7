/** Odd servers for the fuzzing of protocols that speak JSON: each says up to six things, right or wrong. */

import assert from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { constantMessage } from "../parts/message.ts";
import { codecFor } from "../mod.ts";
import type { OptionValues } from "../types.ts";
import { remember } from "./handlers.ts";

interface OddServer {
  readonly protocol: string;
  readonly options: OptionValues;
  /** What opens the conversation. */
  readonly opening: readonly string[];
  /** What a right server says. */
  readonly seeds: readonly string[];
}

const ODD_SERVERS: readonly OddServer[] = [
  {
    protocol: "messages",
    options: {
      open: [{ send: "hi", expect: { "/type": "welcome" } }],
      message: '{"id":{sequence},"data":"{payload}"}',
      reply: { id: "/id", payload: "/data", error: "/error" },
      ignore: [{ "/type": "tick" }, { pattern: "^news" }, "weather"],
      answer: [{ to: "ping", send: "pong" }],
    },
    opening: ['{"type":"welcome"}'],
    seeds: [
      '{"id":7,"data":"a\\u00e9\\"b"}',
      '{"type":"tick"}',
      '{"id":8,"error":{}}',
      "ping",
      "news",
    ],
  },
  {
    protocol: "messages",
    options: { message: "{connection}: {payload} #{sequence} {random}" },
    opening: [],
    seeds: ["0: content #7 0123456789abcdef", "0: a #", "content"],
  },
  {
    protocol: "json-rpc",
    options: { result: "/0/a" },
    opening: [],
    seeds: [
      '{"jsonrpc":"2.0","id":7,"result":[{"a":"b\\n"}]}',
      '{"jsonrpc":"2.0","id":8,"error":{"code":-1,"message":"no"}}',
      '{"jsonrpc":"2.0","method":"news","params":[]}',
      '{"jsonrpc":"2.0","id":null,"error":{}}',
    ],
  },
  {
    protocol: "graphql-transport-ws",
    options: {
      variables: { text: "{payload}" },
      result: "/echo",
      subscription: "subscription { a }",
    },
    opening: ['{"type":"connection_ack"}'],
    seeds: [
      '{"id":"7","type":"next","payload":{"data":{"echo":"a"}}}',
      '{"id":"7","type":"next","payload":{"data":null,"errors":[{}]}}',
      '{"id":"7","type":"complete"}',
      '{"id":"7","type":"error","payload":[]}',
      '{"id":"subscription","type":"error","payload":[]}',
      '{"type":"ping"}',
      '{"type":"connection_ack"}',
    ],
  },
];

const GRIT = bytesOf('0123456789[]{}",:/\\-u e#\0');
const REFUSALS = /^The server (refused the subscription: |acknowledged the connection twice$)/;

/** A server to be fuzzed with numbers in [0, 1): what becomes of what it says last, or that it is refused. */
export function runOddServer(random: () => number): string {
  const pick = (count: number): number => Math.floor(random() * count);
  const { protocol, options, opening, seeds } = ODD_SERVERS[pick(ODD_SERVERS.length)]!;
  const codec = codecFor(protocol, "ws://localhost/", options);
  codec.messages(constantMessage(true, bytesOf("content")));
  const { handlers, told } = remember();
  const conversation = codec.conversation!(handlers, 0);
  conversation.open();
  const said = random() < 0.9 ? [...opening] : [];
  for (let count = 1 + pick(6); count > 0; count--) said.push(seeds[pick(seeds.length)]!);
  let outcome = "nothing";
  for (const [index, text] of said.entries()) {
    const bytes = [...bytesOf(text)];
    const changes = index < opening.length ? 0 : pick(4);
    for (let change = 0; change < changes; change++) {
      const grit = Array.from({ length: pick(3) }, () => GRIT[pick(GRIT.length)]!);
      bytes.splice(pick(bytes.length + 1), pick(3), ...grit);
    }
    const message = Uint8Array.from(random() < 0.1 ? bytes.map(() => pick(256)) : bytes);
    const before = told.length;
    try {
      conversation.receive(random() < 0.9, message, 0, message.length);
    } catch (error) {
      assert.match((error as Error).message, REFUSALS);
      // deno-lint-ignore no-control-regex -- that is the point
      assert.doesNotMatch((error as Error).message, /[\0-\x1f]/);
      return "refused";
    }
    const sequence = told.at(-1)?.[2];
    assert.ok(sequence === undefined || Number.isSafeInteger(sequence) && sequence >= -1);
    outcome = told.length > before ? told.at(-1)![0] : "nothing";
  }
  return outcome;
}
