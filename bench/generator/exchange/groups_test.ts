import assert from "node:assert/strict";
import { GroupNumbers } from "./groups.ts";

Deno.test("GroupNumbers has one stream from each speaker of a group to each of its members", () => {
  const groups = new GroupNumbers({ members: 4, speakers: 2 });
  assert.deepEqual([groups.streams(12), groups.senders(12)], [24, 6]);
  const streams = new Set<number>();
  for (let receiver = 0; receiver < 12; receiver++) {
    for (const speaker of [0, 1]) {
      const stream = groups.streamTo(receiver, speaker);
      streams.add(stream);
      const connection = groups.speakerOf(receiver, speaker);
      assert.equal(groups.groupOf(connection), groups.groupOf(receiver));
      assert.equal(groups.senderOf(stream), groups.senderAt(connection));
      assert.equal(groups.originOf(stream), connection);
    }
  }
  assert.deepEqual([streams.size, Math.max(...streams)], [24, 23]);
  assert.deepEqual([0, 1, 4, 5, 8, 9].map((number) => groups.senderAt(number)), [0, 1, 2, 3, 4, 5]);
});
