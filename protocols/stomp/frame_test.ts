import { equal } from "node:assert/strict";
import { escaped, frame, unescaped } from "./frame.ts";

Deno.test("escaped() keeps a value in its line, and unescaped() has it back", () => {
  const value = "a:b\\c\r\nd";
  equal(escaped(value), "a\\cb\\\\c\\r\\nd");
  equal(unescaped(escaped(value)), value);
});

Deno.test("frame() has a line for each header that is set", () => {
  const bytes = frame("SEND", { destination: "/topic/a", receipt: undefined });
  equal(new TextDecoder().decode(bytes), "SEND\ndestination:/topic/a\n\n\0");
});
