/** Protocols against servers by the libraries that people take for them, and with a relay between that makes faults. */

import assert from "node:assert/strict";
import { json, type Payload } from "../../../scenarios/payload/payload.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import { countsOf } from "../../../measure/record/accounts/mod.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { loadProtocol } from "../../../protocols/mod.ts";
import type { OptionValues } from "../../../protocols/types.ts";
import type { DriveOutcome } from "../drive.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Fault } from "../../../checks/testing/network/spoil.ts";
import { type Program, startProgram } from "../../testing/speaking_program.ts";

/** A server and how it is spoken to. */
interface Case {
  readonly speaks: string;
  readonly protocol: string;
  readonly path?: string;
  readonly options?: OptionValues;
  readonly payload?: Payload;
  /** A text that only replies have. */
  readonly only: string;
  /** Set if content is not checked, so that changes of it are not seen. */
  readonly isBlind?: true;
  /** How many messages nobody asks for there are at least. */
  readonly unasked?: number;
}

interface Found extends DriveOutcome {
  readonly unasked: number;
  readonly faults: number;
}

const CONNECTIONS = 2;
const IN_FLIGHT = 24;
const EVERY = 50;
const MESSAGES = 500;

async function drive(program: Program, one: Case, fault: Fault): Promise<Found> {
  const { speaks, protocol, path = "/", options = {}, payload = json(80), only } = one;
  const port = await program.ask({ speaks, fault, only, every: EVERY });
  const url = `ws://127.0.0.1:${port}${path}`;
  using exchange = new PatientExchange("epoll", protocol, {
    ...{ url, payload, connect: { protocolOptions: options }, timeline: "replies" },
    traffic: (load) => closedLoop(load, { connections: CONNECTIONS, inFlight: IN_FLIGHT }),
  }, { hostname: "127.0.0.1", port });
  const outcome = await exchange.drive({
    ...{ warmupMs: 10, durationMs: 30 },
    ...(fault === "drop" && { drainMs: 400 }),
    enough: () => exchange.ledger.counts().answered >= MESSAGES,
  });
  assert.equal(exchange.busyCount, 0);
  const unasked = exchange.ledger.unasked;
  assert.equal(countsOf(exchange.recorder.accounts).unasked?.messages ?? 0, unasked);
  return { ...outcome, unasked, faults: await program.ask(port) };
}

/** The example of a protocol in a file. */
const CHAT = import.meta.resolve("../../../docs/protocols/chat.ts");

const login = {
  open: [
    { send: { type: "login", token: "t0ken" }, expect: { "/user/name": "a" }, timeout: 60_000 },
  ],
  answer: [{ to: { "/type": "ping" }, send: { type: "pong" } }],
  close: { type: "bye" },
};

const cases: Readonly<Record<string, Case>> = {
  "messages found by an id, and their payload checked": {
    ...{ speaks: "json", protocol: "messages", only: '"reply"', unasked: 50 },
    options: {
      ...login,
      message: '{"type":"say","id":{sequence},"data":"{payload}","by":{connection}}',
      reply: { id: "/meta/id", payload: "/data" },
      ignore: [{ "/type": "tick" }],
    },
  },
  "messages found by an id": {
    ...{ speaks: "json", protocol: "messages", only: '"reply"', unasked: 50, isBlind: true },
    options: {
      ...login,
      message: { id: "{sequence}", data: "x{random}x", type: "say" },
      reply: { id: "/meta/id" },
      ignore: [{ "/type": "tick" }],
    },
  },
  "messages acknowledged in order": {
    ...{ speaks: "ok", protocol: "messages", only: "ok", isBlind: true },
    options: { reply: "in order" },
  },
  "messages acknowledged by a text": {
    ...{ speaks: "ok", protocol: "messages", only: "ok", isBlind: true },
    options: { reply: { contains: "+ok" } },
  },
  "messages found by a pattern": {
    ...{ speaks: "number", protocol: "messages", only: "got", isBlind: true },
    options: { message: "number {sequence}, please", reply: { pattern: "^got (\\d+) of" } },
  },
  "messages that come back": {
    ...{ speaks: "echo", protocol: "messages", only: "said" },
    options: { message: { said: "{payload}", by: "{connection}" } },
  },
  "messages that come back, with their number": {
    ...{ speaks: "echo", protocol: "messages", only: "said" },
    options: { message: "said {payload} as {sequence} ({random})" },
  },
  "messages that come back in others": {
    ...{ speaks: "wrap", protocol: "messages", only: '{"at":' },
    options: { message: "{payload}", reply: { payload: "/data/0" } },
  },
  "a protocol of a file": {
    ...{ speaks: "chat", protocol: CHAT, only: "SAID", unasked: 2, options: { name: "me" } },
  },
  "json-rpc": {
    ...{ speaks: "json-rpc", protocol: "json-rpc", only: '"result"', isBlind: true, unasked: 2 },
  },
  "json-rpc with a result": {
    ...{ speaks: "json-rpc", protocol: "json-rpc", only: '"result"', unasked: 2 },
    options: { result: "" },
  },
  "graphql-transport-ws": {
    ...{ speaks: "graphql-transport-ws", protocol: "graphql-transport-ws", isBlind: true },
    only: '"__typename"',
  },
  "graphql-transport-ws with a result, beside a subscription": {
    ...{ speaks: "graphql-transport-ws", protocol: "graphql-transport-ws", unasked: 10 },
    only: '"echo"',
    options: {
      query: "query ($text: String!) { echo(text: $text) }",
      variables: { text: "{payload}" },
      result: "/echo",
      init: { token: "t0ken" },
      subscription: "subscription { ticks }",
    },
  },
  "socket.io with an event of its own": {
    ...{ speaks: "socket.io", protocol: "socket.io", path: "/chat", only: "chat message" },
    options: { event: "chat message", auth: { token: "t0ken" }, path: "/rt/" },
    unasked: 2,
  },
  "socket.io with acknowledgements": {
    ...{ speaks: "socket.io", protocol: "socket.io", path: "/chat", only: "43/chat," },
    options: { event: "ask", ack: "echo", auth: { token: "t0ken" }, path: "/rt/" },
    unasked: 100,
  },
};

const names: Readonly<Record<Fault, "lost" | "duplicated" | "reordered" | "corrupted">> = {
  none: "lost",
  drop: "lost",
  duplicate: "duplicated",
  reorder: "reordered",
  change: "corrupted",
};
/** Whose replies may overtake one another. */
const OVERTAKING = /id|pattern|json-rpc|graphql|acknowledgements/;

/** Counts what is wrong when a relay makes a fault. */
async function check(program: Program, name: string, one: Case, fault: Fault): Promise<void> {
  const { ledger, faults, unasked } = await drive(program, one, fault);
  const { sent, answered, ...wrong } = ledger.counts();
  assert.ok(answered >= MESSAGES);
  assert.equal(faults > 0, fault !== "none");
  const expected = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
  if (!(fault === "reorder" && OVERTAKING.test(name))) expected[names[fault]] = faults;
  assert.deepEqual(wrong, expected);
  assert.equal(answered, sent - expected.lost - expected.corrupted);
  assert.ok(unasked >= (one.unasked ?? 0), String(unasked));
  if (one.unasked === undefined) assert.equal(unasked, 0);
}

Deno.test(needing(["Linux"], {
  name: "WireExchange counts exactly what is wrong, whatever is spoken",
  async fn(test) {
    await using program = startProgram();
    await loadProtocol(CHAT);
    for (const [name, one] of Object.entries(cases)) {
      for (const fault of ["none", "drop", "duplicate", "reorder", "change"] as const) {
        // A reply without a number is that of the next message, whatever happens to the one before.
        const isNameless = name.startsWith("messages acknowledged");
        if (isNameless && fault !== "none" || one.isBlind && fault === "change") continue;
        await test.step(`${name}: ${fault}`, () => check(program, name, one, fault));
      }
    }
  },
}));

Deno.test(needing(["Linux"], {
  name: "WireExchange fails with the server's reason if it refuses a login",
  async fn() {
    await using program = startProgram();
    for (
      const [name, options, reason] of [
        [
          "messages found by an id",
          { open: [{ send: { type: "login", token: "no" }, expect: "welcome" }] },
          /code 4401, wrong token/,
        ],
        [
          "socket.io with acknowledgements",
          { auth: {} },
          /The server refused the namespace: unauthorized/,
        ],
        ["graphql-transport-ws", { init: { token: "wrong" } }, /code 4403, Forbidden/],
      ] as const
    ) {
      const one = cases[name]!;
      const other = { ...one, options: { ...one.options, ...options } };
      await assert.rejects(drive(program, other, "none"), reason);
    }
  },
}));
