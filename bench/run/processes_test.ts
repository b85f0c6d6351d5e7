import assert from "node:assert/strict";
import type { ServerEntry } from "../../servers/types.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import { partsOf, startProcesses } from "./processes.ts";

const settings = { pinning: { absent: "this is a test" }, generators: 2 } as const;
const never = new AbortController().signal;

Deno.test("startProcesses() starts a server of the list at once, with a generator for each part", async () => {
  const plan = plannedTrial(faultyServer("none"));
  const processes = startProcesses(plan, settings, never);
  assert.equal(processes.generators.length, partsOf(plan, settings).length);
  const { server, startMs } = await processes.server();
  assert.ok(startMs > 0);
  assert.equal((await processes.server()).server, server, "it is started once");
  await processes.stop();
  assert.match(await server.ended, /exit code 0|SIGTERM/);
  await processes.stop();
});

Deno.test("startProcesses() starts a server of the user's own only when it is asked for", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const own: ServerEntry = {
      ...faultyServer("none"),
      launch: { by: "command", command: ["sh", "-c", `echo >${folder}/started; exit 7`] },
    };
    const unasked = startProcesses(plannedTrial(own), settings, never);
    await unasked.stop();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    const asked = startProcesses(plannedTrial(own), settings, never);
    await assert.rejects(asked.server(), /exit code 7/);
    await asked.stop();
    assert.equal([...Deno.readDirSync(folder)].length, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("startProcesses() leaves nothing behind if its server never gets ready", async () => {
  const missing: ServerEntry = {
    ...faultyServer("none"),
    launch: { by: "contract", command: () => ({ missing: "no such runtime" }) },
  };
  const processes = startProcesses(plannedTrial(missing), settings, never);
  await assert.rejects(processes.server(), /no such runtime/);
  await processes.stop();
});
