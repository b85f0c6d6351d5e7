import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { embed } from "./download.ts";

/** What a page finds in the element. */
function read({ markup }: { markup: string }): Result {
  const inside = /^<script type="application\/json" id="results">([^<]*)<\/script>$/.exec(markup);
  assert.ok(inside, "the data must not contain a tag");
  return JSON.parse(inside[1]!);
}

Deno.test("embed() keeps the result as it is, whatever a server is called", () => {
  const [first, ...others] = RESULT.servers;
  const title = "</script><!--<script>alert(1)";
  const hostile = { ...RESULT, servers: [{ ...first!, title }, ...others] };
  const { data, omission } = embed(hostile);
  assert.deepEqual(read(data), JSON.parse(JSON.stringify(hostile)));
  assert.equal(omission, "");
});

Deno.test("embed() leaves the timeline out of a result that is too big, and says so", () => {
  const { data, omission } = embed(RESULT, 100);
  const { trials } = read(data);
  assert.equal(trials.length, RESULT.trials.length);
  assert.ok(trials.every((trial) => trial.state === "failed" || trial.timeline.length === 0));
  assert.match(omission, /^The timeline of the trials and the samples are left out/);
});
