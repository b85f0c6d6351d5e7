import assert from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { mergeReports } from "../generator/share.ts";
import type { GeneratorFailure, GeneratorReport } from "../generator/messages.ts";
import { decode, encode, encodePart, News, newsOf, Order, ordersOf } from "./messages.ts";
import { RemoteGenerator } from "./remote_generator.ts";
import { tellerOf } from "./teller.ts";
import { takingTurns } from "../process/turns.ts";
import type { Tell } from "./work.ts";
import { memoryNet } from "./testing/memory_bus.ts";
import { TASK } from "./testing/task.ts";

const sample = { cpuNs: 1, residentBytes: 2, peakBytes: 3, processes: [] };
const samples = {
  "before connecting": sample,
  "window starts": sample,
  "window ends": sample,
  closed: sample,
};

/** A report of messages that took these times. */
function reportOf(times: readonly number[]): GeneratorReport {
  const histogram = new Histogram();
  for (const ns of times) histogram.record(ns);
  const count = times.length;
  return {
    state: "completed",
    startedAtMs: 1000,
    phases: { connectMs: 1, warmupMs: 50, windowMs: 1000, drainMs: 2 },
    window: { askedMs: 1000, allowedMs: 0, tookMs: 1000, standstillMs: 0 },
    counts: { sent: count, replies: count, replyBytes: 0, handshakes: 0, connections: 1 },
    integrity: { sent: count, answered: count, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    histograms: { serviceTime: [...histogram.entries()] },
    timeline: [],
    server: null,
    generator: samples,
    others: [],
    throttled: { server: null, client: null },
    stolen: 0,
  };
}

/** Where the parts of a report begin. */
function parts(size: number, most: number): number[] {
  return Array.from({ length: Math.ceil(size / most) }, (_, part) => part * most);
}

/** A generator on an agent that tells a report at once in each window, by messages of so many bytes. */
async function reportedBy(report: unknown, windows = 1, mostBytes = 20_000) {
  const net = memoryNet(mostBytes);
  const [bus, there] = [net.bus(), net.bus()];
  const orders: string[] = [];
  const fetches: number[] = [];
  let teller: Tell | undefined;
  there.answer(ordersOf("i"), (content) => {
    const order = decode(content, Order);
    if (order.order === "fetch") fetches.push(order.from);
    else orders.push("window" in order ? `${order.order} ${order.window}` : order.order);
    if (order.order === "clock") return encode({ answer: "clock", atMs: 5 });
    if (!("work" in order)) return encode({ answer: "refused", reason: "what is that?" });
    const tell = teller ??= tellerOf(there, "i", "s", order.work);
    const bytes = encode(report);
    if (order.order === "fetch") {
      return encodePart(bytes.subarray(order.from, order.from + mostBytes - 1));
    }
    if (order.order === "connect") tell({ kind: "connected", clockErrorMs: 0.5 });
    if (order.order === "run") {
      tell({ kind: "said", messages: 3 });
      tell({ kind: "report", size: bytes.length });
    }
    return encode({ answer: "done" });
  });
  const taken = { id: "a", instance: "i", session: "s", lost: new Promise<string>(() => {}) };
  const reached = { bus, taken, inTurn: takingTurns(1) };
  const generator = new RemoteGenerator(reached, "a title", "wire", {});
  bus.answer(newsOf("s"), (content) => {
    const news = decode(content, News);
    assert.equal(news.work, generator.work);
    generator.hear(news);
    return new Uint8Array();
  });
  let answer: GeneratorReport | GeneratorFailure | undefined;
  for (let window = 1; window <= windows; window++) {
    assert.deepEqual(await generator.connect(TASK), { state: "connected" });
    assert.deepEqual(await generator.clock(), { atMs: 5, errorMs: 0.5 });
    answer = await generator.run({ said: (messages) => generator.learn(messages) }, 1);
  }
  await generator.stop();
  const each = [1, 2, 3].slice(0, windows).flatMap((window) => [
    `connect ${window}`,
    "clock",
    `run ${window}`,
    `learn ${window}`,
  ]);
  assert.deepEqual(orders, ["start", ...each, "stop"]);
  assert.deepEqual([...new Set(fetches)], parts(encode(report).length, mostBytes - 1));
  return answer!;
}

Deno.test("RemoteGenerator gives a report that came in parts as it was", async () => {
  const random = seededRandom(3);
  const report = reportOf(Array.from({ length: 30_000 }, () => Math.floor(random() * 1e9)));
  assert.ok(JSON.stringify(report).length > 60_000, "it takes several parts");
  assert.deepEqual(await reportedBy(report), report);
  assert.deepEqual(await reportedBy(report, 3), report);
});

Deno.test("reports of agents merge to what one recorder of all samples has, bucket by bucket and in each percentile", async () => {
  const random = seededRandom(11);
  const times = Array.from({ length: 30_000 }, () => Math.floor(random() ** 5 * 2e9) + 1);
  const parts = [0, 1, 2].map((agent) => times.filter((_, index) => index % 3 === agent));
  const reports = await Promise.all(parts.map((part) => reportedBy(reportOf(part))));
  const completed = reports.filter((one) => one.state === "completed");
  const merged = mergeReports(completed).histograms.serviceTime!;
  const whole = new Histogram();
  for (const ns of times) whole.record(ns);
  assert.deepEqual(merged, [...whole.entries()]);
  const histogram = Histogram.from(merged);
  for (const percentile of [0.1, 1, 50, 90, 99, 99.9, 99.99, 100]) {
    assert.equal(histogram.percentile(percentile), whole.percentile(percentile));
  }
  assert.equal(histogram.count, 30_000);
});

Deno.test("RemoteGenerator fails by the agent's name for a report that is none", async () => {
  const { histograms: _, ...rest } = reportOf([1]);
  const answer = await reportedBy(rest);
  assert.match(
    answer.state === "failed" ? answer.reason : "",
    /^The agent a: Cannot read a message: histograms: /,
  );
  const evil = await reportedBy({ ...reportOf([1]), histograms: { serviceTime: [[1, -5]] } });
  assert.equal(evil.state, "failed");
});
