import assert from "node:assert/strict";
import { canonical, digestOf } from "./canonical.ts";

Deno.test("canonical() writes the examples of RFC 8785 as it does", () => {
  // Sections 3.2.2 and 3.2.3, appendix B.
  assert.equal(
    canonical({
      numbers: [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    }),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  assert.equal(
    canonical({
      "\u20ac": 1,
      "\r": 2,
      "\ufb33": 3,
      "1": 4,
      "\u{1f600}": 5,
      "\u0080": 6,
      "\u00f6": 7,
    }),
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
  );
  assert.equal(canonical([-0, undefined, { a: undefined }]), "[0,null,{}]");
  assert.throws(() => canonical({ a: NaN }), TypeError);
});

Deno.test("digestOf() is SHA-256 of the canonical text", async () => {
  // printf '{"a":1,"b":2}' | sha256sum
  const expected = "43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777";
  assert.equal(await digestOf({ b: 2, a: 1 }), expected);
});
