import assert from "node:assert/strict";
import { PLOTTED } from "./testdata.ts";
import { captionOf, cut, distinct, figureText, rounded } from "./words.ts";

Deno.test("cut() puts an ellipsis for what is missing, and tears no letter apart", () => {
  assert.equal(cut("abcdef", 6), "abcdef");
  assert.equal(cut("abcdefg", 6), "abcde…");
  assert.equal(cut("abcd efg", 6), "abcd…");
  assert.equal(cut("a\nb", 9), "a b");
  assert.equal(cut("👩‍🚀👩‍🚀👩‍🚀", 2), "👩‍🚀…");
});

Deno.test("distinct() numbers names that are alike", () => {
  assert.deepEqual(distinct(["a", "a", "b", "a"], 9), ["a", "a (2)", "b", "a (3)"]);
});

Deno.test("figureText() has separators and the unit", () => {
  const metric = { id: "m", title: "M", unit: "1/s", better: "none" } as const;
  assert.equal(figureText(152_345.6, metric), "152,346 1/s");
  assert.equal(figureText(0.25, { ...metric, unit: "", decimals: 1 }), "0.3");
});

Deno.test("rounded() keeps five digits", () => {
  assert.equal(rounded(1 / 3), 0.33333);
});

Deno.test("captionOf() has machine, versions and date", () => {
  assert.equal(
    captionOf(PLOTTED),
    "Example CPU @ 2.50GHz; Deno.serve, ws 8.21.3, socket.io 4.8.1 on deno 2.9.6; wsmark 0.1.0; 2026-01-31.",
  );
});

Deno.test("captionOf() names each runtime where they differ, and does without what is unknown", () => {
  const [native, ws] = PLOTTED.servers;
  const servers = [{ ...native!, runtime: "node 24" }, ws!, { id: "u", title: "u", protocol: "p" }];
  assert.equal(
    captionOf({ ...PLOTTED, machine: [], servers }),
    "Deno.serve on node 24, ws 8.21.3 on deno 2.9.6; wsmark 0.1.0; 2026-01-31.",
  );
});
