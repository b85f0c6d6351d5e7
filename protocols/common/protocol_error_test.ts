import { equal } from "node:assert/strict";
import { bytesOf } from "../parts/bytes.ts";
import { excerptOf, refusal } from "./protocol_error.ts";

Deno.test("refusal() says what was refused and why, in one line", () => {
  const { kind, message } = refusal("the login", "bad\r\n \x1b[31mpassword");
  equal(kind, "refused");
  equal(message, "The server refused the login: bad \\u001b[31mpassword");
  equal(refusal("the login", "").message, "The server refused the login");
});

Deno.test("excerptOf() cuts what is long, and takes no bytes amiss", () => {
  equal(excerptOf(bytesOf("a-ERR no\r\n"), 1, 8), "-ERR no");
  equal(excerptOf(Uint8Array.of(0xff, 0), 0, 2), "\ufffd\\u0000");
  equal(excerptOf(bytesOf("x".repeat(5000)), 0, 5000).length < 300, true);
});
