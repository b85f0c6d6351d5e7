import assert from "node:assert/strict";
import { IntegrityLedger } from "../../../measure/record/integrity.ts";
import { PingAccount } from "../../../measure/record/accounts/pings.ts";
import { Recorder } from "../../../measure/record/recorder.ts";
import { exchangeOptions, reportOf } from "./task.ts";

Deno.test("exchangeOptions() finds the traffic and the payload of the scenario", () => {
  const { payload, timeline, samples, url } = exchangeOptions({
    url: "ws://127.0.0.1:1/echo",
    behaviour: "/echo",
    serverPid: null,
    hasPulse: false,
    protocol: "websocket",
    engine: "tcp",
    sources: [],
    scenario: "latency",
    parameters: { connections: 1, inFlight: 1, size: 80 },
    cpus: [],
    seed: 1,
    share: { index: 0, of: 1 },
    samples: 3,
    warmupMs: 0,
    durationMs: 100,
  });
  assert.deepEqual([payload.size, timeline, samples], [80, "replies", 3]);
  assert.equal(url, "ws://127.0.0.1:1/echo");
});

Deno.test("reportOf() is the same after a journey as JSON", () => {
  const pings = new PingAccount(1);
  const recorder = new Recorder(1, { samples: 2, accounts: [pings] });
  const ledger = new IntegrityLedger(1);
  recorder.begin(0);
  ledger.send(0);
  recorder.send(10);
  ledger.answer(0, 0);
  recorder.reply(0, 10, 12.5, 2);
  recorder.end(100);
  const phases = { connectMs: 1, warmupMs: 2, windowMs: 100, drainMs: 3 };
  const window = { askedMs: 100, allowedMs: 0, tookMs: 100, standstillMs: 0 };
  const outcome = { phases, window, recorder, ledger, connections: 1, lasting: 1 };
  const report = reportOf(outcome);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  assert.equal(report.counts.replies, 1);
  assert.equal(report.integrity.answered, 1);
  assert.equal(report.histograms.serviceTime?.length, 1);
  assert.deepEqual(report.samples?.latencyMs, [2.5]);
  assert.deepEqual(Object.keys(report.histograms), ["serviceTime"]);
  assert.ok(!("arrivals" in report || "pings" in report));
  pings.due(0, 1);
  assert.deepEqual(reportOf(outcome).pings, { due: 1, answered: 0 });
});
