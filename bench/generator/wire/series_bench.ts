import { headerSize } from "../../../clients/wire/frame/frame.ts";
import { json, numbered, numberedText } from "../../../scenarios/payload/payload.ts";
import { plainFrames } from "./frames.ts";
import { ReplyMatcher } from "./reply_matcher.ts";
import { SeriesMemory } from "./series_memory.ts";

/** Messages for each iteration, so that the clock's own cost does not count: divide by it. */
const MESSAGES = 64;
const CONNECTION = 17;
/** As a client in the middle of a trial. */
const FIRST = 123_456;

const payloads = {
  "numbered(16)": numbered(16),
  "numberedText(16)": numberedText(16),
  "json(64)": json(64),
  "json(1024)": json(1024),
};

for (const [name, payload] of Object.entries(payloads)) {
  const group = `${MESSAGES} messages of ${name}`;
  const memory = new SeriesMemory();
  const frames = plainFrames(memory, [payload]);
  const matcher = new ReplyMatcher(memory, payload);
  const size = MESSAGES * frames.most;
  const targetAt = memory.reserve(size);
  const readsAt = memory.reserve(size);
  const target = memory.bytes.subarray(targetAt, targetAt + size);
  const reads = memory.bytes.subarray(readsAt, readsAt + size);

  Deno.bench(`FrameWriter.write(): ${name}`, { group }, () => {
    frames.write(target, 0, CONNECTION, FIRST, MESSAGES);
  });

  // The replies are the frames without their masking keys, whose bits are zero.
  frames.write(target, 0, CONNECTION, FIRST, MESSAGES);
  const head = headerSize(payload.size, false);
  const frame = head + payload.size;
  for (let index = 0; index < MESSAGES; index++) {
    const from = index * (frame + 4);
    reads.set(target.subarray(from, from + head), index * frame);
    reads[index * frame + 1]! &= 0x7f;
    reads.set(target.subarray(from + head + 4, from + frame + 4), index * frame + head);
  }

  Deno.bench(`ReplyMatcher.count(): ${name}`, { group }, () => {
    const count = matcher.count(reads, 0, MESSAGES * frame, CONNECTION, FIRST, MESSAGES);
    if (count !== MESSAGES) throw new Error(`Only ${count} right replies were counted`);
  });
}
