import assert from "node:assert/strict";
import { socketAddress } from "./libc.ts";

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
