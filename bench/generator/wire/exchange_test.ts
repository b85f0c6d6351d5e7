/** wsmark's own frames against servers that are real processes: epoll's loop lets nothing else run meanwhile. */

import assert from "node:assert/strict";
import { burst } from "../../../scenarios/traffic/burst.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import { connect } from "../../../scenarios/traffic/connect.ts";
import { idle } from "../../../scenarios/traffic/idle.ts";
import { openLoop } from "../../../scenarios/traffic/open_loop.ts";
import { fixedText, json, numbered, tagged } from "../../../scenarios/payload/payload.ts";
import type { IntegrityCounts } from "../../../measure/model/result.ts";
import { countsOf } from "../../../measure/record/accounts/mod.ts";
import type { Load } from "../../../scenarios/traffic/types.ts";
import { servers } from "../../../servers/mod.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import type { DriveOutcome, Moment } from "../drive.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { freePort } from "../../../checks/testing/port.ts";
import type { ExchangeOptions } from "../exchange/options.ts";
import { type ServerProcess, startServer } from "../../process/server_process.ts";
import { engines } from "../../testing/engines.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Engine } from "./exchange.ts";
import { faultyServer, peculiarServer, talkativeServer } from "../../testing/plans.ts";

const contenders: readonly { readonly entry: ServerEntry; readonly protocol: string }[] = servers
  .filter(({ id }) => id === "native" || id === "socketio")
  .map((entry) => ({ entry, protocol: entry.protocol }));

const nothing = { offered: 0, sent: 0, late: 0, dropped: 0, answered: 0 };

/** What a trial of a test needs in addition to its server. */
type What = Omit<ExchangeOptions, "url"> & {
  readonly path: string;
  /** Whether enough has happened in the window. */
  readonly enough?: (exchange: PatientExchange) => boolean;
  /** Whether all has come that will. */
  readonly settled?: (exchange: PatientExchange) => boolean;
  /** How long the window is at least, in milliseconds. */
  readonly durationMs?: number;
};

interface Found extends DriveOutcome {
  readonly exchange: PatientExchange;
  readonly moments: readonly Moment[];
}

const closed = (connections: number, inFlight: number): What["traffic"] => (load) =>
  closedLoop(load, { connections, inFlight });

/** Drives a server, and leaves nothing open afterwards. */
async function run(
  engine: Engine,
  protocol: string,
  origin: string,
  { path, enough = () => true, settled = () => false, durationMs = 40, ...options }: What,
): Promise<Found> {
  const moments: Moment[] = [];
  const { href, hostname, port } = new URL(path.slice(1), origin);
  using exchange = new PatientExchange(engine, protocol, { url: href, ...options }, {
    hostname,
    port: Number(port),
  });
  const outcome = await exchange.drive({
    warmupMs: 20,
    durationMs,
    enough: () => enough(exchange),
    settled: () => settled(exchange),
    at: (moment) => moments.push(moment),
  });
  return { ...outcome, exchange, moments };
}

/** Starts a server that a test ends as it likes. */
async function started(entry: ServerEntry): Promise<ServerProcess & AsyncDisposable> {
  const server = await startServer(entry);
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}

/** Everything is answered, nothing is wrong, and no connection is left. */
function assertFaultless({ ledger, exchange, moments, phases, recorder }: Found): void {
  const { sent, ...found } = ledger.counts();
  assert.deepEqual(found, {
    answered: sent,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    corrupted: 0,
  });
  assert.equal(exchange.busyCount, 0);
  assert.equal(exchange.openCount, 0);
  assert.deepEqual(moments, ["before connecting", "window starts", "window ends", "closed"]);
  assert.equal(recorder.windowMs, phases.windowMs);
}

const loops: readonly (What & {
  readonly name: string;
  readonly connections: number;
  readonly inFlight: number;
})[] = [
  { name: "json(64), 8 × 4", connections: 8, inFlight: 4, payload: json(64) },
  { name: "json(64), 1 × 1", connections: 1, inFlight: 1, payload: json(64) },
  { name: "json(64), 2 × 1,000", connections: 2, inFlight: 1000, payload: json(64) },
  { name: "numbered(16), 16 × 16", connections: 16, inFlight: 16, payload: numbered(16) },
  // Around the lengths where the header of a frame grows (RFC 6455 §5.2).
  { name: "numbered(125), 2 × 8", connections: 2, inFlight: 8, payload: numbered(125) },
  { name: "numbered(126), 2 × 8", connections: 2, inFlight: 8, payload: numbered(126) },
  { name: "json(16384), 4 × 8", connections: 4, inFlight: 8, payload: json(16_384) },
  { name: "numbered(200000), 2 × 4", connections: 2, inFlight: 4, payload: numbered(200_000) },
].map(({ connections, inFlight, ...rest }) => ({
  ...rest,
  connections,
  inFlight,
  path: "/echo",
  timeline: "replies",
  traffic: closed(connections, inFlight),
}));

for (const { engine, needs } of engines) {
  for (const { entry, protocol } of contenders) {
    Deno.test(needing(needs, {
      name: `WireExchange exchanges over ${engine} with ${entry.id}`,
      async fn(test) {
        await using server = await started(entry);
        const { url } = server.ready;
        await test.step("open loop: all that was due is sent and answered", async () => {
          for (const arrivals of ["constant", "poisson"] as const) {
            const found = await run(engine, protocol, url, {
              path: "/echo",
              payload: json(64),
              timeline: "responses",
              traffic: (load) => openLoop(load, { connections: 8, rate: 2000, arrivals, seed: 1 }),
            });
            assertFaultless(found);
            const { responseTime } = found.recorder;
            const { offered, sent, dropped, answered } = found.recorder.arrivals.counts() ??
              nothing;
            const due = 2 * found.recorder.windowMs;
            const most = arrivals === "constant" ? 1 : 6 * Math.sqrt(due);
            // What comes due while the client is kept from its CPU at the end belongs to no window.
            assert.ok(offered > 0 && offered <= due + most, `${offered} of ${due} were offered`);
            assert.deepEqual([sent, dropped, answered], [offered, 0, offered]);
            assert.equal(responseTime.count, offered);
            assert.ok(responseTime.min >= found.recorder.histograms.pacingError!.min);
          }
        });
        for (const { name, connections, inFlight, ...what } of loops) {
          await test.step(`closed loop of ${name}`, async () => {
            const found = await run(engine, protocol, url, {
              ...what,
              enough: ({ isServed, ledger }) =>
                isServed && ledger.counts().sent > connections * inFlight,
            });
            assertFaultless(found);
            const { recorder, ledger } = found;
            const counts = recorder.counts(found.connections);
            const { sent } = ledger.counts();
            assert.ok(sent > connections * inFlight, `only ${sent} were sent`);
            assert.ok(counts.replies > 0 && counts.replies <= sent);
            assert.equal(counts.replyBytes, counts.replies * what.payload.size);
            assert.equal(counts.connections, connections);
            assert.equal(recorder.serviceTime.count, counts.sent);
            assert.ok(recorder.spread(connections)!.min > 0, "each connection has replies");
          });
        }

        await test.step("bursts on /tag", async () => {
          const found = await run(engine, protocol, url, {
            path: "/tag",
            payload: tagged("größe - "),
            timeline: "replies",
            traffic: (load) => burst(load, { messages: 200 }),
          });
          assertFaultless(found);
          const { recorder } = found;
          assert.ok(recorder.histograms.batchTime!.count > 0);
          assert.equal(recorder.counts(1).replies, recorder.histograms.batchTime!.count * 200);
          assert.equal(recorder.serviceTime.count, recorder.histograms.batchTime!.count * 200);
        });

        await test.step("handshakes one after the other", async () => {
          const found = await run(engine, protocol, url, {
            path: "/echo",
            payload: fixedText(""),
            timeline: "handshakes",
            traffic: (load) => connect(load, { concurrency: 8, limit: 5000 }),
            enough: ({ recorder }) => recorder.counts(0).handshakes > 8,
          });
          assertFaultless(found);
          const { handshakes, sent } = found.recorder.counts(found.connections);
          assert.ok(handshakes > 8, `only ${handshakes} handshakes`);
          assert.equal(sent, 0);
          const { count } = found.recorder.handshakeTime;
          assert.ok(count > 0 && count <= handshakes);
        });

        await test.step("connections that are opened in the window", async () => {
          const traffic: What["traffic"] = (load) => idle(load, { warm: 3, connections: 20 });
          const found = await run(engine, protocol, url, {
            path: "/echo",
            payload: fixedText("hi"),
            timeline: "handshakes",
            traffic,
            enough: ({ recorder }) => recorder.counts(0).handshakes === 20,
          });
          assertFaultless(found);
          assert.equal(found.connections, 23);
          assert.equal(found.recorder.counts(23).handshakes, 20);
          assert.equal(found.ledger.counts().answered, 23);
        });

        await test.step("a path that is refused", async () => {
          await assert.rejects(run(engine, protocol, url, { ...echo, path: "/nowhere" }), {
            message: protocol === "websocket"
              ? "Connection 1 of 2 could not be opened: The server answered 404 Not Found"
              : /^Connection \d of 2 could not be opened: The server refused the namespace: Invalid/,
          });
        });

        await test.step("a path that is refused in the window", async () => {
          const traffic: What["traffic"] = (load) => connect(load, { concurrency: 2, limit: 100 });
          await assert.rejects(
            run(engine, protocol, url, { ...echo, traffic, path: "/nowhere" }),
            { message: /^Connection \d of 2 could not be opened: The server / },
          );
        });
      },
    }));
  }

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} counts every reply that is lost, exactly`,
    async fn() {
      await using server = await started(faultyServer("drop"));
      const dropped = ({ sent }: IntegrityCounts): number => Math.floor(sent / 10);
      const found = await run(engine, "websocket", server.ready.url, {
        ...echo,
        enough: ({ ledger }) => ledger.counts().sent > 20,
        settled({ ledger }) {
          const counts = ledger.counts();
          return counts.answered === counts.sent - dropped(counts);
        },
      });
      const { sent, lost, answered, ...wrong } = found.ledger.counts();
      assert.ok(sent > 20, `only ${sent} were sent`);
      assert.equal(lost, dropped(found.ledger.counts()));
      assert.equal(answered, sent - lost);
      assert.deepEqual(wrong, { duplicated: 0, reordered: 0, corrupted: 0 });
      assert.equal(found.exchange.busyCount, 0);
    },
  }));

  for (
    const [fault, reason] of [
      ["refuse", /^Connection 1 of 2 could not be opened: The server answered 500 Internal/],
      ["kill", /^The server closed connection \d of 2: (end of the stream|connection reset)/i],
      ["exit", /^The server closed connection \d of 2: (end of the stream|connection reset)/i],
    ] as const
  ) {
    Deno.test(needing(needs, {
      name:
        `WireExchange over ${engine} rejects with the reason when a server has the fault "${fault}"`,
      async fn() {
        await using server = await started(faultyServer(fault));
        await assert.rejects(run(engine, "websocket", server.ready.url, endless), {
          message: reason,
        });
      },
    }));
  }

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} rejects with the reason when nobody listens`,
    async fn() {
      await assert.rejects(run(engine, "websocket", `ws://127.0.0.1:${freePort()}/`, echo), {
        message: /^Connection \d of 2 could not be opened: connection refused/i,
      });
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} answers pings with their payloads`,
    async fn() {
      await using server = await started(peculiarServer("ping"));
      // One in flight: a reply that is held back is overtaken by no other.
      const what: What = {
        ...echo,
        traffic: closed(2, 1),
        enough: ({ ledger }) => ledger.counts().sent > 20,
      };
      const found = await run(engine, "websocket", server.ready.url, what);
      assertFaultless(found);
      assert.ok(found.ledger.counts().sent > 20, "there were pings");
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} takes replies in fragments`,
    async fn() {
      await using server = await started(peculiarServer("fragments"));
      assertFaultless(await run(engine, "websocket", server.ready.url, echo));
    },
  }));

  Deno.test(needing(needs, {
    name:
      `WireExchange over ${engine} counts what nobody asked for, and sends no more because of it`,
    async fn() {
      await using server = await started(talkativeServer(2));
      const unaskedOf = ({ recorder }: Found): number =>
        countsOf(recorder.accounts).unasked?.messages ?? 0;
      for (const payload of [json(64), numbered(16)]) {
        const found = await run(engine, "websocket", server.ready.url, {
          ...echo,
          payload,
          traffic: closed(2, 2),
          enough: ({ ledger }) => ledger.counts().answered > 100 && ledger.unasked > 20,
        });
        assertFaultless(found);
        assert.ok(unaskedOf(found) > 20);
      }
      for (
        const traffic of [
          (load: Load) => idle(load, { warm: 2, connections: 4 }),
          (load: Load) => connect(load, { concurrency: 2, limit: 100 }),
        ]
      ) {
        const found = await run(engine, "websocket", server.ready.url, {
          ...echo,
          traffic,
          enough: ({ ledger }) => ledger.unasked > 0,
        });
        assertFaultless(found);
        assert.ok(unaskedOf(found) > 0);
      }
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} counts replies of the other type as corrupted`,
    async fn() {
      await using server = await started(peculiarServer("text"));
      const what = { ...echo, payload: numbered(16) };
      const found = await run(engine, "websocket", server.ready.url, what);
      const { sent, corrupted, answered, lost } = found.ledger.counts();
      assert.deepEqual([corrupted, answered, lost], [sent, 0, 0]);
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} says with which code and reason a server closed`,
    async fn() {
      await using server = await started(peculiarServer("close"));
      await assert.rejects(run(engine, "websocket", server.ready.url, endless), {
        message: /^The server closed connection \d of 2: code 4001, enough, says größe$/,
      });
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} rejects text that answers nothing and is not UTF-8`,
    async fn() {
      await using server = await started(peculiarServer("not-utf8"));
      await assert.rejects(run(engine, "websocket", server.ready.url, endless), {
        message:
          /^The server closed connection \d of 2: Cannot take a text message that is not UTF-8 from byte 1 on: received 0xff$/,
      });
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} rejects when a server leaves without a word`,
    async fn() {
      await using server = await started(peculiarServer("leave"));
      await assert.rejects(run(engine, "websocket", server.ready.url, endless), {
        message: /^The server closed connection \d of 2: (end of the stream|connection reset)/i,
      });
    },
  }));
}

const echo: What = {
  path: "/",
  payload: json(64),
  timeline: "replies",
  traffic: closed(2, 3),
};

/** For servers that end it. */
const endless: What = { ...echo, durationMs: 120_000 };
