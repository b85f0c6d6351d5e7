import assert from "node:assert/strict";
import { clockMs } from "./clock.ts";
import { tellMoments } from "./moments.ts";

Deno.test("tellMoments() tells both ends in their order", async () => {
  const told: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  using _ = tellMoments(clockMs() + 5, 20, (moment) => {
    told.push(moment);
    if (moment === "window ends") resolve();
  });
  await promise;
  assert.deepEqual(told, ["window starts", "window ends"]);
});

Deno.test("tellMoments() tells nothing once its scope is left", async () => {
  {
    using _ = tellMoments(clockMs() + 5, 0, () => assert.fail("it was told"));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
});
