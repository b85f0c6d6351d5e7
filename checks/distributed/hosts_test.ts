/** A run as docs/distributed.md describes it, with each program on a host of its own. */

import assert from "node:assert/strict";
import { type Child, startChild } from "../../bench/process/child.ts";
import type { Result } from "../../measure/model/result.ts";
import { needing } from "../testing/needs.ts";
import { type Host, makeHosts } from "../testing/network/hosts.ts";
import { assertCompleted } from "../../bench/testing/trials.ts";

const PROGRAM = new URL("../../cli/wsmark.ts", import.meta.url).pathname;
const AGENTS = 3;

/** Starts wsmark on a host, and waits until it says something; resolves to all that it said until then. */
async function start(
  stack: AsyncDisposableStack,
  host: Host,
  until: RegExp,
  ...args: readonly string[]
): Promise<string> {
  const child: Child = startChild(
    host.on(Deno.execPath(), "run", "--quiet", "--allow-all", "--no-check", PROGRAM, ...args),
  );
  stack.defer(() => child.stop());
  let said = "";
  for (let next = await child.lines.next(); !next.done; next = await child.lines.next()) {
    said += `${next.value}\n`;
    if (until.test(said)) return said;
  }
  throw new Error(`${args[0]} ended: ${said}${child.lastWords()}`);
}

Deno.test(needing(["network namespaces", "nats-server"], {
  name: "agents on hosts of their own drive a server on another one, and nothing is lost",
  async fn() {
    const out = await Deno.makeTempDir({ prefix: "wsmark-" });
    await using stack = new AsyncDisposableStack();
    stack.defer(() => Deno.remove(out, { recursive: true }));
    const hosts = stack.use(await makeHosts(2 + AGENTS));
    const [coordinator, server, ...others] = hosts.all as [Host, Host, ...Host[]];
    const printed = await start(stack, coordinator, /deno task bench .*\n/, "nats");
    const [, url = "", token] = /deno task agent --nats (nats:\/\/([^@]+)@\S+)/.exec(printed)!;
    assert.ok(url.endsWith(`@${coordinator.address}:4222`), url);
    await Promise.all([
      start(stack, server, /Ctrl-C/, "serve", "--servers", "native", "--hostname", server.address),
      ...others.map((host, index) =>
        start(stack, host, /is ready/, "agent", "--nats", url, "--id", `agent-${index}`)
      ),
    ]);
    const [command, ...args] = coordinator.on(
      ...[Deno.execPath(), "run", "--quiet", "--allow-all", "--no-check", PROGRAM],
      ...["--agents", url, "--agents-min", `${AGENTS}`],
      ...["--url", `mine=ws://${server.address}:8765/echo`, "--scenarios", "rate,throughput"],
      ...["--connections", "9", "--rounds", "1", "--duration", "1", "--warmup", "0.2"],
      ...["--no-ceiling", "--no-progress", "--no-config", "--reports", "json"],
      ...["--out", `${out}/run`],
    );
    const { code, stderr } = await new Deno.Command(command, { args }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const text = await Deno.readTextFile(`${out}/run/results.json`);
    assert.ok(!text.includes(token!), "no secret is written");
    const { trials, agents = [] }: Result = JSON.parse(text);
    assert.deepEqual(
      agents.map(({ id, isHere }) => [id, isHere]),
      others.map((_, index) => [`agent-${index}`, false]),
    );
    for (const trial of trials) {
      assertCompleted(trial);
      if (trial.state !== "completed") continue;
      const { integrity, sharing, counts } = trial;
      const { sent, answered, lost, duplicated, reordered, corrupted } = integrity;
      assert.ok(sent > 0);
      assert.deepEqual([answered, lost, duplicated, reordered, corrupted], [sent, 0, 0, 0, 0]);
      const shares = sharing!.generators;
      assert.deepEqual(shares.map(({ connections }) => connections), [3, 3, 3]);
      assert.equal(shares.reduce((sum, one) => sum + one.sent, 0), counts.sent);
    }
  },
}));
