/** Streams: what servers send by themselves, in real trials. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { type CompletedTrial, isMeasured, type Trial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { push } from "../../scenarios/push.ts";
import { servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";

const WRONG = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };

const settings = {
  warmupMs: 100,
  durationMs: 400,
  pinning: { absent: "this is a test" },
  engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
  generators: 2,
  samples: 10,
} as const;

async function run(
  server: ServerEntry,
  client: string,
  parameters: CaseParameters,
): Promise<Trial> {
  const plan = { ...plannedTrial(server, push, parameters), client };
  return await runTrial(plan, settings, new AbortController().signal);
}

function completed(trial: Trial): CompletedTrial {
  if (trial.state !== "completed") throw new Error(trial.reason);
  return trial;
}

for (
  const [server, client, more] of [
    ["native", "wire", {}],
    ["ws", "wire", { deflate: "takeover" }],
    ["ws", "ws", {}],
    ["socketio", "socketio", {}],
    ["socketio", "wire", {}],
  ] as const
) {
  Deno.test(`push: all that ${server} sends by itself comes to ${client}, in order and with its age`, async () => {
    const entry = servers.find(({ id }) => id === server)!;
    const parameters = { connections: 4, pushRate: 50, size: 100, ...more };
    const trial = completed(await run(entry, client, parameters));
    const { sent, answered, ...wrong } = trial.integrity;
    deepEqual([wrong, answered], [WRONG, sent]);
    const { replies, replyBytes, connections } = trial.counts;
    ok(replies > 0 && sent >= replies);
    equal(replyBytes, replies * 100);
    equal(connections, 4);
    deepEqual(trial.pushes, { silent: 0, untimed: 0, foreign: 0 });
    equal(trial.metrics["delivered"], 100);
    for (const id of ["gap.p99", "gap.max", "age.p50", "age.p99", "pushed", "pushed.share"]) {
      ok(isMeasured(trial.metrics[id]!), id);
    }
  });
}

/** A server of one's own that runs here, and sends by itself what a function makes of a number. */
function ownServer(
  said: (sequence: number) => string | undefined,
  more: Partial<ServerEntry> = {},
): ServerEntry & AsyncDisposable {
  const timers = new Set<ReturnType<typeof setInterval>>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    let sequence = 0;
    socket.onopen = () => {
      const timer = setInterval(() => {
        const message = said(sequence++);
        if (message !== undefined) socket.send(message);
      }, 5);
      timers.add(timer);
      socket.onclose = () => clearInterval(timer);
    };
    return response;
  });
  return {
    ...{ id: "mine", title: "mine", protocol: "websocket", path: "/" },
    launch: { by: "url", url: `ws://127.0.0.1:${server.addr.port}/` },
    ...more,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      await server.shutdown();
    },
  };
}

Deno.test("push: a server of one's own without a rule: its rate and gaps, and the reason for all else", async () => {
  await using mine = ownServer((sequence) => `tick ${sequence}`);
  const { metrics, integrity, counts } = completed(await run(mine, "wire", { connections: 2 }));
  ok(counts.replies > 0);
  deepEqual(integrity, { sent: 0, answered: 0, ...WRONG });
  ok(isMeasured(metrics["gap.p99"]!) && isMeasured(metrics["pushed"]!));
  deepEqual(
    ["age.p50", "delivered", "pushed.share"].map((id) => metrics[id]),
    [
      { absent: "the messages have no time" },
      { absent: "no message with a number came" },
      { absent: "the server has a rate of its own" },
    ],
  );
});

Deno.test("push: a server of one's own that leaves one out, greets, and stops", async () => {
  await using mine = ownServer(
    (n) => n === 0 ? "hello" : n === 3 || n > 20 ? undefined : JSON.stringify({ n }),
    { push: { sequence: "/n" } },
  );
  const trial = completed(await run(mine, "wire", { connections: 2 }));
  deepEqual(trial.integrity, { ...WRONG, sent: 40, answered: 38, lost: 2 });
  deepEqual(trial.unasked, { messages: 2 });
  ok(trial.metrics["gap.max"] as number > 200, String(trial.metrics["gap.max"]));
});

Deno.test("push: connections on which nothing comes are counted", async () => {
  await using mine = ownServer(() => undefined);
  const trial = completed(await run(mine, "wire", { connections: 3 }));
  equal(trial.metrics["silent"], 3);
  equal(trial.counts.replies, 0);
});
