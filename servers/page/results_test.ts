import { deepEqual, equal } from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import { duration, factsOf, progressText, summaryOf } from "./results.ts";
import type { SessionOutcome } from "./run.ts";

const latency = Histogram.from(Array.from({ length: 100 }, (_, index) => [(index + 1) * 1e6, 100]));

const PERFECT: SessionOutcome = {
  count: 10_000,
  received: 10_000,
  counts: {
    sent: 10_000,
    answered: 10_000,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    corrupted: 0,
  },
  tookMs: 400,
  latency,
  end: "complete",
};

const LOSSY: SessionOutcome = {
  ...PERFECT,
  received: 9_992,
  counts: { ...PERFECT.counts, answered: 9_990, lost: 10, duplicated: 2 },
  end: "silent",
};

const EMPTY: SessionOutcome = {
  ...PERFECT,
  received: 0,
  counts: { ...PERFECT.counts, sent: 300, answered: 0, lost: 300 },
  tookMs: undefined,
  latency: new Histogram(),
  end: "closed",
};

const plain = (text: string) => text.replaceAll("\u00A0", " ");

function facts(outcome: SessionOutcome, frame?: number): Record<string, string> {
  return Object.fromEntries(
    factsOf(outcome, frame).map(({ name, value }) => [name, plain(value)]),
  );
}

Deno.test("factsOf() names every figure with its unit", () => {
  deepEqual(facts(PERFECT, 33.4), {
    Sent: "10,000",
    Received: "10,000",
    Lost: "0",
    Duplicated: "0",
    Reordered: "0",
    Corrupted: "0",
    Time: "400 ms",
    "Messages/s": "25,000",
    "Latency p50": "50.0 ms",
    "Latency p90": "90.0 ms",
    "Latency p99": "99.0 ms",
    "Latency max": "100 ms",
    "Longest frame": "33.4 ms",
  });
});

Deno.test("factsOf() counts correct replies in the rate, and marks what is wrong", () => {
  equal(facts(LOSSY)["Messages/s"], "24,975");
  deepEqual(
    factsOf(LOSSY, 1).filter(({ isWrong }) => isWrong).map(({ name }) => name),
    ["Lost", "Duplicated"],
  );
  deepEqual(factsOf(PERFECT, 1).filter(({ isWrong }) => isWrong), []);
});

Deno.test("factsOf() has no figure for what was not measured", () => {
  const { Time, "Messages/s": rate, "Latency max": max, "Longest frame": frame } = facts(EMPTY);
  deepEqual([Time, rate, max, frame], ["none", "none", "none", "page hidden"]);
});

Deno.test("summaryOf() says how a run ended", () => {
  equal(
    plain(summaryOf(PERFECT)),
    "10,000 sent, 10,000 received in 400 ms: none lost, duplicated, reordered or corrupted.",
  );
  equal(
    plain(summaryOf(LOSSY)),
    "Ended after 3 s without a reply. 10,000 sent, 9,992 received in 400 ms: 10 lost, 2 duplicated.",
  );
  equal(
    plain(summaryOf(EMPTY)),
    "The connection ended during the run. 300 sent, 0 received: 300 lost.",
  );
  equal(
    plain(summaryOf({ ...EMPTY, end: "stopped" })).split(". ")[0],
    "Stopped before 10,000 messages were through",
  );
});

Deno.test("duration() has three significant digits", () => {
  const rows: [number, string][] = [
    [0, "0.000 ms"],
    [0.4123, "0.412 ms"],
    [0.9999, "1.00 ms"],
    [4.126, "4.13 ms"],
    [41.26, "41.3 ms"],
    [412.6, "413 ms"],
    [999.6, "1.00 s"],
    [41_260, "41.3 s"],
  ];
  for (const [ms, text] of rows) equal(plain(duration(ms)), text);
});

Deno.test("progressText() says when all is sent and replies are missing", () => {
  equal(progressText(500, 10_000, 400, true), "500 of 10,000 sent, 400 received");
  equal(
    progressText(10_000, 10_000, 9990, true),
    "10,000 of 10,000 sent, 9,990 received; ends after 3\u00A0s without a reply",
  );
  equal(progressText(10_000, 10_000, 9990, false), "10,000 of 10,000 sent, 9,990 received");
  equal(progressText(10_000, 10_000, 10_000, true), "10,000 of 10,000 sent, 10,000 received");
});
