/** Sizes, kinds of blocks, and texts (RFC 7692 §7.2; RFC 1951; RFC 6455 §8.1, §10.4). */

import type { Answer, Bytes, Filling } from "../../types.ts";
import {
  answered,
  ended,
  fails,
  INVALID_DATA,
  noise,
  part,
  send,
  size,
  TOO_BIG,
  words,
} from "../judgements.ts";
import { CHANGES, COMMON, DECLINED, deflated, echoed, fixed, having, stored } from "./messages.ts";

const ZLIB = [0, 1, 2, 64, 125, 126, 1000, 65_535, 65_536, 2 ** 20, 2 ** 22, 2 ** 24];

/** Messages of all sizes. */
export const sizes = part(
  "14.1",
  { ...COMMON, integrity: CHANGES, deadlineMs: 30_000 },
  ZLIB.flatMap((bytes) =>
    ([[1, "text", words(bytes)], [2, "binary data", noise(bytes)]] as const)
      .map(([opcode, what, content]) => ({
        title: `${what} of ${size(bytes)}, compressed`,
        steps: [send(deflated(opcode, { zlib: content }))],
        judgement: bytes > 65_536
          ? having({ ...answered(answerOf(opcode, content)), lacks: ended() })
          : echoed(answerOf(opcode, content)),
      }))
  ),
);

function answerOf(opcode: 1 | 2, content: Bytes): Answer {
  return opcode === 1 ? { text: content } : { binary: content };
}

/** Blocks of all kinds. */
export const blocks = part("14.2", { ...COMMON, integrity: CHANGES, section: "RFC 7692 §7.2.3" }, [
  {
    title: "the fixed code",
    steps: [send(deflated(1, fixed("Hello")))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "a stored block",
    steps: [send(deflated(1, stored("Hello")))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "a stored block of 65,535 bytes",
    steps: [send(deflated(2, stored(noise(65_535))))],
    judgement: echoed({ binary: noise(65_535) }),
  },
  {
    title: "codes of their own",
    steps: [send(deflated(1, { zlib: words(5000) }))],
    judgement: echoed({ text: words(5000) }),
  },
  {
    title: "a block of each kind",
    steps: [send(deflated(1, stored("one "), fixed("two "), { zlib: "three" }))],
    judgement: echoed({ text: "one two three" }),
  },
  {
    title: "ten blocks",
    steps: [send({
      ...deflated(1),
      payload: { blocks: Array.from({ length: 10 }, (_, index) => fixed(String(index))) },
    })],
    judgement: echoed({ text: "0123456789" }),
  },
  {
    title: "one byte of an empty block",
    steps: [send(deflated(1))],
    judgement: echoed({ text: "" }),
  },
  {
    title: "an empty block of the fixed code",
    steps: [send(deflated(1, fixed("")))],
    judgement: echoed({ text: "" }),
  },
  {
    title: "an empty stored block",
    steps: [send(deflated(1, stored("")))],
    judgement: echoed({ text: "" }),
  },
  {
    title: "empty blocks between others",
    steps: [
      send(deflated(1, stored(""), fixed("one "), stored(""), fixed(""), fixed("two"), stored(""))),
    ],
    judgement: echoed({ text: "one two" }),
  },
  {
    title: "copies that overlap",
    steps: [send(deflated(1, { fixed: ["a", { copy: 258, back: 1 }] }))],
    judgement: echoed({ text: "a".repeat(259) }),
  },
  {
    title: "a copy of 32,768 bytes back",
    steps: [send(deflated(2, stored(noise(32_768)), { fixed: [{ copy: 100, back: 32_768 }] }))],
    judgement: echoed({ binary: noiseAnd(100) }),
  },
  {
    title: "no compression (level 0 of zlib)",
    steps: [send(deflated(2, { zlib: noise(70_000), level: 0 }))],
    judgement: echoed({ binary: noise(70_000) }),
  },
  ...[9, 10, 12, 15].map((windowBits) => ({
    title: `a window of 2^${windowBits} bytes`,
    steps: [send(deflated(1, { zlib: words(100_000), windowBits }))],
    judgement: echoed({ text: words(100_000) }),
  })),
]);

/** Noise of 32,768 bytes, and some of its first bytes again. */
function noiseAnd(again: number): Filling {
  return { ...noise(32_768), again };
}

/** Texts that are not UTF-8. */
export const invalid = part("14.10", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 6455 §8.1",
  integrity: "lets broken UTF-8 through as text",
  judgement: having(fails(INVALID_DATA)),
}, [
  {
    title: "a compressed text that is not UTF-8",
    steps: [send(deflated(1, fixed(Uint8Array.of(0xff))))],
  },
  {
    title: "a compressed text with a surrogate",
    steps: [send(deflated(1, stored(Uint8Array.of(0xed, 0xa0, 0x80))))],
  },
  {
    title: "a compressed text whose last character is cut off",
    steps: [send(deflated(1, fixed(Uint8Array.of(0x61, 0xe2, 0x82))))],
  },
]);

/** Texts that are UTF-8, and what need not be. */
export const valid = part("14.11", { ...COMMON, integrity: CHANGES, section: "RFC 6455 §8.1" }, [
  {
    title: "a compressed text of characters of one to four bytes",
    steps: [send(deflated(1, fixed("aä漢🦕")))],
    judgement: echoed({ text: "aä漢🦕" }),
  },
  {
    title: "compressed binary data that is not UTF-8",
    steps: [send(deflated(2, fixed(Uint8Array.of(0xff, 0xfe))))],
    judgement: echoed({ binary: Uint8Array.of(0xff, 0xfe) }),
  },
  {
    title: "a character whose bytes are in two blocks",
    steps: [send(deflated(1, fixed(Uint8Array.of(0xe6, 0xbc)), stored(Uint8Array.of(0xa2))))],
    judgement: echoed({ text: "漢" }),
  },
]);

const MIB = 2 ** 20;

/** A little that becomes much: a server that has a limit must keep it for what is inflated, too (§8). */
export const bombs = part(
  "14.12",
  { ...COMMON, section: "RFC 6455 §10.4", deadlineMs: 60_000 },
  [16, 32, 64].map((mib) => ({
    title: `a message of some KiB that becomes ${mib} MiB`,
    steps: [send(deflated(2, { zlib: { filling: "zeros" as const, length: mib * MIB } }))],
    judgement: {
      should: [
        {
          answers: [{ binary: { filling: "zeros" as const, length: mib * MIB } }],
          ending: { is: "open" as const },
        },
        { ending: { is: "closed" as const, codes: [TOO_BIG] } },
      ],
      must: [
        {
          answers: [{ binary: { filling: "zeros" as const, length: mib * MIB } }],
          ending: { is: "open" as const },
        },
        ...ended(),
      ],
      lacks: [DECLINED],
    },
  })),
);
