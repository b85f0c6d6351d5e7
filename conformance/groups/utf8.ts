/** UTF-8 in texts: all that Unicode's table 3-7 allows, nothing else, and where it is found out (RFC 6455 §5.6, §8.1). */

import { hex } from "../driver/words.ts";
import type { Group, Step } from "../types.ts";
import {
  answered,
  continuation,
  fails,
  failsEarly,
  INVALID_DATA,
  part,
  send,
  text,
} from "./judgements.ts";

const SECTION = "RFC 6455 §5.6, §8.1";
const CHANGES = "changes what it is sent";
const LETS_THROUGH = "lets broken UTF-8 through as text";

const encoder = new TextEncoder();
const ascii = (text: string): readonly number[] => [...encoder.encode(text)];

/** The first and the last sequence of each row of the table. */
const ROWS: readonly (readonly [string, readonly number[]])[] = [
  ["U+0000", [0x00]],
  ["U+007F", [0x7f]],
  ["U+0080", [0xc2, 0x80]],
  ["U+07FF", [0xdf, 0xbf]],
  ["U+0800", [0xe0, 0xa0, 0x80]],
  ["U+0FFF", [0xe0, 0xbf, 0xbf]],
  ["U+1000", [0xe1, 0x80, 0x80]],
  ["U+CFFF", [0xec, 0xbf, 0xbf]],
  ["U+D000", [0xed, 0x80, 0x80]],
  ["U+D7FF", [0xed, 0x9f, 0xbf]],
  ["U+E000", [0xee, 0x80, 0x80]],
  ["U+FFFF, which is no character", [0xef, 0xbf, 0xbf]],
  ["U+10000", [0xf0, 0x90, 0x80, 0x80]],
  ["U+3FFFF", [0xf0, 0xbf, 0xbf, 0xbf]],
  ["U+40000", [0xf1, 0x80, 0x80, 0x80]],
  ["U+FFFFF", [0xf3, 0xbf, 0xbf, 0xbf]],
  ["U+100000", [0xf4, 0x80, 0x80, 0x80]],
  ["U+10FFFF", [0xf4, 0x8f, 0xbf, 0xbf]],
  ["U+FEFF, the byte order mark, at the start", [0xef, 0xbb, 0xbf, 0x61]],
  ["U+FFFD, the replacement character", [0xef, 0xbf, 0xbd]],
  ["U+FDD0, which is no character", [0xef, 0xb7, 0x90]],
];

const valid = part(
  "6.1",
  { section: SECTION, integrity: CHANGES },
  ROWS.map(([what, sequence]) => ({
    title: `text with ${what}: ${hex(sequence)}`,
    steps: [send(text(Uint8Array.from(sequence)))],
    judgement: answered({ text: Uint8Array.from(sequence) }),
  })),
);

const INVALID: readonly (readonly [string, readonly number[]])[] = [
  ["a continuation byte alone", [0x80]],
  ["the last continuation byte alone", [0xbf]],
  ["two continuation bytes alone", [0x80, 0xbf]],
  ["U+0000 in two bytes", [0xc0, 0x80]],
  ["a slash in two bytes", [0xc0, 0xaf]],
  ["U+007F in two bytes", [0xc1, 0xbf]],
  ["a lead of two, then ASCII", [0xc2, 0x41]],
  ["a lead of two, then a lead of two", [0xc2, 0xc2]],
  ["U+0000 in three bytes", [0xe0, 0x80, 0x80]],
  ["U+07FF in three bytes", [0xe0, 0x9f, 0xbf]],
  ["a lead of three, then ASCII", [0xe1, 0x41, 0x42]],
  ["a lead of three, a continuation byte, then ASCII", [0xe1, 0x80, 0x41]],
  ["the first surrogate, U+D800", [0xed, 0xa0, 0x80]],
  ["the last high surrogate, U+DBFF", [0xed, 0xaf, 0xbf]],
  ["the first low surrogate, U+DC00", [0xed, 0xb0, 0x80]],
  ["the last surrogate, U+DFFF", [0xed, 0xbf, 0xbf]],
  ["a pair of surrogates", [0xed, 0xa0, 0x81, 0xed, 0xb0, 0x80]],
  ["U+0000 in four bytes", [0xf0, 0x80, 0x80, 0x80]],
  ["U+FFFF in four bytes", [0xf0, 0x8f, 0xbf, 0xbf]],
  ["a lead of four, a continuation byte, then ASCII", [0xf1, 0x80, 0x41, 0x42]],
  ["a lead of four, two continuation bytes, then ASCII", [0xf1, 0x80, 0x80, 0x41]],
  ["U+110000, above the last", [0xf4, 0x90, 0x80, 0x80]],
  ["U+13FFFF, above the last", [0xf4, 0xbf, 0xbf, 0xbf]],
  ["a lead of four above the last", [0xf5, 0x80, 0x80, 0x80]],
  ["the highest lead of four", [0xf7, 0xbf, 0xbf, 0xbf]],
  ["five bytes", [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ["six bytes", [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]],
  ["the byte fe", [0xfe]],
  ["the byte ff", [0xff]],
];

const invalid = part(
  "6.2",
  { section: SECTION, integrity: LETS_THROUGH, judgement: fails(INVALID_DATA) },
  INVALID.map(([what, sequence]) => ({
    title: `text with ${what}: ${hex(sequence)}`,
    steps: [send(text(Uint8Array.from([...ascii("a"), ...sequence, ...ascii("z")])))],
  })),
);

const CUT: readonly (readonly number[])[] = [
  [0xc2],
  [0xe0, 0xa0],
  [0xe1],
  [0xed, 0x9f],
  [0xf0],
  [0xf0, 0x90],
  [0xf4, 0x8f, 0xbf],
];

const cut = part(
  "6.3",
  { section: SECTION, integrity: LETS_THROUGH, judgement: fails(INVALID_DATA) },
  [
    ...CUT.map((sequence) => ({
      title: `text that ends amid a character: ${hex(sequence)}`,
      steps: [send(text(Uint8Array.from([...ascii("a"), ...sequence])))],
    })),
    {
      title: "text whose fragments end amid a character, and no rest comes",
      steps: [send(text(Uint8Array.of(0xe1, 0x80), { fin: false }), continuation(""))],
    },
    {
      title: "text whose character is cut by the end, and the next text begins with the rest",
      steps: [send(text(Uint8Array.of(0x61, 0xc3)), text(Uint8Array.of(0xa4)))],
    },
  ],
);

const FOUR = [0xf0, 0x9f, 0x98, 0x80];

const apart = part("6.4", { section: "RFC 6455 §5.6", integrity: CHANGES }, [
  ...[1, 2, 3].map((at) => ({
    title: `text whose character of four bytes is cut after ${at} by a fragment`,
    steps: [send(
      text(Uint8Array.from(FOUR.slice(0, at)), { fin: false }),
      continuation(Uint8Array.from(FOUR.slice(at))),
    )],
    judgement: answered({ text: Uint8Array.from(FOUR) }),
  })),
  {
    title: "text with a fragment for each byte of its characters",
    steps: [{
      send: [...encoder.encode("aä€😀")].map((byte, index, all) => ({
        opcode: index === 0 ? 1 : 0,
        payload: Uint8Array.of(byte),
        ...(index < all.length - 1 && { fin: false as const }),
      })),
    }],
    judgement: answered({ text: "aä€😀" }),
  },
  {
    title: "text with an empty fragment amid a character",
    steps: [
      send(
        text(Uint8Array.of(0xe2, 0x82), { fin: false }),
        continuation("", { fin: false }),
        continuation(Uint8Array.of(0xac)),
      ),
    ],
    judgement: answered({ text: "€" }),
  },
  {
    title: "text in many languages",
    steps: [send(text("Größe, œuvre, Ελλάδα, Привет, שלום, سلام, 你好, こんにちは, 한국어, 😀👩‍👩‍👧‍👦"))],
    judgement: answered({
      text: "Größe, œuvre, Ελλάδα, Привет, שלום, سلام, 你好, こんにちは, 한국어, 😀👩‍👩‍👧‍👦",
    }),
  },
]);

/** What is wrong comes first; the rest of the message only after some time. */
const LATER_MS = 500;

const BEGINNINGS: readonly (readonly [string, readonly number[]])[] = [
  ["the byte ff", [0xff]],
  ["an overlong slash", [0xc0, 0xaf]],
  ["the first bytes of a surrogate", [0xed, 0xa0]],
  ["the first bytes of what is above U+10FFFF", [0xf4, 0x90]],
  ["the first bytes of an overlong character of three", [0xe0, 0x80]],
  ["the first bytes of an overlong character of four", [0xf0, 0x8f]],
];

const early = part(
  "6.5",
  { section: "RFC 6455 §8.1", integrity: LETS_THROUGH, judgement: failsEarly(INVALID_DATA) },
  [
    ...BEGINNINGS.map(([what, sequence]) => ({
      title: `text whose first fragment has ${what}: ${hex(sequence)}; the last one comes later`,
      steps: [
        send(text(Uint8Array.from([...ascii("a"), ...sequence]), { fin: false })),
        { waitMs: LATER_MS },
        send(continuation(Uint8Array.of(0x80, 0x7a))),
      ] satisfies Step[],
    })),
    {
      title: "text whose second fragment makes a character wrong that the first began",
      steps: [
        send(text(Uint8Array.of(0xe2, 0x82), { fin: false })),
        send(continuation(Uint8Array.of(0x41), { fin: false })),
        { waitMs: LATER_MS },
        send(continuation("z")),
      ],
    },
  ],
);

const amidFrame = part(
  "6.6",
  { section: "RFC 6455 §8.1", integrity: LETS_THROUGH, judgement: failsEarly(INVALID_DATA) },
  BEGINNINGS.map(([what, sequence]) => {
    const rest = [0x80, 0x7a];
    const payload = Uint8Array.from([...ascii("a"), ...sequence, ...rest]);
    return {
      title: `a frame of text with ${what}, whose last two bytes come later`,
      steps: [
        {
          send: [text(payload)],
          lastBytes: rest.length,
          pauseMs: LATER_MS,
        },
      ],
    };
  }),
);

const pieces = part("6.7", { section: SECTION, integrity: CHANGES }, [
  {
    title: "text of characters of all lengths, byte by byte",
    steps: [{ send: [text("aä€😀".repeat(8))], pieceBytes: 1 }],
    judgement: answered({ text: "aä€😀".repeat(8) }),
  },
  {
    title: "a long text of characters of four bytes",
    steps: [send(text("😀".repeat(20_000)))],
    judgement: answered({ text: "😀".repeat(20_000) }),
  },
  {
    title: "a long text that is broken at its last byte",
    steps: [send(text(Uint8Array.from([...encoder.encode("😀".repeat(20_000)), 0xff])))],
    judgement: fails(INVALID_DATA),
    integrity: LETS_THROUGH,
  },
  {
    title: "a long text of ASCII that is broken in the middle",
    steps: [
      send(
        text(
          Uint8Array.from([...ascii("a".repeat(5000)), 0xc0, 0x80, ...ascii("a".repeat(5000))]),
        ),
      ),
    ],
    judgement: fails(INVALID_DATA),
    integrity: LETS_THROUGH,
  },
]);

/** UTF-8. */
export const utf8: Group = {
  id: "6",
  title: "UTF-8",
  cases: [...valid, ...invalid, ...cut, ...apart, ...early, ...amidFrame, ...pieces],
};
