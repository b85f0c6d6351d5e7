import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { openLibc, socketAddress } from "./libc.ts";

/** The address as Python's `socket.inet_pton` gives it, in hexadecimal digits. */
const addresses: Readonly<Record<string, string>> = {
  "127.0.0.1": "7f000001",
  "::1": "00000000000000000000000000000001",
  "::": "00000000000000000000000000000000",
  "2001:db8::1:0:2": "20010db8000000000000000100000002",
  "fe80::": "fe800000000000000000000000000000",
  "1:2:3:4:5:6:7:8": "00010002000300040005000600070008",
  "::ffff:192.0.2.1": "00000000000000000000ffffc0000201",
};

for (const [ip, digits] of Object.entries(addresses)) {
  Deno.test(`socketAddress() writes ${ip}`, () => {
    const address = socketAddress(ip, 0x1234);
    const isV6 = ip.includes(":");
    assert.equal(address.length, isV6 ? 28 : 16);
    assert.deepEqual([...address.subarray(0, 4)], [isV6 ? 10 : 2, 0, 0x12, 0x34]);
    const at = isV6 ? 8 : 4;
    assert.equal(address.subarray(at, at + digits.length / 2).toHex(), digits);
  });
}

// The test's own check for what is left open shows that the last one closes it.
Deno.test(needing("Linux", {
  name: "openLibc() shares the library as long as anybody has it open",
  fn() {
    const first = openLibc();
    const second = openLibc();
    assert.equal(second.call, first.call);
    first.dispose();
    first.dispose();
    assert.equal(second.call.close(-1), -1);
    assert.equal(second.errno(), 9);
    second.dispose();
    const third = openLibc();
    assert.notEqual(third.call, first.call);
    third.dispose();
  },
}));
