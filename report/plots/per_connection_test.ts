import assert from "node:assert/strict";
import { perConnection } from "./per_connection.ts";
import { changed, dataOf, only, PLOTTED, plotted } from "./testdata.ts";

Deno.test("perConnection() has the figures of slowest, mean and fastest", () => {
  const [plot, ...others] = plotted(perConnection, only("throughput"));
  assert.deepEqual(others, []);
  const [first] = dataOf(plot!).filter((datum) => "mean" in datum);
  assert.equal(
    first!.description,
    "0|Deno.serve: slowest 5,000, mean 6,250, fastest 10,000 messages/s; connections=16,size=64",
  );
  assert.deepEqual([first!.server, first!.min, first!.mean, first!.max], [
    "Deno.serve",
    5000,
    6250,
    10_000,
  ]);
  assert.match(plot!.alt, /Deno\.serve 5,000, 6,250, 10,000; ws 2,500/);
  assert.match(plot!.alt, /Not drawn: socket\.io/);
});

Deno.test("perConnection() draws cases with several connections whose rate depends on the server", () => {
  assert.deepEqual(plotted(perConnection, PLOTTED).map(({ id }) => id), [
    "throughput-connections",
    "scalability-connections",
  ]);
  const [, plot] = plotted(perConnection, PLOTTED);
  assert.ok(dataOf(plot!).every((datum) => datum.case !== "connections=1"));
});

Deno.test("perConnection() leaves out a server without replies", () => {
  const silent = changed(only("scalability"), (trial) => {
    const { connections } = trial;
    return trial.server !== "ws" || connections === undefined
      ? {}
      : { connections: undefined } as never;
  });
  assert.match(
    plotted(perConnection, silent)[0]!.alt,
    /Not drawn: ws \(no connection had a reply\)/,
  );
});
