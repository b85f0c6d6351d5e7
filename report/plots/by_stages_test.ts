import assert from "node:assert/strict";
import type { CaseDescription, Result, TimelineSlice } from "../../measure/model/result.ts";
import { byStages } from "./by_stages.ts";
import { latencyPlots } from "./over_time.ts";
import { renderSvg } from "./pictures/render.ts";
import { changed, dataOf, only, plotted } from "./testdata.ts";

/** A run of one scenario with one case with these parameters, and this timeline in each trial of a round. */
function ran(
  parameters: CaseDescription["parameters"],
  timelineOf: (round: number) => readonly TimelineSlice[],
): Result {
  const result = only("latency");
  const [scenario] = result.scenarios;
  const one = { id: "one", title: "one case", parameters };
  const run = changed(result, ({ round }) => ({ case: one.id, timeline: timelineOf(round) }));
  return { ...run, scenarios: [{ ...scenario!, cases: [one] }] };
}

const latency = { meanMs: 2, p50Ms: 1, p99Ms: 5, maxMs: 9 };
const slices = (round: number): TimelineSlice[] =>
  [0, 1000, 2000].map((atMs, index) => ({
    atMs,
    lengthMs: 1000,
    count: 100 * index + round,
    connections: 10 * (index + 1),
    ...latency,
    p99Ms: index === 1 ? null : 5 * (index + 1),
  }));

Deno.test("byStages() draws open connections, replies and latencies of connections in stages", () => {
  const result = ran({ stages: "3s:30", inFlight: 1 }, slices);
  const plots = plotted(byStages, result);
  assert.deepEqual(plots.map(({ id }) => id), [
    "latency-time-open",
    "latency-time-replies",
    "latency-time-latency",
  ]);
  const [open, replies, latencies] = plots.map((plot) =>
    dataOf(plot).filter(({ server }) => server === "ws")
  );
  assert.deepEqual(open!.map(({ x, y }) => [x, y]), [[1, 10], [2, 20], [3, 30]]);
  // The median of the seven rounds.
  assert.deepEqual(replies!.map(({ line, y }) => [line, y]), [
    ["answered", 4],
    ["answered", 104],
    ["answered", 204],
  ]);
  assert.deepEqual(latencies!.filter(({ line }) => line === "p99").map(({ x, y }) => [x, y]), [
    [1, 5],
    [3, 15],
  ]);
  assert.match(plots[0]!.alt, /ws: open at most 30\.0 \(at 3\.00 s\)\./);
  assert.deepEqual(plotted(latencyPlots, result), [], "one plot of the latency is enough");
});

Deno.test("byStages() draws what was due next to what was answered, of arrivals in stages", () => {
  const result = ran(
    { stages: "3s:200", arrivals: "constant" },
    (round) => slices(round).map((slice) => ({ ...slice, offered: 50 })),
  );
  const plots = plotted(byStages, result);
  assert.deepEqual(plots.map(({ id }) => id), ["latency-time-replies", "latency-time-latency"]);
  const due = dataOf(plots[0]!).filter(({ server, line }) => server === "ws" && line === "due");
  assert.deepEqual(due.map(({ y }) => y), [50, 50, 50]);
  assert.match(JSON.stringify(plots[0]!.spec), /Dashed: due; Solid: answered\./);
});

Deno.test("byStages() draws the open connections where they break off, and nothing of other cases", () => {
  const cut = plotted(byStages, ran({ connections: 30, cut: "client" }, slices));
  assert.deepEqual(cut.map(({ id }) => id), ["latency-time-open"]);
  assert.deepEqual(plotted(byStages, ran({ connections: 30 }, slices)), []);
  // Results of versions that did not count connections.
  const old = ran(
    { connections: 30, cut: "client" },
    (round) => slices(round).map(({ connections: _, ...slice }) => slice),
  );
  assert.deepEqual(plotted(byStages, old), []);
});

Deno.test("byStages(): a picture can be drawn", async () => {
  const [plot] = plotted(byStages, ran({ stages: "3s:30", inFlight: 1 }, slices));
  assert.match(await renderSvg(plot!), /^<svg/);
});
