import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { client as wire } from "../../../clients/wire.ts";
import { planClients, runClients } from "./run.ts";

const NEVER = new AbortController().signal;

Deno.test("planClients() takes all that can be started here, or those that are named", () => {
  const { clients, leftOut, cases } = planClients({ clients: ["all"], cases: ["15.1"] });
  assert.ok(cases.length > 20);
  assert.equal(clients.length + leftOut.length, 8);
  assert.deepEqual(planClients({ clients: ["ws", "own"] }).clients.map(({ id }) => id), [
    "ws",
    "own",
  ]);
});

for (
  const [what, options, message] of [
    ["an unknown client", { clients: ["wss"] }, /^Unknown client "wss", did you mean "ws"\?/],
    [
      "a case of servers alone",
      { clients: ["ws"], cases: ["11.1.1"] },
      /^No case of clients is called "11\.1\.1"\. Groups: 1 Frames and lengths, .*15 Answers/,
    ],
    [
      "no client at a time",
      { clients: ["ws"], parallel: 0 },
      /^The number of clients at a time \(--parallel\) must be a whole number from 1 to 64: received 0/,
    ],
  ] as const
) {
  Deno.test(`planClients() refuses ${what}`, () => {
    assert.throws(() => planClients(options), { name: "UsageError", message });
  });
}

for (const id of ["wire", "wire-tcp", "ws"]) {
  Deno.test(`runClients() tries ${id}, and tells of each case`, async () => {
    const told: string[] = [];
    const plan = planClients({ clients: [id], cases: ["6.1.19", "8.3.1", "15.3.11"] });
    const { role, servers: [client] } = await runClients(plan, NEVER, {
      ended: (_, result) => told.push(`${result.id} ${result.verdict}`),
    });
    assert.equal(role, "client");
    assert.match(client!.library!, / \d+\.\d+/);
    assert.equal(client!.givenUp, undefined);
    assert.deepEqual(told, ["6.1.19 ok", "8.3.1 ok", "15.3.11 ok"]);
    assert.deepEqual(client!.restarts, []);
  });
}

Deno.test(needing(["Linux"], {
  name: "runClients() tries compression with a client that offers it",
  async fn() {
    const plan = planClients({ clients: ["wire-epoll"], cases: ["14.2.1", "14.3.1", "14.7.1"] });
    const { servers: [client] } = await runClients(plan, NEVER);
    assert.deepEqual(client!.results.map(({ verdict }) => verdict), ["ok", "ok", "ok"]);
  },
}));

Deno.test("runClients() tries compression with ws, and not with a client that does not offer it", async () => {
  const plan = planClients({ clients: ["websocket", "ws"], cases: ["14.2.1", "14.7.1"] });
  const { servers: [websocket, ws] } = await runClients(plan, NEVER);
  assert.deepEqual(ws!.results.map(({ verdict }) => verdict), ["ok", "ok"]);
  assert.deepEqual(websocket!.results.map(({ verdict }) => verdict), [
    ...["unimplemented", "unimplemented"],
  ]);
  assert.match(websocket!.results[1]!.came, /not agreed on: the client does not offer it$/);
});

Deno.test("runClients() tries of Socket.IO only what is below its messages, does not blame it for waiting, and says why", async () => {
  const plan = planClients({ clients: ["socketio"], cases: ["1.6.1", "5.1.2", "15.3.11"] });
  const totals: number[] = [];
  const { servers: [client] } = await runClients(plan, NEVER, {
    started: (_, total) => totals.push(total),
  });
  assert.match(client!.onlyLayer!, /packets of Socket\.IO/);
  assert.deepEqual(totals, [2]);
  assert.deepEqual(client!.restarts, []);
  assert.deepEqual(client!.results.map(({ id, verdict }) => `${id} ${verdict}`), [
    "5.1.2 ok",
    "15.3.11 ok",
  ]);
});

/** Echoes on one connection until it has ended. */
function echo(url: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const connection = wire.connect(url, {
    opened() {},
    received: (message) => connection.send(message),
    closed: resolve,
  });
  return promise;
}

Deno.test("runClients() waits for a client of the user, at the URLs of cases and of the next one", async () => {
  const plan = planClients({ clients: ["own"], cases: ["1.6.1", "1.6.2", "1.6.3"] });
  const { promise: origin, resolve } = Promise.withResolvers<string>();
  const running = runClients(plan, NEVER, { awaited: resolve });
  const http = (await origin).replace("ws:", "http:");
  assert.match(await (await fetch(`${http}/`)).text(), /\/case\/1\.6\.2 binary data/);
  const unknown = await fetch(`${http}/case/1.6.9`);
  assert.equal(unknown.status, 404);
  await unknown.body?.cancel();
  await echo(`${await origin}/case/1.6.2`);
  await echo(`${await origin}/next`);
  await echo(`${await origin}/next`);
  const { servers: [client] } = await running;
  assert.deepEqual(client!.results.map(({ id, verdict }) => `${id} ${verdict}`), [
    "1.6.1 ok",
    "1.6.2 ok",
    "1.6.3 ok",
  ]);
});

Deno.test("runClients() ends when it is asked to while it waits for a client of the user", async () => {
  const plan = planClients({ clients: ["own"], cases: ["1.6.1"] });
  const controller = new AbortController();
  const result = await runClients(plan, controller.signal, { awaited: () => controller.abort() });
  assert.equal(result.state, "interrupted");
  assert.deepEqual(result.servers[0]!.results, []);
});
