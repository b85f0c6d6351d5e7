import assert from "node:assert/strict";
import { HistogramLogReader, listTags } from "hdr-histogram-js";
import type { CompletedTrial, Result } from "../../measure/model/result.ts";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./hlog.ts";
import { textOf } from "./testing/rendered.ts";

interface Read {
  readonly tag: string;
  readonly count: number;
  readonly startMs: number;
  readonly lengthMs: number;
}

function read(result: Result): Read[] {
  const reader = new HistogramLogReader(textOf(render(result)), 64);
  const intervals: Read[] = [];
  for (;;) {
    const histogram = reader.nextIntervalHistogram();
    if (histogram === null) return intervals;
    const { tag, totalCount, startTimeStampMsec, endTimeStampMsec } = histogram;
    intervals.push({
      tag,
      count: totalCount,
      startMs: Math.round(startTimeStampMsec),
      lengthMs: Math.round(endTimeStampMsec - startTimeStampMsec),
    });
  }
}

Deno.test("render() of hlog has an interval for each window, with a tag that other readers understand", () => {
  const tags = listTags(textOf(render(RESULT)));
  assert.ok(tags.includes("native.echo[connections=1;inFlight=1;size=16].serviceTime"));
  assert.ok(!tags.some((tag) => tag.startsWith("socketio.echo[connections=64")), "wrong replies");
  const [first] = read(RESULT);
  assert.deepEqual([first!.count, first!.lengthMs], [100, 200]);
  const trial = RESULT.trials[0] as CompletedTrial;
  const { startMs, connectMs, warmupMs } = trial.phases;
  assert.equal(
    first!.startMs,
    Math.round(Date.parse(trial.startedAt) + startMs + connectMs + warmupMs),
  );
});

Deno.test("render() of hlog cuts the window into the slices of its timeline if every message was kept", () => {
  const latencyMs = Array.from({ length: 20 }, (_, index) => 1 + index / 10);
  const whole = new Histogram();
  for (const ms of latencyMs) whole.record(ms * 1e6);
  const [trial] = RESULT.trials as [CompletedTrial];
  const kept = (atMs: readonly number[]): Result => ({
    ...RESULT,
    trials: [{
      ...trial,
      histograms: { serviceTime: encodeHistogram(whole) },
      samples: { every: 1, atMs: [...atMs], latencyMs: latencyMs.slice(0, atMs.length) },
    }],
  });
  const all = latencyMs.map((_, index) => index < 5 ? index : 100 + index);
  const slices = read(kept(all));
  assert.deepEqual(slices.map(({ count, lengthMs }) => [count, lengthMs]), [[5, 100], [15, 100]]);
  assert.equal(slices[1]!.startMs - slices[0]!.startMs, 100);
  const part = read(kept(all.slice(0, 10)));
  assert.deepEqual(part.map(({ count, lengthMs }) => [count, lengthMs]), [[20, 200]]);
});
