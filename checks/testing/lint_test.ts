import assert from "node:assert/strict";
import plugin from "./lint.ts";

const RULE = "wsmark/no-spread-arguments";

/** The rules that a file of one line breaks. */
function brokenBy(code: string, file: string = "measure/some.ts"): string[] {
  return Deno.lint.runPlugin(plugin, file, code).map(({ id }) => id);
}

for (
  const code of [
    "Math.max(...list);",
    "Math.max(0, ...list.map(read));",
    "all.push(...list);",
    "new Set(...list);",
    "String.fromCharCode.apply(null, list);",
  ]
) {
  Deno.test(`no-spread-arguments finds ${code}`, () => {
    assert.deepEqual(brokenBy(code), [RULE]);
  });
}

for (const code of ["[...list];", "call(...[1, 2]);", "({ ...one });", "apply(list);"]) {
  Deno.test(`no-spread-arguments lets ${code} pass`, () => assert.deepEqual(brokenBy(code), []));
}

Deno.test("no-spread-arguments is not for tests", () => {
  for (
    const file of ["measure/some_test.ts", "report/testing/testdata.ts", "runner/testing/one.ts"]
  ) {
    assert.deepEqual(brokenBy("Math.max(...list);", file), []);
  }
});
