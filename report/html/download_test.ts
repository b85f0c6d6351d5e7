import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { embed } from "./download.ts";

const plain = (result: Result): Result => JSON.parse(JSON.stringify(result));

/** What the page's script makes of the element. */
async function read({ markup }: { markup: string }): Promise<Result> {
  const inside = /^<script type="application\/gzip" id="results">([\w+/=]*)<\/script>$/.exec(
    markup,
  );
  assert.ok(inside, "the data must not contain a tag");
  const bytes = new Blob([Uint8Array.fromBase64(inside[1]!)]).stream();
  const json = new Response(bytes.pipeThrough(new DecompressionStream("gzip")));
  const { result, series } = await json.json();
  for (const [name, values] of Object.entries<unknown[]>(series)) {
    values.forEach((value, at) => {
      if (value !== null) result.trials[at][name] = value;
    });
  }
  return result;
}

Deno.test("embed() keeps the result as it is, whatever a server is called", async () => {
  const [first, ...others] = RESULT.servers;
  const title = "</script><!--<script>alert(1)";
  const hostile = { ...RESULT, servers: [{ ...first!, title }, ...others] };
  const { data, omission } = await embed(hostile, 1_000_000);
  assert.deepEqual(await read(data), plain(hostile));
  assert.equal(omission, "");
});

Deno.test("embed() leaves out as few series as the room demands, and says which", async () => {
  const samples = { every: 2, atMs: [1.5, 2.5], latencyMs: [0.25, 0.75] };
  const result: Result = {
    ...RESULT,
    trials: RESULT.trials.map((trial) => trial.state === "failed" ? trial : { ...trial, samples }),
  };
  const { data: { markup } } = await embed(result, 1_000_000);
  const { data, omission } = await embed(result, markup.length - 1);
  assert.match(omission, /^The results in this page lack the samples of the trials, as/);
  const { trials } = await read(data);
  assert.ok(trials.every((trial) => trial.state === "failed" || trial.samples === undefined));
  assert.deepEqual(
    trials.map((trial) => trial.state === "failed" ? null : trial.timeline),
    plain(result).trials.map((trial) => trial.state === "failed" ? null : trial.timeline),
  );
});

Deno.test("embed() keeps the figures even where there is no room at all", async () => {
  const { data, omission } = await embed(RESULT, 0);
  assert.match(omission, /lack the samples, the timeline and the histograms of the trials/);
  const { trials } = await read(data);
  assert.deepEqual(
    trials.map((trial) => trial.state === "failed" ? null : trial.metrics),
    plain(RESULT).trials.map((trial) => trial.state === "failed" ? null : trial.metrics),
  );
});
