import assert from "node:assert/strict";
import { BatchAccount } from "./batches.ts";

Deno.test("BatchAccount keeps a batch that began in the window", () => {
  const batches = new BatchAccount();
  batches.finish(-5, 5);
  batches.begin(0);
  batches.finish(0, 50);
  batches.end(50);
  batches.finish(50, 60);
  assert.equal(batches.histograms.batchTime.count, 1);
});
