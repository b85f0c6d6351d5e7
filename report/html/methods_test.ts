import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { methodsMarkup } from "./methods.ts";

Deno.test("methodsMarkup() says where the processes ran, and when a difference is claimed", () => {
  const { markup } = methodsMarkup(RESULT);
  assert.match(markup, /the server to 0, the client to 1\./);
  assert.match(markup, /p ≤ 0\.05, the interval excludes 1 and the difference is above 2 %/);
});

Deno.test("methodsMarkup() says why nothing was pinned", () => {
  const pinning = { absent: "there is <one> CPU" };
  const result: Result = { ...RESULT, settings: { ...RESULT.settings, pinning } };
  assert.match(methodsMarkup(result).markup, /not pinned .*: there is &lt;one&gt; CPU\./);
});
