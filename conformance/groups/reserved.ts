/** Reserved bits and reserved opcodes: nobody has agreed on what they mean (RFC 6455 §5.2). */

import type { Frame, Group } from "../types.ts";
import {
  binary,
  close,
  continuation,
  fails,
  noise,
  part,
  ping,
  pong,
  PROTOCOL_ERROR,
  send,
  text,
} from "./judgements.ts";

const FAILS = { section: "RFC 6455 §5.2", judgement: fails(PROTOCOL_ERROR) } as const;

/** `RSV1 and RSV3`, which are 4, 2 and 1. */
function bitsWords(rsv: number): string {
  return [4, 2, 1].flatMap((bit, index) => (rsv & bit) === 0 ? [] : [`RSV${index + 1}`]).join(
    " and ",
  );
}

const ALL_BITS = [1, 2, 3, 4, 5, 6, 7];

const bitsOfText = part(
  "2.1",
  FAILS,
  ALL_BITS.map((rsv) => ({
    title: `text with ${bitsWords(rsv)}`,
    steps: [send(text("Hello", { rsv }))],
  })),
);

const bitsOfOthers = part(
  "2.2",
  FAILS,
  ([
    ["binary data", binary(noise(24))],
    ["a ping", ping("Hello")],
    ["a pong", pong("Hello")],
    ["a close frame", close(1000)],
    ["text without content", text("")],
  ] as const).flatMap(([what, frame]) =>
    [1, 2, 4, 7].map((rsv) => ({
      title: `${what} with ${bitsWords(rsv)}`,
      steps: [send({ ...frame, rsv })],
    }))
  ),
);

const bitsInMessages = part("2.3", FAILS, [
  {
    title: "text, and one with RSV1 in the same write",
    steps: [send(text("first"), text("second", { rsv: 4 }))],
    judgement: fails(PROTOCOL_ERROR, { text: "first" }),
  },
  {
    title: "text, and one with RSV1 when the first has come back",
    steps: [send(text("first")), { answers: 1 }, send(text("second", { rsv: 4 }))],
    judgement: fails(PROTOCOL_ERROR, { text: "first" }),
  },
  ...[1, 2, 4].map((rsv) => ({
    title: `the second fragment of a text with ${bitsWords(rsv)}`,
    steps: [send(text("one ", { fin: false }), continuation("two", { rsv }))],
  })),
  ...[1, 2, 4].map((rsv) => ({
    title: `the first fragment of a text with ${bitsWords(rsv)}`,
    steps: [send(text("one ", { fin: false, rsv }), continuation("two"))],
  })),
  {
    title: "a ping with RSV2 between two fragments",
    steps: [send(text("one ", { fin: false }), ping("amid", { rsv: 2 }), continuation("two"))],
  },
]);

const OPCODES = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];

const withContent = part(
  "2.4",
  FAILS,
  OPCODES.map((opcode) => ({
    title: `opcode ${opcode} with content`,
    steps: [send({ opcode, payload: "Hello" })],
  })),
);

const withoutContent = part(
  "2.5",
  FAILS,
  OPCODES.map((opcode) => ({
    title: `opcode ${opcode} without content`,
    steps: [send({ opcode })],
  })),
);

const inMessages = part(
  "2.6",
  FAILS,
  [3, 7, 11, 15].flatMap((opcode) => {
    const frame: Frame = { opcode, payload: "Hello" };
    return [
      {
        title: `text, and opcode ${opcode} when it has come back`,
        steps: [send(text("first")), { answers: 1 }, send(frame)],
        judgement: fails(PROTOCOL_ERROR, { text: "first" }),
      },
      {
        title: `opcode ${opcode} between two fragments`,
        steps: [send(text("one ", { fin: false }), frame, continuation("two"))],
      },
      {
        title: `opcode ${opcode} that is to be continued`,
        steps: [send({ ...frame, fin: false }, continuation("two"))],
      },
    ];
  }),
);

const inOneWrite = part(
  "2.7",
  { ...FAILS, judgement: fails(PROTOCOL_ERROR, { text: "first" }) },
  [3, 5, 6, 7, 11, 13, 14, 15].map((opcode) => ({
    title: `text and opcode ${opcode} in one write`,
    steps: [send(text("first"), { opcode, payload: "Hello" })],
  })),
);

/** Reserved bits and opcodes. */
export const reserved: Group = {
  id: "2",
  title: "Reserved bits and opcodes",
  cases: [
    ...bitsOfText,
    ...bitsOfOthers,
    ...bitsInMessages,
    ...withContent,
    ...withoutContent,
    ...inMessages,
    ...inOneWrite,
  ],
};
