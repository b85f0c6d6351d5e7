/** Trials of servers that want something of those who open a connection. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { throughput } from "../../scenarios/throughput.ts";
import { connect } from "../../scenarios/connect.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import { describeAll } from "./descriptions.ts";
import { planRun } from "../plan/options.ts";
import { certify } from "../testing/certificates.ts";
import { inFolder } from "../testing/folder.ts";
import { type Guard, guardedServer } from "../testing/guarded_server.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";
import { assertCompleted } from "../testing/trials.ts";

const { signal } = new AbortController();
const CASE: CaseParameters = { connections: 4, inFlight: 1, size: 64 };

function run(
  server: ForeignServer,
  client: string,
  engine: "epoll" | "tcp",
  generators = 1,
  [scenario, parameters]: readonly [Scenario, CaseParameters] = [throughput, CASE],
) {
  return runTrial({ ...plannedTrial(foreignServer(server), scenario, parameters), client }, {
    warmupMs: 0,
    durationMs: 200,
    samples: 0,
    pinning: { absent: "for the test" },
    engine: { id: engine },
    generators,
  }, signal);
}

const GUARD: Guard = {
  refuses: ({ headers, url = "" }) =>
    headers.cookie?.startsWith("sid=") && headers.origin === "https://app.example" &&
      url.startsWith("/chat?id=")
      ? undefined
      : { status: "401 Unauthorized" },
  chooses: (offered) => offered.has("chat.v1") ? "chat.v1" : false,
};

for (
  const [client, engine, generators] of [
    ["wire", "epoll", 2],
    ["wire", "tcp", 1],
    ["websocket", "tcp", 1],
    ["ws", "tcp", 1],
  ] as const
) {
  Deno.test(`each connection of ${client} over ${engine} has headers and a query of its own, over ${generators} generators`, async () => {
    await using server = await guardedServer(GUARD);
    const trial = await run(
      {
        name: "mine",
        url: `${server.origin}/chat?id={connection}&r={random}`,
        headers: { Cookie: "sid={connection}", Origin: "https://app.example" },
        subprotocols: ["chat.v2", "chat.v1"],
      },
      client,
      engine,
      generators,
    );
    assertCompleted(trial);
    ok(trial.integrity.sent > 0);
    deepEqual([trial.integrity.lost, trial.integrity.corrupted], [0, 0]);
    // The first request is the look at the server before the trial.
    const own = server.requests.slice(1);
    equal(own.length, 4);
    const ids = own.map(({ url = "" }) => /\?id=(\d+)&r=[\da-f]{16}$/.exec(url)?.[1]);
    deepEqual(ids.toSorted(), ["0", "1", "2", "3"]);
    deepEqual(own.map(({ headers }) => headers.cookie), ids.map((id) => `sid=${id}`));
    equal(new Set(own.map(({ url }) => url)).size, 4);
  });
}

Deno.test("a trial over TLS shows a client certificate to a server that is a CA of its own", () =>
  inFolder(async (folder) => {
    const itself = await certify({ name: "itself", hosts: ["127.0.0.1"], isCa: true });
    const users = await certify({ name: "users", isCa: true });
    const user = await certify({ name: "user", issuer: users });
    const files = { ca: itself.cert, cert: user.cert, key: user.key };
    for (const [name, text] of Object.entries(files)) {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
    }
    await using server = await guardedServer({
      tls: {
        cert: itself.cert,
        key: itself.key,
        requestCert: true,
        rejectUnauthorized: true,
        ca: [users.cert],
      },
    });
    const tls = { ca: `${folder}/ca`, cert: `${folder}/cert`, key: `${folder}/key` };
    const mine = { name: "mine", url: `${server.origin}/`, tls };
    for (const client of ["wire", "ws"]) {
      const trial = await run(mine, client, "tcp");
      assertCompleted(trial);
      ok(trial.integrity.sent > 0);
      deepEqual([trial.integrity.lost, trial.integrity.corrupted], [0, 0]);
    }
    const big = { connections: 2, inFlight: 4, size: 300_000 };
    const trial = await run(mine, "wire", "tcp", 1, [throughput, big]);
    assertCompleted(trial);
    ok(trial.integrity.sent > 0);
    const opened = await run(mine, "wire", "tcp", 1, [connect, { concurrency: 2 }]);
    assertCompleted(opened);
  }));

Deno.test("describeAll() says which subprotocol was chosen, where redirects lead, and what is not checked", async () => {
  const { cert, key } = await certify({ name: "a" });
  await using server = await guardedServer({
    ...GUARD,
    refuses: ({ url }) =>
      url === "/b?token=s3cret"
        ? undefined
        : { status: "302 Found", fields: ["Location: /b?token=s3cret"] },
    tls: { cert, key },
  });
  const plan = planRun({
    servers: [{
      name: "mine",
      url: `${server.origin}/a`,
      subprotocols: ["chat.v1"],
      follow: true,
      tls: { insecure: true },
    }],
    scenarios: ["latency"],
    ceiling: false,
  });
  const { servers: [description] } = await describeAll(plan, undefined, signal);
  const notes = description!.notes!.join(" ");
  match(
    notes,
    /It redirects to "wss:\/\/127\.0\.0\.1:\d+\/b\?token=\*\*\*", where all connections are/,
  );
  match(
    notes,
    /It chose the subprotocol chat\.v1\. Its certificate is not checked\. The client wire/,
  );
});
