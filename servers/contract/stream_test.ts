import { deepEqual, equal, ok } from "node:assert/strict";
import { askedAt } from "./behaviours.ts";
import { startStream, streamMessage } from "./stream.ts";

Deno.test("askedAt: streams have a rate and a size", () => {
  deepEqual(askedAt("/push/100/128?a=b"), { behaviour: "/push", path: "/push/100/128" });
  deepEqual(askedAt("/push/0.5/64"), { behaviour: "/push", path: "/push/0.5/64" });
  for (
    const path of ["/push", "/push/1", "/push/1/", "/push/a/64", "/push/1/64/2", "/push/-1/64"]
  ) {
    equal(askedAt(path), undefined, path);
  }
});

Deno.test("streamMessage: as many bytes as asked for, with number and time", () => {
  const message = streamMessage(12, 128);
  equal(message.length, 128);
  const { sequence, time } = JSON.parse(message);
  equal(sequence, 12);
  ok(Number.isSafeInteger(time) && Math.abs(time / 1000 - Date.now()) < 60_000);
  equal(JSON.parse(streamMessage(1, 1)).fill, "");
});

Deno.test("startStream: sends numbered messages, the first at once, until it is stopped", async () => {
  const sent: number[] = [];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const stop = startStream("/push/500/64", (message) => {
    sent.push(JSON.parse(message).sequence);
    if (sent.length === 5) resolve();
  });
  deepEqual(sent, [0]);
  await enough;
  stop();
  const { length } = sent;
  await new Promise((resolve) => setTimeout(resolve, 20));
  deepEqual(sent, Array.from({ length }, (_, index) => index));
});
