import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";
import { linesOf } from "./main.ts";

Deno.test(needing(["nats-server", "Linux"], {
  name: "scale measures each step, and finds all messages in the merged histogram",
  async fn() {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--allow-all", "--no-check"],
        ...[new URL("main.ts", import.meta.url).pathname, "--agents", "12"],
      ],
    }).output();
    const decoder = new TextDecoder();
    assert.deepEqual([code, decoder.decode(stderr)], [0, ""]);
    const lines = decoder.decode(stdout).trimEnd().split("\n");
    assert.match(lines[0]!, /^12 agents at one nats-server; a report has \d+ bytes, \d+ buckets$/);
    for (const name of ["list", "take", "barrier", "traffic and reports", "merge alone"]) {
      assert.ok(lines.some((line) => line.startsWith(`${name} `)), name);
    }
    const [, found, expected] = /merged histogram: (\d+) of (\d+)$/.exec(lines.at(-1)!)!;
    assert.equal(found, expected);
    assert.ok(Number(found) > 0);
  },
}));

Deno.test("linesOf() says why memory is unknown", () => {
  const lines = linesOf({
    agents: 2,
    steps: [{ name: "list", tookMs: 1500, coordinatorMs: 20, natsMs: 3 }],
    reportBytes: 10,
    buckets: 1,
    memory: [{ absent: "there is no /proc" }, { absent: "there is no /proc" }],
    merged: [4, 4],
  });
  assert.deepEqual(lines.slice(2, 4), [
    "list                               1.500 s             0.020 s             0.003 s",
    "memory of the coordinator: unknown, as there is no /proc at first, at most unknown, as " +
    "there is no /proc",
  ]);
});
