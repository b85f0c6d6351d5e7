/** Frames and their lengths: every form of a length, and those that are not allowed (RFC 6455 §5.2). */

import type { Group, Judgement } from "../types.ts";
import {
  answered,
  binary,
  ended,
  fails,
  noise,
  OPEN,
  part,
  PROTOCOL_ERROR,
  send,
  size,
  text,
  TOO_BIG,
  words,
} from "./judgements.ts";

const CHANGES = "changes what it is sent";

/** Lengths on both sides of where the form of a length changes. */
const LENGTHS: readonly number[] = [
  ...[0, 1, 2, 124, 125, 126, 127, 128],
  ...[65_534, 65_535, 65_536, 65_537],
];

const texts = part(
  "1.1",
  { section: "RFC 6455 §5.2", integrity: CHANGES },
  LENGTHS.map((length) => ({
    title: `text of ${size(length)} in one frame`,
    steps: [send(text(words(length)))],
    judgement: answered({ text: words(length) }),
  })),
);

const data = part(
  "1.2",
  { section: "RFC 6455 §5.2", integrity: CHANGES },
  LENGTHS.map((length) => ({
    title: `binary data of ${size(length)} in one frame`,
    steps: [send(binary(noise(length)))],
    judgement: answered({ binary: noise(length) }),
  })),
);

/** A length must take as few bytes as it can; that a receiver must refuse another form is not said. */
const LONG_FORMS = [[0, 16], [5, 16], [125, 16], [0, 64], [125, 64], [126, 64], [
  65_535,
  64,
]] as const;

const longForms = part(
  "1.3",
  { section: "RFC 6455 §5.2" },
  LONG_FORMS.map(([length, lengthBits]) => ({
    title: `text of ${size(length)} whose length has ${lengthBits} bits`,
    steps: [send(text(words(length), { lengthBits }))],
    judgement: {
      ...fails(PROTOCOL_ERROR),
      must: [...ended(), { answers: [{ text: words(length) }], ending: OPEN }],
    },
  })),
);

const NEGATIVE: Judgement = {
  should: [{ ending: { is: "closed", codes: [PROTOCOL_ERROR, TOO_BIG] } }],
  must: ended(),
};

const highestBit = part(
  "1.4",
  { section: "RFC 6455 §5.2", judgement: NEGATIVE, deadlineMs: 3000 },
  [2n ** 63n, 2n ** 63n + 5n, 2n ** 64n - 1n].flatMap((length) =>
    [text("Hello", { length }), binary("Hello", { length })].map((frame) => ({
      title: `${frame.opcode === 1 ? "text" : "binary data"} whose length is 0x${
        length.toString(16)
      }: its highest bit is set`,
      steps: [send(frame)],
    }))
  ),
);

/** Nobody can take as much, but he may wait for it. */
const HUGE: Judgement = {
  should: [{ ending: { is: "closed", codes: [TOO_BIG] } }],
  must: ended(),
  may: [{ ending: OPEN }],
};

const huge = part(
  "1.5",
  { section: "RFC 6455 §10.4", judgement: HUGE, deadlineMs: 3000 },
  [31n, 32n, 53n, 62n, 63n].map((power) => ({
    title: `the beginning of a message whose length is 2^${power}${power === 63n ? " - 1" : ""}`,
    steps: [
      send(binary("Hello", { length: 2n ** power - (power === 63n ? 1n : 0n), lengthBits: 64 })),
    ],
  })),
);

const both = part("1.6", { section: "RFC 6455 §5.6", integrity: CHANGES }, [
  {
    title: "text, binary data, text: the type of each message is kept",
    steps: [send(text("one"), binary("two"), text("three"))],
    judgement: answered({ text: "one" }, { binary: "two" }, { text: "three" }),
  },
  {
    title: "binary data that is not UTF-8",
    steps: [send(binary(Uint8Array.of(0xff, 0xfe, 0xc0, 0x80, 0)))],
    judgement: answered({ binary: Uint8Array.of(0xff, 0xfe, 0xc0, 0x80, 0) }),
  },
  {
    title: "text with U+0000 and all control characters of ASCII",
    steps: [send(text(Uint8Array.from({ length: 33 }, (_, index) => index === 32 ? 127 : index)))],
    judgement: answered({
      text: Uint8Array.from({ length: 33 }, (_, index) => index === 32 ? 127 : index),
    }),
  },
]);

/** Frames and their lengths. */
export const framing: Group = {
  id: "1",
  title: "Frames and lengths",
  cases: [...texts, ...data, ...longForms, ...highestBit, ...huge, ...both],
};
