/** Long messages, many fragments and many messages: a limit is allowed if it is told (RFC 6455 §10.4). */

import type { Group } from "../types.ts";
import {
  answeredOrTooBig,
  binary,
  fragments,
  noise,
  part,
  send,
  size,
  text,
  words,
} from "./judgements.ts";

const COMMON = {
  section: "RFC 6455 §10.4",
  integrity: "changes what it is sent",
  deadlineMs: 30_000,
} as const;

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const SIZES = [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB];

const inOne = part(
  "9.1",
  COMMON,
  SIZES.flatMap((bytes) => [{
    title: `text of ${size(bytes)} in one frame`,
    steps: [send(text(words(bytes)))],
    judgement: answeredOrTooBig([{ text: words(bytes) }]),
  }, {
    title: `binary data of ${size(bytes)} in one frame`,
    steps: [send(binary(noise(bytes)))],
    judgement: answeredOrTooBig([{ binary: noise(bytes) }]),
  }]),
);

const FRAGMENTED = [
  [MIB, 64],
  [MIB, KIB],
  [4 * MIB, 64 * KIB],
  [16 * MIB, 64 * KIB],
  [16 * MIB, MIB],
  [4 * MIB, 64],
] as const;

const inFragments = part(
  "9.2",
  // Some put the fragments together anew with each.
  { ...COMMON, deadlineMs: 100_000 },
  FRAGMENTED.flatMap(([bytes, each]) => [{
    title: `text of ${size(bytes)} in fragments of ${size(each)}`,
    steps: [{ send: fragments(words(bytes), each) }],
    judgement: answeredOrTooBig([{ text: words(bytes) }]),
  }, {
    title: `binary data of ${size(bytes)} in fragments of ${size(each)}`,
    steps: [{ send: fragments(noise(bytes), each) }],
    judgement: answeredOrTooBig([{ binary: noise(bytes) }]),
  }]),
);

const manyFragments = part(
  "9.3",
  COMMON,
  [100, 1000, 10_000].map((count) => ({
    title: `text in ${count.toLocaleString("en-US")} fragments of one byte`,
    steps: [{ send: fragments(words(count), 1) }],
    judgement: answeredOrTooBig([{ text: words(count) }]),
  })),
);

const manyMessages = part("9.4", { ...COMMON, section: "RFC 6455 §5.6" }, [
  ...[10, 100, 1000].map((count) => {
    const texts = Array.from({ length: count }, (_, index) => `message ${index}`);
    return {
      title: `${count.toLocaleString("en-US")} texts in one write`,
      steps: [{ send: texts.map((one) => text(one)) }],
      judgement: answeredOrTooBig(texts.map((text) => ({ text }))),
    };
  }),
  {
    title: "100 texts of 64 KiB in one write",
    steps: [{ send: Array.from({ length: 100 }, () => text(words(64 * KIB))) }],
    judgement: answeredOrTooBig(Array.from({ length: 100 }, () => ({ text: words(64 * KIB) }))),
  },
]);

/** Limits. */
export const limits: Group = {
  id: "9",
  title: "Limits",
  cases: [...inOne, ...inFragments, ...manyFragments, ...manyMessages],
};
