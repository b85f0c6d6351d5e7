import { equal, ok } from "node:assert/strict";
import { beginsWith, digitsIn } from "./scan.ts";
import { bytesOf } from "../parts/bytes.ts";

Deno.test("beginsWith() sees what is before the end only", () => {
  const source = bytesOf("xMSG a");
  ok(beginsWith(bytesOf("MSG "), source, 1, 5));
  ok(!beginsWith(bytesOf("MSG "), source, 1, 4) && !beginsWith(bytesOf("MSG "), source, 0, 6));
});

Deno.test("digitsIn() reads a number that fills a range, and nothing else", () => {
  const read = (text: string): number => digitsIn(bytesOf(`-${text}-`), 1, 1 + text.length);
  equal(read("0"), 0);
  equal(read("120"), 120);
  equal(read("999999999"), 999_999_999);
  for (const text of ["", "1x", " 1", "-1", "1234567890"]) equal(read(text), -1, text);
});
