/** Trials over TLS, by every client. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { throughput } from "../../scenarios/throughput.ts";
import { connect } from "../../scenarios/connect.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { servers } from "../../servers/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { testCertificate } from "../../checks/testing/certificate.ts";
import { needing } from "../../checks/testing/needs.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import { describeAll } from "./descriptions.ts";
import { planRun } from "../plan/options.ts";
import { startServer } from "../process/server_process.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";
import { assertCompleted } from "../testing/trials.ts";

const certificate = await testCertificate();
Deno.test.afterAll(async () => await certificate[Symbol.asyncDispose]());

const { signal } = new AbortController();
const pinning = { absent: "the tests share the machine" };
const settings = {
  warmupMs: 50,
  durationMs: 300,
  pinning,
  engine: { id: "tcp" },
  samples: 0,
  generators: 1,
} as const;

const entryOf = (id: string): ServerEntry => servers.find((server) => server.id === id)!;
const echo: CaseParameters = { connections: 2, inFlight: 4, size: 64, tls: "on" };

async function runOver(
  server: ServerEntry,
  client: string,
  scenario: Scenario,
  parameters: CaseParameters,
  trusted: string | undefined = certificate.path,
) {
  const plan = { ...plannedTrial(server, scenario, parameters), client };
  return await runTrial(plan, { ...settings, certificate: trusted }, signal);
}

const pairs = [
  ["wire", "native"],
  ["wire", "socketio"],
  ["websocket", "ws"],
  ["ws", "native"],
  ["socketio", "socketio"],
  ["browser", "native"],
] as const;

for (const [client, server] of pairs) {
  Deno.test(needing(client === "browser" ? ["Chromium", "esbuild"] : [], {
    name: `runTrial() drives ${server} over TLS by ${client}`,
    async fn() {
      const trial = await runOver(entryOf(server), client, throughput, echo);
      assertCompleted(trial);
      const { sent, lost, duplicated, reordered, corrupted } = trial.integrity;
      ok(sent > 0);
      deepEqual([lost, duplicated, reordered, corrupted], [0, 0, 0, 0]);
    },
  }));
}

Deno.test("runTrial() counts handshakes over TLS", async () => {
  const trial = await runOver(entryOf("ws"), "wire", connect, { concurrency: 2, tls: "on" });
  assertCompleted(trial);
  ok(trial.counts.handshakes > 0);
});

for (const client of ["wire", "websocket", "ws"]) {
  Deno.test(`runTrial() says in words that the certificate of a server is not trusted (${client})`, async () => {
    const running = await startServer(entryOf("native"), { transport: { tls: certificate.path } });
    try {
      const { url } = running.ready;
      const launch = { by: "contract", command: () => commandOf(url) } as const;
      await using other = await testCertificate();
      const server = { ...entryOf("native"), launch };
      const trial = await runOver(server, client, throughput, echo, other.path);
      ok(trial.state === "failed");
      match(trial.reason, /^Connection \d of 2 could not be opened: .*certificate is not trusted$/);
    } finally {
      await running.stop();
    }
  });
}

/** Prints the ready line of a server that runs elsewhere, with another certificate than the given one. */
function commandOf(url: string): string[] {
  const line = { ready: true, url, pid: Deno.pid, server: "x", runtime: "x", library: "x" };
  const program = `console.log(${JSON.stringify(JSON.stringify(line))}); await new Promise((go) =>
    setTimeout(go, 600_000));`;
  return [Deno.execPath(), "eval", program];
}

Deno.test("describeAll() says what servers with cases over TLS agree on, but not of others", async () => {
  const plan = planRun({
    servers: ["native", "ws"],
    scenarios: ["latency"],
    overrides: { tls: "on" },
  });
  const noteOf = async (trials: typeof plan.trials): Promise<(string | undefined)[]> => {
    const { servers } = await describeAll({ ...plan, trials }, certificate.path, signal);
    return servers.map(({ notes }) => notes!.find((note) => note.startsWith("With Deno it ")));
  };
  const [native, ws] = await noteOf(plan.trials);
  match(native!, /^With Deno it agrees on TLS 1\.\d, TLS_[A-Z0-9_]+, \S+\.$/);
  match(ws!, /TLS/);
  deepEqual(await noteOf([]), [undefined, undefined]);
});

Deno.test("startServer() says what to do with a URL of the wrong scheme", async () => {
  const running = await startServer(entryOf("native"), { transport: { tls: certificate.path } });
  try {
    const { host } = new URL(running.ready.url);
    const own = foreignServer({ name: "mine", url: `ws://${host}/echo` });
    const reason = await startServer(own).then(() => "", (error: Error) => error.message);
    match(reason, /^mine accepts no handshake at ws:\/\/\S+: .+; give its URL as wss:$/);
    equal(reason.includes("\n"), false);
  } finally {
    await running.stop();
  }
});
