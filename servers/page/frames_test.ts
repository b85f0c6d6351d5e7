import { equal } from "node:assert/strict";
import { FrameMeter } from "./frames.ts";

Deno.test("FrameMeter keeps the longest time without a frame", () => {
  const meter = new FrameMeter(100);
  for (const now of [116, 133, 173, 190]) meter.frame(now);
  equal(meter.longestMs, 40);
});

Deno.test("FrameMeter counts the time before the first frame", () => {
  const meter = new FrameMeter(100);
  meter.frame(180);
  equal(meter.longestMs, 80);
});

Deno.test("FrameMeter has no figure for a page that was hidden", () => {
  const meter = new FrameMeter(0);
  meter.frame(16);
  meter.hide();
  meter.frame(5000);
  equal(meter.longestMs, undefined);
});
