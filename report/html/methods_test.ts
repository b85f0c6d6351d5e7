import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { methodsMarkup } from "./methods.ts";

Deno.test("methodsMarkup() says where the processes ran, and when a difference is claimed", () => {
  const { markup } = methodsMarkup(RESULT);
  assert.match(markup, /the server to 0, the client to 1\./);
  assert.match(
    markup,
    /95 % interval excludes 1, it is above 2 %, and p, adjusted by Benjamini and Hochberg/,
  );
  assert.match(markup, /is at most 0\.05; <em>probable<\/em>/);
});

Deno.test("methodsMarkup() says that the servers of a case run back to back, if they did", () => {
  assert.doesNotMatch(methodsMarkup(RESULT).markup, /back to back/);
  const settings = { ...RESULT.settings, order: "blocks" } as const;
  assert.match(methodsMarkup({ ...RESULT, settings }).markup, /servers of a case run back to back/);
});

Deno.test("methodsMarkup() says why nothing was pinned", () => {
  const pinning = { absent: "there is <one> CPU" };
  const result: Result = { ...RESULT, settings: { ...RESULT.settings, pinning } };
  assert.match(methodsMarkup(result).markup, /not pinned .*: there is &lt;one&gt; CPU\./);
});
