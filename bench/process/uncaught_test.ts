import assert from "node:assert/strict";
import { catchUncaught } from "./uncaught.ts";

Deno.test("catchUncaught() reports what is thrown in a callback, and what nobody awaits", async () => {
  const { promise: thrown, resolve: tellThrown } = Promise.withResolvers<string>();
  {
    using _ = catchUncaught(tellThrown);
    queueMicrotask(() => {
      throw new TypeError("no callback");
    });
    assert.equal(await thrown, "TypeError: no callback");
  }
  const { promise: rejected, resolve: tellRejected } = Promise.withResolvers<string>();
  using _ = catchUncaught(tellRejected);
  Promise.reject("text");
  assert.equal(await rejected, "it threw string");
});
