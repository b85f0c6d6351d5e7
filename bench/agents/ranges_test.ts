import assert from "node:assert/strict";
import { LOOPBACK, rangesOf } from "./ranges.ts";

for (
  const [range, address, isIn] of [
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["10.0.0.0/8", "::ffff:10.0.0.1", true],
    ["10.0.0.0/8", "::ffff:a00:1", true],
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3", "10.1.2.4", false],
    ["0.0.0.0/0", "8.8.8.8", true],
    ["fe80::/10", "fe80::1%eth0", true],
    ["fe80::/10", "fec0::1", false],
    ["fd00::/8", "fd12::1", true],
    ["::1", "::1", true],
    ["::1", "0:0:0:0:0:0:0:1", true],
    ["::1", "::2", false],
    ["10.0.0.0/8", "localhost", false],
    ["10.0.0.0/8", "", false],
    ["10.0.0.0/8", "10.1", false],
  ] as const
) {
  Deno.test(`rangesOf() finds ${address || "nothing"} ${isIn ? "" : "not "}in ${range}`, () => {
    assert.equal(rangesOf([range]).has(address), isIn);
  });
}

for (
  const text of ["", "10.0.0.0/33", "::/129", "10.0.0/8", "a/8", "10.0.0.0/8/8", "10.0.0.0/-1"]
) {
  Deno.test(`rangesOf() refuses "${text}"`, () => {
    assert.throws(() => rangesOf([text]), {
      name: "SyntaxError",
      message: `Cannot read a range of addresses: received "${text}"`,
    });
  });
}

Deno.test("LOOPBACK is this machine", () => {
  for (const address of ["127.0.0.1", "127.255.1.2", "::1", "::ffff:127.0.0.1"]) {
    assert.ok(LOOPBACK.has(address), address);
  }
  for (const address of ["0.0.0.0", "::", "10.0.0.1", "128.0.0.1"]) {
    assert.ok(!LOOPBACK.has(address), address);
  }
});
