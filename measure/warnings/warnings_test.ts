import assert from "node:assert/strict";
import { describe, sameness, type Warning } from "./warnings.ts";

const place = { scenario: "latency", case: "size=64", server: "native" };

for (
  const [warning, finding] of [
    [
      { kind: "generator saturated", cpuShare: 0.974 },
      "The client used 97 % of a CPU, so it may be the bottleneck, not the server.",
    ],
    [
      { kind: "wrong replies", lost: 10, duplicated: 0, reordered: 2, corrupted: 0 },
      "Replies were wrong: 10 lost, 2 reordered.",
    ],
    [
      { kind: "window held up", askedMs: 3000, tookMs: 4321, standstillMs: 3012 },
      "The window was open for 4.32 s instead of 3.00 s, and the client stood still for 3.01 s of it.",
    ],
    [
      { kind: "window held up", askedMs: 3000, tookMs: 3000.4, standstillMs: 512 },
      "The client stood still for 0.51 s of the window of 3.00 s.",
    ],
    [
      { kind: "window empty", sent: 0 },
      "Nothing was sent or answered in the window: it has no rate and no latency.",
    ],
    [
      { kind: "window empty", sent: 1200 },
      "No reply came in the window, in which the client sent 1,200 messages: it has no rate and no latency.",
    ],
    [
      { kind: "window held up", askedMs: 300, tookMs: 5312, standstillMs: 0 },
      "The window was open for 5.31 s instead of 0.30 s.",
    ],
    [
      { kind: "pongs missing", missing: 12, due: 9000 },
      "12 of 9,000 pings had no pong when the drain was over.",
    ],
    [
      { kind: "connections unserved", unserved: 12, connections: 1024 },
      "12 of 1,024 connections got no reply in the window.",
    ],
    [
      { kind: "breaks integrity", title: "ws", what: "changes what it is sent (case 1.1.1)" },
      "ws changes what it is sent (case 1.1.1).",
    ],
    [
      { kind: "not pinned", reason: "there is only 1 CPU to run on" },
      "Server and client were not pinned to separate CPUs: there is only 1 CPU to run on.",
    ],
    [
      { kind: "rate not reached", share: 0.8754 },
      "Only 87.5 % of the messages that were due could be sent in the window.",
    ],
    [
      { kind: "late sends", share: 0.33, longestMs: 12.34, ownShare: 0.31, isFull: true },
      "The client sent 33 % of the messages more than 1 ms late (31 % even without the time in which it had no CPU), the latest by 12.3 ms: one generator is full.",
    ],
    [
      { kind: "late sends", share: 0.25, longestMs: 312.34, ownShare: 0.004, isFull: false },
      "The client sent 25 % of the messages more than 1 ms late (0.4 % even without the time in which it had no CPU), the latest by 312.3 ms: the client was delayed.",
    ],
    [
      { kind: "late sends", share: 0.25, longestMs: 312.34 },
      "The client sent 25 % of the messages more than 1 ms late, the latest by 312.3 ms: the client was delayed.",
    ],
    [
      { kind: "disturbed", who: "server", share: 0.33 },
      "The server waited for a CPU in 33 % of the window, because other programs were using it.",
    ],
    [
      {
        kind: "disturbed",
        who: "server",
        share: 0.5,
        quota: { cpus: 0.5, times: 28, throttledMs: 1412, isLesserPart: false },
      },
      "The server waited for a CPU in 50 % of the window: the CPU quota of 0.5 CPUs of its control group ran out 28 times, and held it back for 1.41 s in all.",
    ],
    [
      {
        kind: "disturbed",
        who: "client",
        share: 0.2,
        quota: { cpus: null, times: 1, throttledMs: 90, isLesserPart: true },
      },
      "The client waited for a CPU in 20 % of the window: the CPU quota of its control group ran out once, and held it back for 0.09 s in all; other programs took the rest.",
    ],
    [
      { kind: "stolen time", share: 0.12 },
      "The hypervisor took 12 % of the CPU time in the window.",
    ],
    [
      { kind: "priority differs", serverNice: 5, clientNice: 0, asked: 0 },
      "The server ran with niceness 5 and the client with 0; wsmark was given 0.",
    ],
    [
      { kind: "priority differs", serverNice: 0, clientNice: 0, asked: -5 },
      "Server and client ran with niceness 0 instead of -5, which wsmark was given.",
    ],
    [
      { kind: "rounds differ", spread: 0.4, ...place },
      "Rounds vary: the middle 50 % spans 40 % of the median.",
    ],
    [
      { kind: "warm-up not over", change: -0.2, ...place },
      "The rate fell by 20 % from the first half of the window to the second: the server was still warming up.",
    ],
    [
      { kind: "memory growing", growth: 0.6, ...place },
      "The server's memory grew by 60 % within the window: the real peak may be higher.",
    ],
    [
      { kind: "too few samples", percentile: 99.9, samples: 4000, needed: 10_000, ...place },
      "p99.9 of a round comes from only 4,000 samples: at least 10,000 are needed.",
    ],
    [
      { kind: "one round holds the tail", percentile: 99, round: 3, share: 0.9, ...place },
      "Round 3 has 90 % of the messages beyond the p99 of all rounds: that is the p99 of one round.",
    ],
    [
      { kind: "timer too coarse", stepNs: 1e6, latencyNs: 4e6, ...place },
      "The clock goes in steps of 1,000,000 ns, which is 25 % of the median latency.",
    ],
    [
      { kind: "machine is busy", load: 5.25, cpus: 2 },
      "The load average was 5.3 on 2 CPUs when the run began: other programs were running.",
    ],
    [
      { kind: "machine is busy", load: 2.04, cpus: 2 },
      "The load average was 2.04 on 2 CPUs when the run began: other programs were running.",
    ],
    [
      { kind: "cores shared", cores: [[0, 4], [1, 5]] },
      "Server and client share physical cores: CPUs 0 and 4; 1 and 5 are threads of one core each.",
    ],
    [
      { kind: "too few rounds", rounds: 1, needed: 5 },
      "There was one round, so nothing is known about the spread.",
    ],
    [
      { kind: "too few rounds", rounds: 3, needed: 5 },
      "There were 3 rounds: too few to judge any difference.",
    ],
    [{ kind: "trials failed", failed: 2, planned: 9 }, "2 of 9 trials failed."],
    [{ kind: "run is partial", ended: 4, planned: 9 }, "The run was stopped after 4 of 9 trials."],
    [
      { kind: "run is partial", ended: 4, planned: 9, because: "mine was away for 10 s" },
      "The run ended after 4 of 9 trials: mine was away for 10 s.",
    ],
    [
      { kind: "resumed", times: 1, differs: [] },
      "The run was stopped and resumed once: its rounds were not run back to back.",
    ],
    [
      { kind: "resumed", times: 2, differs: ["wsmark: 1 before, 2 now"] },
      "The run was stopped and resumed 2 times: its rounds were not run back to back, and not all is as before: wsmark: 1 before, 2 now.",
    ],
    [
      { kind: "resumed", times: 1, again: 1, differs: [] },
      "The run was stopped and resumed once: its rounds were not run back to back. One trial that had failed ran again: its failure is not counted.",
    ],
    [
      { kind: "resumed", times: 1, again: 2, differs: [] },
      "The run was stopped and resumed once: its rounds were not run back to back. 2 trials that had failed ran again: their failures are not counted.",
    ],
    [
      { kind: "torn last line", file: "trials.jsonl" },
      "The last line of trials.jsonl was cut off, as happens when the machine stops; it was left out.",
    ],
    [
      { kind: "damaged lines", file: "trials.jsonl", count: 1, lines: [3], reason: "no JSON" },
      "A line of trials.jsonl could not be read and was left out: 3 (no JSON).",
    ],
    [
      { kind: "damaged lines", file: "trials.jsonl", count: 9, lines: [3, 5], reason: "no JSON" },
      "9 lines of trials.jsonl could not be read and were left out: 3, 5 and 7 more (no JSON).",
    ],
  ] as const satisfies readonly (readonly [Warning, string])[]
) {
  Deno.test(`describe() words "${finding}"`, () => {
    const text = describe([warning]);
    assert.equal(text.finding, finding);
    assert.ok(text.advice.endsWith("."));
  });
}

for (
  const [warnings, finding] of [
    [
      [0.91, 1, 0.95].map((cpuShare) => ({ kind: "generator saturated", cpuShare }) as const),
      "The client used 91 to 100 % of a CPU, so it may be the bottleneck, not the server.",
    ],
    [
      [0.82, 1.2].map((share) => ({ kind: "near the ceiling", share }) as const),
      "The rate is 82 to 100 % of what the load generator reached here against the reference server, so the generator may be the bottleneck.",
    ],
    [
      [0, 64].map((sent) => ({ kind: "window empty", sent }) as const),
      "No reply came in the window, in which the client sent 0 to 64 messages: it has no rate and no latency.",
    ],
    [
      [3, 40].map((unserved) =>
        ({ kind: "connections unserved", unserved, connections: 1024 }) as const
      ),
      "3 to 40 of 1,024 connections got no reply in the window.",
    ],
    [
      [1, 2].map((round) =>
        ({ kind: "one round holds the tail", percentile: 99, round, share: 0.8, ...place }) as const
      ),
      "A single round has 80 % of the messages beyond the p99 of all rounds: that is the p99 of one round.",
    ],
  ] as const
) {
  Deno.test(`describe() words a range: "${finding}"`, () => {
    const [first, ...others] = warnings as readonly Warning[];
    assert.equal(describe([first!, ...others]).finding, finding);
    assert.equal(new Set(warnings.map(sameness)).size, 1);
  });
}

Deno.test("sameness() is that of warnings that differ in their figures only", () => {
  const quota = { cpus: 1, times: 2, throttledMs: 3, isLesserPart: false };
  const disturbed = [
    { kind: "disturbed", who: "server", share: 0.2 },
    { kind: "disturbed", who: "client", share: 0.2 },
    { kind: "disturbed", who: "server", share: 0.2, quota },
    { kind: "disturbed", who: "server", share: 0.2, quota: { ...quota, cpus: 2 } },
  ] as const;
  assert.equal(new Set(disturbed.map(sameness)).size, 4);
  assert.equal(
    sameness(disturbed[2]),
    sameness({ ...disturbed[2], quota: { ...quota, times: 9 } }),
  );
});
