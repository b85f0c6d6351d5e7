import assert from "node:assert/strict";
import { CompressionAccount } from "./compression.ts";

Deno.test("CompressionAccount counts compressed bytes inside the window", () => {
  const compression = new CompressionAccount();
  compression.begin(0);
  compression.send(1, 1000);
  compression.begin(10);
  compression.send(9, 1000);
  compression.send(10, 3);
  compression.receive(19, 5);
  compression.receive(19.5, 7);
  compression.end(20);
  compression.send(20, 1000);
  compression.receive(20, 1000);
  assert.deepEqual(compression.counts(), { sentBytes: 3, replyBytes: 12 });
});
