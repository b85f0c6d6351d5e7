import assert from "node:assert/strict";
import { UsageError } from "../../bench/usage.ts";
import { needing, readersPython } from "../../checks/testing/needs.ts";
import { readPort, serveMetrics } from "./metrics.ts";
import { completed, planned, plannedOf, started } from "./testing.ts";
import type { RunEvent } from "../../bench/run/run.ts";

async function scraped(url: string): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(url);
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, text: await response.text() };
}

Deno.test("serveMetrics() serves OpenMetrics at /metrics alone, on loopback, until it is disposed", async () => {
  let url: string;
  {
    await using metrics = serveMetrics(0);
    url = metrics.url;
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    metrics.happened(planned as RunEvent);
    const { status, type, text } = await scraped(url);
    assert.equal(status, 200);
    assert.equal(type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    assert.match(text, /^wsmark_trials_planned \d+\.0$/m);
    assert.ok(text.endsWith("# EOF\n"));
    assert.equal((await scraped(new URL("/", url).href)).status, 404);
    const refused = await fetch(url, { headers: { origin: "http://evil.example" } });
    assert.equal(refused.status, 403);
    await refused.body?.cancel();
  }
  await assert.rejects(fetch(url));
});

Deno.test("serveMetrics() says in one line that a port is in use", async () => {
  await using first = serveMetrics(0);
  const port = Number(new URL(first.url).port);
  assert.throws(() => serveMetrics(port), {
    name: UsageError.name,
    message:
      `--metrics cannot listen on port ${port}: it is in use. Name another one, or 0 for a free one`,
  });
});

Deno.test("readPort() reads a port, and refuses anything else with what was received", () => {
  assert.deepEqual(["0", "9464", "65535"].map(readPort), [0, 9464, 65_535]);
  for (const text of ["65536", "-1", "1.5", "ws://localhost", "1e3", " "]) {
    assert.throws(() => readPort(text), {
      message: `--metrics needs a port from 0 to 65535: received "${text}"`,
    });
  }
});

Deno.test(needing(["readers of formats"], {
  name: "Prometheus' parser reads what serveMetrics() serves while a trial runs",
  async fn() {
    await using metrics = serveMetrics(0);
    const [one, two] = [plannedOf("native", "throughput", 1), plannedOf("evil", "throughput", 1)];
    const events = [planned, started(one), completed(one, 10, 2), started(two)] as RunEvent[];
    for (const event of events) metrics.happened(event);
    metrics.pulse({
      state: "running",
      phase: "window",
      lengthMs: 200,
      count: 9,
      meanMs: 1,
      maxMs: 2,
    });
    const { text } = await scraped(metrics.url);
    const code = "import sys\n" +
      "from prometheus_client.openmetrics.parser import text_string_to_metric_families as read\n" +
      "print(*sorted(f.name for f in read(sys.argv[1])))";
    const { stdout, stderr } = await new Deno.Command(readersPython(), {
      args: ["-c", code, text],
    }).output();
    const said = new TextDecoder();
    assert.equal(
      said.decode(stdout).trim(),
      "wsmark_pulse_events wsmark_pulse_latency_max_seconds wsmark_pulse_latency_mean_seconds " +
        "wsmark_pulse_rate_per_second wsmark_replies wsmark_running_trial wsmark_trials " +
        "wsmark_trials_planned wsmark_wrong_replies",
      said.decode(stderr),
    );
  },
}));
