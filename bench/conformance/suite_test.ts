import assert from "node:assert/strict";
import type { ConformanceResult } from "../../conformance/result.ts";
import { planConformance } from "./plan.ts";
import { runConformance } from "./suite.ts";

const NEVER = new AbortController().signal;

/** A server in a file that echoes, and does something odd at some messages. */
async function withServer(
  onMessage: string,
  run: (command: string) => Promise<void>,
): Promise<void> {
  const file = await Deno.makeTempFile({ prefix: "wsmark-", suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `Deno.serve({ port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1", onListen() {} }, (request) => {
  if (request.headers.get("upgrade") !== "websocket") return new Response("no");
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = ({ data }) => { ${onMessage}; socket.send(data); };
  return response;
});\n`,
    );
    await run(`${Deno.execPath()} run --no-config -A ${file}`);
  } finally {
    await Deno.remove(file);
  }
}

const verdictsOf = ({ servers }: ConformanceResult): string[] =>
  servers[0]!.results.map(({ id, verdict }) => `${id} ${verdict}`);

Deno.test("runConformance() tries servers of the list, some at a time, and tells of each case", async () => {
  const told: string[] = [];
  const plan = planConformance({ servers: ["native", "ws"], cases: ["1.6", "8.3.1"], parallel: 2 });
  const { startedAt, servers, ...result } = await runConformance(plan, NEVER, {
    started: ({ id }) => told.push(`${id} started`),
    ended: ({ id }, one) => told.push(`${id} ${one.id}`),
    done: ({ id }) => told.push(`${id} done`),
  });
  assert.ok(!Number.isNaN(Date.parse(startedAt)));
  assert.deepEqual(result.groups.map(({ id }) => id), ["1", "8"]);
  assert.equal(result.state, "finished");
  assert.deepEqual(servers.map(({ id }) => id), ["native", "ws"]);
  for (const { library, runtime, results, restarts } of servers) {
    assert.match(library!, /\d/);
    assert.match(runtime!, /^deno /);
    assert.deepEqual(results.map(({ id }) => id), ["1.6.1", "1.6.2", "1.6.3", "8.3.1"]);
    assert.deepEqual(restarts, []);
  }
  assert.deepEqual(servers[1]!.results.map(({ verdict }) => verdict), ["ok", "ok", "ok", "ok"]);
  assert.deepEqual(told.filter((line) => line.startsWith("ws")), [
    "ws started",
    ...["ws 1.6.1", "ws 1.6.2", "ws 1.6.3", "ws 8.3.1"],
    "ws done",
  ]);
});

Deno.test("runConformance() runs on Socket.IO only what is below its messages, and says why", async () => {
  const plan = planConformance({ servers: ["socketio"], cases: ["1.6.1", "2.1.1", "5.1.2"] });
  const { servers: [server] } = await runConformance(plan, NEVER);
  assert.match(server!.onlyLayer!, /packet of Socket\.IO/);
  assert.deepEqual(server!.results.map(({ id, verdict }) => `${id} ${verdict}`), [
    "2.1.1 ok",
    "5.1.2 ok",
  ]);
});

Deno.test("runConformance() starts a server again that a case ends, and names the case", async () => {
  await withServer("if (data === 'three') Deno.exit(7)", async (command) => {
    const plan = planConformance({
      servers: [{ name: "mine", command }],
      cases: ["1.1.1", "1.6.1", "3.3.2", "8.1.1"],
    });
    const result = await runConformance(plan, NEVER);
    assert.deepEqual(verdictsOf(result), ["1.1.1 ok", "1.6.1 failed", "3.3.2 ok", "8.1.1 ok"]);
    const [{ restarts, results }] = result.servers as [typeof result.servers[number]];
    assert.deepEqual(restarts.map(({ id }) => id), ["1.6.1"]);
    assert.match(restarts[0]!.reason, /^the server ended: .*7/);
    assert.match(results[1]!.came, /, then the server ended: /);
  });
});

Deno.test("runConformance() waits once more, and longer, for an answer that is missing", async () => {
  await withServer("setTimeout(() => socket.send(data), 1200); return", async (command) => {
    const plan = planConformance({ servers: [{ name: "mine", command }], cases: ["1.6.1"] });
    assert.deepEqual(verdictsOf(await runConformance(plan, NEVER)), ["1.6.1 ok"]);
  });
});

Deno.test("runConformance() gives a server up that cannot be reached, and goes on with others", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `ws://127.0.0.1:${listener.addr.port}/`;
  listener.close();
  const plan = planConformance({ servers: [{ name: "gone", url }, "ws"], cases: ["1.1.1"] });
  const { servers } = await runConformance(plan, NEVER);
  assert.deepEqual(servers.map(({ id, results }) => [id, results.length]), [["ws", 1], [
    "gone",
    0,
  ]]);
  assert.match(servers[1]!.givenUp!, /gone accepts no handshake/);
});

Deno.test("runConformance() gives a server of the user up that does not return messages", async () => {
  await withServer("socket.send('welcome')", async (command) => {
    const plan = planConformance({ servers: [{ name: "mine", command }], cases: ["1.1.1"] });
    const { servers: [mine] } = await runConformance(plan, NEVER);
    assert.deepEqual(mine!.results, []);
    assert.match(mine!.givenUp!, /does not return messages.*came text "welcome".*by --path$/);
  });
});

Deno.test("runConformance() stops after the running cases when it is asked to, and keeps what it has", async () => {
  const controller = new AbortController();
  const plan = planConformance({ servers: ["native", "ws"], cases: ["1.1", "1.2"], parallel: 1 });
  const result = await runConformance(plan, controller.signal, {
    ended: (_, { id }) => id === "1.1.3" && controller.abort(),
  });
  assert.equal(result.state, "interrupted");
  assert.deepEqual(verdictsOf(result), ["1.1.1 ok", "1.1.2 ok", "1.1.3 ok"]);
  assert.equal(result.servers.length, 1);
});

Deno.test("runConformance() starts servers of the list with compression, for the cases that offer it", async () => {
  const plan = planConformance({ servers: ["native", "ws"], cases: ["13.1.1", "14.2.1"] });
  const { servers } = await runConformance(plan, NEVER);
  assert.deepEqual(
    servers.map(({ id, results }) => [id, ...results.map(({ verdict }) => verdict)]),
    [["native", "unimplemented", "unimplemented"], ["ws", "ok", "ok"]],
  );
});
