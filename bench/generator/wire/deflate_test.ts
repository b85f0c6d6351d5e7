/** Compressed messages of the wire client against servers that are real processes. */

import assert from "node:assert/strict";
import { countsOf } from "../../../measure/record/accounts/mod.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import {
  counted,
  fixedText,
  messageOf,
  type Payload,
  type PayloadKind,
  tagged,
} from "../../../scenarios/payload/payload.ts";
import { servers } from "../../../servers/mod.ts";
import type { Deflate, ServerEntry } from "../../../servers/types.ts";
import type { DriveOutcome } from "../drive.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { type ServerProcess, startServer } from "../../process/server_process.ts";
import { engines } from "../../testing/engines.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Engine } from "./exchange.ts";

const MODES: readonly Deflate[] = ["takeover", "no-takeover"];
const KINDS: readonly PayloadKind[] = ["text", "binary", "random", "documents"];

interface What {
  readonly engine: Engine;
  readonly protocol?: string;
  readonly deflate?: Deflate | undefined;
  readonly payload: Payload;
  readonly path?: string;
  /** How many replies there are in the window at least. */
  readonly replies?: number;
  /** How long the window is at least, in milliseconds. */
  readonly durationMs?: number;
}

/** Drives a server, and leaves nothing open afterwards. */
async function run(
  origin: string,
  { path = "/echo", replies = 1, durationMs = 20, protocol = "websocket", ...what }: What,
): Promise<DriveOutcome> {
  const { engine, deflate, payload } = what;
  const { href, hostname, port } = new URL(path.slice(1), origin);
  using exchange = new PatientExchange(
    engine,
    protocol,
    {
      url: href,
      ...(deflate && { deflate }),
      payload,
      timeline: "replies",
      traffic: (load) => closedLoop(load, { connections: 3, inFlight: 2 }),
    },
    { hostname, port: Number(port) },
  );
  return await exchange.drive({
    warmupMs: 10,
    durationMs,
    enough: () => exchange.recorder.counts(3).replies >= replies,
  });
}

async function started(
  entry: ServerEntry,
  deflate?: Deflate,
): Promise<ServerProcess & AsyncDisposable> {
  const server = await startServer(entry, { transport: { deflate } });
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}

function known(id: string): ServerEntry {
  return servers.find((server) => server.id === id)!;
}

function deflatingServer(manner: string): ServerEntry {
  const program = import.meta.resolve("../../testing/deflating_server.ts");
  const command = [Deno.execPath(), "run", "--allow-all", "--quiet", program, manner];
  return {
    id: manner,
    title: manner,
    protocol: "websocket",
    launch: { by: "contract", command: () => command },
  };
}

function assertFaultless({ ledger }: DriveOutcome): void {
  const { sent, ...found } = ledger.counts();
  assert.ok(sent > 0);
  assert.deepEqual(found, { answered: sent, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 });
}

const PAYLOADS: readonly (readonly [name: string, payload: Payload])[] = [
  ["nothing", fixedText("")],
  ["a short text", fixedText("hi")],
  ["a counted text", counted("größe ")],
  ...KINDS.flatMap((kind) =>
    [100, 66_000].map((size) => [`${size} B of ${kind}`, messageOf(size, kind)] as const)
  ),
  ["1 MiB of documents", messageOf(2 ** 20, "documents")],
];

for (const { engine, needs } of engines) {
  // What frames hold does not depend on what carries them.
  for (const id of engine === "tcp" ? ["ws"] : ["ws", "socketio", "faye"]) {
    for (const deflate of MODES) {
      Deno.test(needing(needs, {
        name: `WireExchange over ${engine} with ${deflate} exchanges every payload with ${id}`,
        async fn(test) {
          const entry = known(id);
          const { protocol } = entry;
          await using server = await started(entry, deflate);
          for (const [name, payload] of PAYLOADS) {
            await test.step(name, async () => {
              const found = await run(server.ready.url, { engine, protocol, deflate, payload });
              assertFaultless(found);
              const { compression } = countsOf(found.recorder.accounts);
              assert.ok(compression!.sentBytes >= found.recorder.counts(3).sent);
            });
          }
          await test.step("tags", async () => {
            const payload = tagged("größe - ");
            assertFaultless(
              await run(server.ready.url, { engine, protocol, deflate, payload, path: "/tag" }),
            );
          });
        },
      }));
    }
  }

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} counts what compressed messages take on the wire`,
    async fn() {
      for (const deflate of MODES) {
        await using server = await started(known("ws"), deflate);
        const payload = messageOf(4096, "documents");
        const { recorder } = await run(server.ready.url, { engine, deflate, payload });
        const counts = recorder.counts(3);
        assert.equal(counts.replyBytes, 4096 * counts.replies);
        const { replyBytes, sentBytes } = countsOf(recorder.accounts).compression!;
        const perReply = replyBytes / counts.replies;
        const perSent = sentBytes / counts.sent;
        assert.ok(perReply > 400 && perReply < 2000, `${perReply}`);
        assert.ok(perSent > 400 && perSent < 2000, `${perSent}`);
      }
    },
  }));

  const documents = messageOf(1024, "documents");

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} finds replies with an altered byte`,
    async fn() {
      await using server = await started(deflatingServer("altered"));
      for (const payload of [documents, messageOf(1024, "random")]) {
        const what = { engine, deflate: "takeover", payload, replies: 20 } as const;
        const { ledger } = await run(server.ready.url, what);
        const { sent, corrupted, answered, lost, ...rest } = ledger.counts();
        assert.ok(sent > 10, `only ${sent} were sent`);
        assert.ok(corrupted > 0 && Math.abs(corrupted - sent / 10) <= 1, `${corrupted} of ${sent}`);
        assert.deepEqual({ answered, lost, ...rest }, {
          answered: sent - corrupted,
          lost: 0,
          duplicated: 0,
          reordered: 0,
        });
      }
    },
  }));

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} takes compressed replies in fragments`,
    async fn() {
      await using server = await started(deflatingServer("fragments"));
      for (const deflate of MODES) {
        assertFaultless(await run(server.ready.url, { engine, deflate, payload: documents }));
      }
    },
  }));

  for (
    const [manner, deflate, message] of [
      [
        "uninvited",
        "takeover",
        /^Connection \d of 3 could not be opened: The server did not agree to compress$/,
      ],
      [
        "forgetful",
        "takeover",
        /^Connection \d of 3 could not be opened: The server compresses without takeover: ask for/,
      ],
      ["bomb", "takeover", /^The server closed connection \d of 3: Cannot take a message above/],
      ["garbage", "no-takeover", /^The server closed connection \d of 3: Cannot inflate a message/],
    ] as const
  ) {
    Deno.test(needing(needs, {
      name: `WireExchange over ${engine} refuses a server that is "${manner}"`,
      async fn() {
        await using server = await started(deflatingServer(manner));
        const what = { engine, deflate, payload: documents, durationMs: 120_000 };
        await assert.rejects(run(server.ready.url, what), { message });
      },
    }));
  }

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} refuses a compressed message if none was offered`,
    async fn() {
      await using server = await started(deflatingServer("uninvited"));
      const what = { engine, payload: documents, durationMs: 120_000 };
      await assert.rejects(run(server.ready.url, what), {
        message:
          /^The server closed connection \d of 3: Cannot decode a frame with reserved bits as no/,
      });
    },
  }));
}
