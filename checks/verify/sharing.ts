import type { GeneratorReport } from "../../bench/generator/messages.ts";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { EVERY, FAULTS, finding } from "./replies.ts";
import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { count } from "./words.ts";

/** A connection for each agent, so that it is known how many messages each fault is due for. */
const CONNECTIONS = 3;
const RATE = 3000;

/** The histograms of agents, counted bucket by bucket with nothing of the code that merges them. */
export function sumOf(reports: readonly GeneratorReport[], name: "responseTime"): Histogram {
  const sum = new Map<number, number>();
  for (const { histograms } of reports) {
    for (const [ns, times] of histograms[name] ?? []) sum.set(ns, (sum.get(ns) ?? 0) + times);
  }
  return Histogram.from([...sum].sort(([a], [b]) => a - b));
}

/** Several agents are to measure what one would. */
export const sharing: Check = {
  id: "sharing",
  title:
    "Agents share a trial exactly: wrong replies, schedule and histograms are the sum of theirs",
  by: "agents",
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
    const all: GeneratorReport[] = [];
    const part = (report: GeneratorReport): void => void all.push(report);
    for (const { fault, wrong, among } of FAULTS) {
      const parts = all.length;
      const done = await trial({
        server: knownServer(fault, fault, { [fault]: EVERY }),
        parameters: { connections: CONNECTIONS, inFlight: 4, size: 64 },
        durationMs: 400,
        part,
      });
      const due = all.slice(parts).map(({ integrity: { sent } }) => among(sent));
      const truth = { ...none, [wrong]: due.reduce((sum, one) => sum + one, 0) };
      yield finding(
        `${fault}, over ${due.length} agents (${due.map(count).join(" + ")})`,
        done,
        truth,
      );
    }
    const before = all.length;
    const open = await trial({
      server: knownServer("echo", "echo", {}),
      parameters: { connections: 12, size: 64, arrivals: "poisson", rate: RATE },
      durationMs: 1000,
      part,
    });
    const reports = all.slice(before);
    yield scheduleOf(open, reports);
    const sum = sumOf(reports, "responseTime");
    yield {
      what: `response times of ${reports.length} agents, bucket by bucket`,
      expected: `${count(sum.count)} values, as added by hand`,
      measured: open.histograms.responseTime === encodeHistogram(sum)
        ? "the same buckets"
        : "other buckets",
      holds: open.histograms.responseTime === encodeHistogram(sum),
    };
  },
};

/** Every arrival is offered by one agent. */
function scheduleOf(open: CompletedTrial, reports: readonly GeneratorReport[]): CheckFinding {
  const offered = reports.map(({ arrivals }) => arrivals?.offered ?? 0);
  const sum = offered.reduce((total, one) => total + one, 0);
  return {
    what: `open loop at ${count(RATE)}/s, arrivals`,
    expected: `${offered.map(count).join(" + ")} = ${count(sum)}`,
    measured: count(open.arrivals?.offered ?? 0),
    holds: open.arrivals?.offered === sum,
  };
}
