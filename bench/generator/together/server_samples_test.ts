import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { clockMs } from "./clock.ts";
import { sampleServer } from "./server_samples.ts";

Deno.test(needing("Linux", {
  name: "sampleServer() samples a process at both ends of the window",
  async fn() {
    using sampler = sampleServer(Deno.pid);
    assert.equal(await sampler.finish(), undefined, "the window has not begun");
    sampler.during(clockMs() + 5, 30);
    let found = await sampler.finish();
    await until(
      "the window to be over",
      async () => (found = await sampler.finish()) !== undefined,
    );
    const { server } = found!;
    const times = [
      server["before connecting"],
      server["window starts"],
      server["window ends"],
      server.closed,
    ].map(({ cpuNs }) => cpuNs as number);
    assert.deepEqual(times.toSorted((a, b) => a - b), times);
    assert.ok(times[0]! > 0);
  },
}));
