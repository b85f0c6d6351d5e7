/** Pings and pongs, and what holds for all control frames (RFC 6455 §5.5). */

import type { Group } from "../types.ts";
import {
  answered,
  ended,
  fails,
  noise,
  OPEN,
  part,
  ping,
  pong,
  PROTOCOL_ERROR,
  send,
  size,
  text,
} from "./judgements.ts";

const answers = part(
  "5.1",
  { section: "RFC 6455 §5.5.2, §5.5.3" },
  [0, 1, 2, 64, 124, 125].map((length) => ({
    title: `a ping of ${size(length)}`,
    steps: [send(ping(noise(length)))],
    judgement: answered({ pong: noise(length) }),
  })),
);

const contents = part("5.2", { section: "RFC 6455 §5.5.3" }, [
  {
    title: "a ping that carries text",
    steps: [send(ping("Hello"))],
    judgement: answered({ pong: "Hello" }),
  },
  {
    title: "a ping that carries what is not UTF-8",
    steps: [send(ping(Uint8Array.of(0xff, 0xfe, 0, 0xc0)))],
    judgement: answered({ pong: Uint8Array.of(0xff, 0xfe, 0, 0xc0) }),
  },
  {
    title: "text, a ping, text",
    steps: [send(text("one"), ping("two"), text("three"))],
    judgement: {
      should: [{ answers: [{ text: "one" }, { pong: "two" }, { text: "three" }], ending: OPEN }],
      must: [{
        answers: [{ text: "one" }, { pong: "two" }, { text: "three" }],
        anyOrder: true,
        ending: OPEN,
      }],
    },
  },
]);

const many = part(
  "5.3",
  { section: "RFC 6455 §5.5.3" },
  [2, 10, 100].flatMap((count) => {
    const pongs = Array.from({ length: count }, (_, index) => ({ pong: `ping ${index}` }));
    const pings = pongs.map(({ pong }) => ping(pong));
    return [true, false].map((isOneWrite) => ({
      title: `${count} pings, ${isOneWrite ? "in one write" : "each in a write of its own"}`,
      steps: isOneWrite ? [{ send: pings }] : pings.map((one) => send(one)),
      // Only the last one needs an answer.
      judgement: {
        should: [{ answers: pongs, ending: OPEN }],
        must: [{ answers: pongs, mayLack: true as const, ending: OPEN }],
      },
    }));
  }),
);

const unasked = part("5.4", { section: "RFC 6455 §5.5.3" }, [
  ...[0, 5, 125].map((length) => ({
    title: `a pong of ${size(length)} that nobody asked for`,
    steps: [send(pong(noise(length)))],
    judgement: answered(),
  })),
  {
    title: "a pong that nobody asked for, then text",
    steps: [send(pong("Hello"), text("Hello"))],
    judgement: answered({ text: "Hello" }),
  },
  {
    title: "a pong that nobody asked for, then a ping",
    steps: [send(pong("Hello"), ping("there"))],
    judgement: answered({ pong: "there" }),
  },
  {
    title: "ten pongs that nobody asked for, then text",
    steps: [{ send: [...Array.from({ length: 10 }, () => pong("Hello")), text("Hello")] }],
    judgement: answered({ text: "Hello" }),
  },
]);

const FAILS = { section: "RFC 6455 §5.5", judgement: fails(PROTOCOL_ERROR) } as const;

const tooLong = part("5.5", FAILS, [
  ...[126, 127, 65_535, 65_536].map((length) => ({
    title: `a ping of ${size(length)}`,
    steps: [send(ping(noise(length)))],
  })),
  ...[126, 65_536].map((length) => ({
    title: `a pong of ${size(length)}`,
    steps: [send(pong(noise(length)))],
  })),
  {
    title: "a close frame of 126 bytes",
    steps: [
      send({ opcode: 8, payload: Uint8Array.from([3, 232, ...new Uint8Array(124).fill(97)]) }),
    ],
  },
  {
    title: "the beginning of a ping of 200 bytes, whose content does not come",
    steps: [send(ping("Hello", { length: 200n, lengthBits: 16 }))],
    deadlineMs: 4000,
    judgement: { ...fails(PROTOCOL_ERROR), may: [{ ending: OPEN }] },
  },
]);

const longForms = part("5.6", { section: "RFC 6455 §5.2, §5.5" }, [
  ...([16, 64] as const).map((lengthBits) => ({
    title: `a ping of 5 bytes whose length has ${lengthBits} bits`,
    steps: [send(ping("Hello", { lengthBits }))],
    judgement: {
      ...fails(PROTOCOL_ERROR),
      must: [...ended(), { answers: [{ pong: "Hello" }], ending: OPEN }],
    },
  })),
]);

const inFragments = part("5.7", FAILS, [
  ...([["ping", ping], ["pong", pong]] as const).flatMap(([what, frame]) => [
    { title: `a ${what} that is to be continued`, steps: [send(frame("Hello", { fin: false }))] },
    {
      title: `a ${what} that is to be continued, and its continuation`,
      steps: [send(frame("Hello", { fin: false }), { opcode: 0, payload: "there" })],
    },
    {
      title: `a ${what} that is to be continued between two fragments`,
      steps: [
        send(
          text("one ", { fin: false }),
          frame("Hello", { fin: false }),
          { opcode: 0, payload: "two" },
        ),
      ],
    },
  ]),
  {
    title: "a close frame that is to be continued",
    steps: [send({ opcode: 8, payload: Uint8Array.of(3, 232), fin: false })],
  },
]);

/** Pings, pongs and all control frames. */
export const pings: Group = {
  id: "5",
  title: "Pings, pongs and other control frames",
  cases: [
    ...answers,
    ...contents,
    ...many,
    ...unasked,
    ...tooLong,
    ...longForms,
    ...inFragments,
  ],
};
