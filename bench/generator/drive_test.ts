/** The phases of a trial over a client library, under a clock that is computed. */

import assert from "node:assert/strict";
import type { Client, Connection, Handlers, Message } from "../../clients/types.ts";
import { burst } from "../../scenarios/traffic/burst.ts";
import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { connect } from "../../scenarios/traffic/connect.ts";
import { idle } from "../../scenarios/traffic/idle.ts";
import { openLoop } from "../../scenarios/traffic/open_loop.ts";
import { fixedText, json } from "../../scenarios/payload/payload.ts";
import { drive, type DriveOptions, type DriveOutcome, type Moment } from "./drive.ts";
import type { ExchangeOptions } from "./exchange/options.ts";
import { SimulatedClientExchange, SimulatedClock } from "../testing/simulated.ts";

/** What a fake server does with the messages of all its connections; `index` counts them from 1. */
type Answer = (
  message: Message,
  reply: (message: Message) => void,
  index: number,
  peer: Peer,
) => void;

interface Peer {
  /** Closes the connection from the server's side. */
  close(code: number, reason: string): void;
}

interface FakeClient extends Client {
  /** Connections that are open. */
  open: number;
  readonly clock: SimulatedClock;
}

/** A client whose server is a function; whatever it does takes a millisecond, and some of it longer if asked. */
function fakeClient(
  answer: Answer,
  refuse: (index: number) => boolean = () => false,
  replyMs = 1,
): FakeClient {
  let index = 0;
  let opened = 0;
  const clock = new SimulatedClock();
  const later = (ms: number, handle: () => void): void => clock.at(clock.nowMs + ms, handle);
  const client = {
    id: "fake",
    title: "Fake",
    library: "none",
    open: 0,
    clock,
    connect(_url: string, handlers: Handlers): Connection {
      let state: "opening" | "open" | "closed" = "opening";
      const close = (code: number, reason: string): void => {
        if (state === "closed") return;
        if (state === "open") client.open--;
        state = "closed";
        handlers.closed(code, reason);
      };
      const peer: Peer = { close: (code, reason) => later(0, () => close(code, reason)) };
      later(1, () => {
        if (refuse(++opened)) return close(1006, "connection refused");
        state = "open";
        client.open++;
        handlers.opened();
      });
      return {
        send(message) {
          const reply = (one: Message): void =>
            later(replyMs, () => state === "open" && handlers.received(one));
          answer(message, reply, ++index, peer);
        },
        close: () => later(1, () => close(1000, "")),
      };
    },
  };
  return client;
}

const echo: Answer = (message, reply) => reply(message);
const patience = { connectMs: 300, batchMs: 100, drainMs: 50, closeMs: 300 };
const defaults = {
  url: "ws://fake/",
  traffic: (load) => closedLoop(load, { connections: 2, inFlight: 3 }),
  payload: json(64),
  timeline: "replies",
  warmupMs: 20,
  durationMs: 60,
  at: () => {},
  patience,
} as const satisfies ExchangeOptions & DriveOptions;

function driveWith(
  options: ExchangeOptions & DriveOptions & { readonly client: FakeClient },
): Promise<DriveOutcome> {
  const { client } = options;
  return drive(new SimulatedClientExchange(client, client.clock, options), options);
}

Deno.test("drive() measures a server that answers everything and leaves no connection", async () => {
  const client = fakeClient(echo);
  const moments: (Moment | "drained")[] = [];
  const { recorder, ledger, phases, connections } = await driveWith({
    ...defaults,
    client,
    at: (moment) => moments.push(moment),
    drained() {
      assert.equal(client.open, 2, "the connections are still open");
      moments.push("drained");
    },
  });
  const { sent, answered, lost, duplicated, reordered, corrupted } = ledger.counts();
  assert.ok(sent > 6);
  assert.equal(answered, sent);
  assert.deepEqual([lost, duplicated, reordered, corrupted], [0, 0, 0, 0]);
  const { replies, replyBytes } = recorder.counts(connections);
  assert.ok(replies > 0 && replies < sent, "the warm-up is not counted");
  assert.equal(replyBytes, replies * 64);
  assert.ok(recorder.serviceTime.count > 0);
  assert.equal(recorder.windowMs, phases.windowMs);
  const order = ["before connecting", "window starts", "window ends", "drained", "closed"];
  assert.deepEqual(moments, order);
  assert.equal(connections, 2);
  assert.equal(client.open, 0);
});

Deno.test("drive() sends over a client's library by a schedule, whatever the replies do", async () => {
  const { recorder, ledger } = await driveWith({
    ...defaults,
    client: fakeClient(echo, undefined, 30),
    timeline: "responses",
    traffic: (load) =>
      openLoop(load, { connections: 2, rate: 1000, arrivals: "constant", seed: 1 }),
    patience: { ...patience, drainMs: 5000 },
  });
  const { offered, sent, dropped, answered } = recorder.arrivals.counts()!;
  assert.deepEqual([offered, sent, dropped, answered], [60, 60, 0, 60]);
  assert.ok(Math.abs(recorder.responseTime.min - 30e6) < 1e5, `${recorder.responseTime.min} ns`);
  assert.equal(ledger.counts().lost, 0);
});

for (
  const [name, answer, expected] of [
    ["lost", (message, reply, index) => index % 10 === 0 || reply(message), "lost"],
    ["duplicated", (message, reply, index) => {
      reply(message);
      if (index % 10 === 0) reply(message);
    }, "duplicated"],
    ["corrupted", (message, reply, index) => {
      reply(index % 10 === 0 ? (message as string).replace(/.{3}$/, '?"}') : message);
    }, "corrupted"],
  ] as const satisfies readonly (readonly [string, Answer, string])[]
) {
  Deno.test(`drive() counts every tenth reply that is ${name}, exactly`, async () => {
    let messages = 0;
    const { ledger } = await driveWith({
      ...defaults,
      // One connection: the numbers that the server counts are those of the ledger.
      traffic: (load) => closedLoop(load, { connections: 1, inFlight: 20 }),
      client: fakeClient((message, reply, index) => {
        messages = index;
        answer(message, reply, index);
      }),
    });
    const counts = ledger.counts();
    const wrong = {
      lost: 0,
      duplicated: 0,
      reordered: 0,
      corrupted: 0,
      [expected]: Math.floor(messages / 10),
    };
    const { sent, answered: _, ...found } = counts;
    assert.equal(sent, messages);
    assert.deepEqual(found, wrong);
  });
}

Deno.test("drive() counts replies that come out of order", async () => {
  let held: (() => void) | undefined;
  const { ledger } = await driveWith({
    ...defaults,
    traffic: (load) => closedLoop(load, { connections: 1, inFlight: 4 }),
    client: fakeClient((message, reply) => {
      if (held === undefined && JSON.parse(message as string).sequence % 10 === 1) {
        held = () => reply(message);
        return;
      }
      reply(message);
      held?.();
      held = undefined;
    }),
  });
  const { reordered, lost, duplicated, corrupted } = ledger.counts();
  assert.ok(reordered > 0);
  assert.ok(lost <= 1, "one may be held at the end");
  assert.deepEqual([duplicated, corrupted], [0, 0]);
});

Deno.test("drive() ends in time when the server never answers, and calls everything lost", async () => {
  const { ledger, recorder } = await driveWith({ ...defaults, client: fakeClient(() => {}) });
  assert.equal(ledger.counts().lost, 6);
  assert.equal(recorder.serviceTime.count, 0);
});

Deno.test("drive() has whole bursts in its window", async () => {
  const { recorder } = await driveWith({
    ...defaults,
    traffic: (load) => burst(load, { messages: 50 }),
    client: fakeClient(echo),
  });
  assert.ok(recorder.histograms.batchTime!.count > 0);
  assert.equal(recorder.counts(1).replies, recorder.histograms.batchTime!.count * 50);
  assert.equal(recorder.serviceTime.count, recorder.histograms.batchTime!.count * 50);
});

Deno.test("drive() cuts a burst that is never complete and counts what is missing", async () => {
  const { ledger } = await driveWith({
    ...defaults,
    traffic: (load) => burst(load, { messages: 50 }),
    client: fakeClient((message, reply, index) => index % 10 === 0 || reply(message)),
  });
  assert.equal(ledger.counts().lost, 5);
});

Deno.test("drive() counts handshakes", async () => {
  const client = fakeClient(echo);
  const { recorder, connections } = await driveWith({
    ...defaults,
    timeline: "handshakes",
    payload: fixedText(""),
    traffic: (load) => connect(load, { concurrency: 4, limit: 1000 }),
    client,
  });
  assert.ok(recorder.counts(connections).handshakes > 4);
  assert.ok(recorder.handshakeTime.count > 0);
  assert.equal(client.open, 0);
});

Deno.test("drive() opens idle connections inside the window", async () => {
  const { recorder, ledger, connections } = await driveWith({
    ...defaults,
    timeline: "handshakes",
    payload: fixedText("hi"),
    traffic: (load) => idle(load, { warm: 3, connections: 100 }),
    client: fakeClient(echo),
  });
  assert.equal(connections, 103);
  assert.equal(recorder.counts(connections).handshakes, 100);
  assert.equal(ledger.counts().answered, 103);
});

Deno.test("drive() rejects when a connection cannot be opened, with what was said", async () => {
  await assert.rejects(
    driveWith({ ...defaults, client: fakeClient(echo, (index) => index === 2) }),
    {
      message: "Connection 2 of 2 could not be opened: code 1006, connection refused",
    },
  );
});

Deno.test("drive() rejects when the server closes a connection", async () => {
  const client = fakeClient((message, reply, index, peer) =>
    index === 20 ? peer.close(1011, "out of memory") : reply(message)
  );
  await assert.rejects(driveWith({ ...defaults, client }), {
    message: /^The server closed connection \d of 2: code 1011, out of memory$/,
  });
});

Deno.test("drive() rejects when the connections do not open in time", async () => {
  const silent = { ...fakeClient(echo), connect: () => ({ send() {}, close() {} }) };
  await assert.rejects(driveWith({ ...defaults, client: silent }), {
    message: "2 of 2 connections were not open after 308 ms",
  });
});

Deno.test("drive() rejects if a handshake of the window is never answered", async () => {
  const client = fakeClient(echo);
  let handshakes = 0;
  const silent: typeof client = {
    ...client,
    connect: (url, handlers) =>
      ++handshakes > 3 ? { send() {}, close() {} } : client.connect(url, handlers),
  };
  const trial = driveWith({
    ...defaults,
    client: silent,
    timeline: "handshakes",
    traffic: (load) => connect(load, { concurrency: 2, limit: 1000 }),
  });
  await assert.rejects(trial, {
    message: "2 handshakes were still not answered 50 ms after the window",
  });
});
