import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { inFolder, namesIn } from "../../bench/testing/folder.ts";
import { freePort } from "../../checks/testing/port.ts";
import { wsmarkIn } from "../testing.ts";

const echo = new URL("../../bench/testing/plain_echo.ts", import.meta.url).pathname;
const library = new URL("../../mod.ts", import.meta.url).href;
const config = `
import { defineConfig } from ${JSON.stringify(library)};
export default defineConfig({
  servers: [{ name: "mine", command: [${JSON.stringify(Deno.execPath())}, "run", "--allow-all",
    ${JSON.stringify(echo)}, "{port}"] }],
  scenarios: [{ id: "latency", cases: [{ connections: 2, inFlight: 1, size: 32 }] }, "burst"],
  rounds: 1, durationMs: 100, warmupMs: 0, seed: 5,
  overrides: { messages: 10 },
  assert: ["latency.p50 > 1ns"],
  reports: ["json"],
  out: "found",
});
`;

Deno.test("run reads the configuration of its folder; options override it", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/wsmark.config.ts`, config);
    const { code, stdout, stderr } = await wsmarkIn(folder, "--seed", "6", "--samples", "0");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^note: options are read from wsmark\.config\.ts \(--no-config leaves/m);
    assert.match(stderr, /^held: all of 1 check$/m);
    assert.match(stdout, /mine/);
    assert.deepEqual(namesIn(`${folder}/found`), ["plan.json", "results.json", "trials.jsonl"]);
    const result: Result = JSON.parse(await Deno.readTextFile(`${folder}/found/results.json`));
    assert.equal(result.settings.seed, 6);
    assert.deepEqual(result.servers.map(({ id, title, runtime }) => [id, title, runtime]), [
      ["mine", "mine", undefined],
    ]);
    assert.deepEqual(result.scenarios.map(({ id, cases }) => [id, cases.map((one) => one.id)]), [
      ["latency", ["connections=2,inFlight=1,size=32"]],
      ["burst", ["messages=10"]],
    ]);
    for (const trial of result.trials.filter(({ round }) => round > 0)) {
      assert.equal(trial.state, "completed");
      if (trial.state !== "completed") continue;
      // A user's server returns the messages of a burst as they came.
      const { sent, ...rest } = trial.integrity;
      assert.deepEqual(rest, {
        answered: sent,
        lost: 0,
        duplicated: 0,
        reordered: 0,
        corrupted: 0,
      });
      assert.equal(typeof trial.cpu.server.timeNs, "number");
    }
  });
});

Deno.test("run reads only the named configuration, and says what is wrong in it", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/wsmark.config.ts`, config);
    await Deno.writeTextFile(`${folder}/wrong.json`, '{ "servers": ["native"], "rounds": "3" }');
    assert.deepEqual(await wsmarkIn(folder, "--config", "wrong.json"), {
      code: 2,
      stdout: "",
      stderr: 'error: wrong.json: rounds must be of type number: received "3"\n',
    });
    const { code, stderr } = await wsmarkIn(folder, "--no-config", "--rounds", "0");
    assert.deepEqual([code, stderr], [
      2,
      "error: The number of rounds must be a whole number from 1 to 1000: received 0\n",
    ]);
    assert.deepEqual(await wsmarkIn(folder, "--config", "wrong.json", "--no-config"), {
      code: 2,
      stdout: "",
      stderr: "error: Give --config or --no-config, not both\n",
    });
    assert.deepEqual(namesIn(folder), ["wrong.json", "wsmark.config.ts"], "nothing is written");
  });
});

Deno.test("run says before it writes anything that a user's server is not there", async () => {
  await inFolder(async (folder) => {
    const port = freePort();
    const { code, stdout, stderr } = await wsmarkIn(
      ...[folder, "--url", `mine=ws://127.0.0.1:${port}`, "--out", "out"] as const,
    );
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^error: mine accepts no handshake at ws:\/\/127\.0\.0\.1:\d+\/: .*\. Start it/,
    );
    assert.deepEqual(namesIn(folder), []);
  });
});
