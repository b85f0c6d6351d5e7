/** Messages that are compressed, however that is done, and those that only say so (RFC 7692 §6, §7.2; RFC 1951). */

import type { Answer, Block, Bytes, Case, Filling, Frame, Group, Judgement } from "../types.ts";
import {
  allAnswered,
  answered,
  close,
  continuation,
  ended,
  fails,
  INVALID_DATA,
  noise,
  part,
  ping,
  PROTOCOL_ERROR,
  send,
  size,
  text,
  TOO_BIG,
  words,
} from "./judgements.ts";

const CHANGES = "changes what it is sent";
const DECLINED = { ending: { is: "declined" } } as const;
const NAME = "permessage-deflate";

const COMMON = {
  opening: { deflate: NAME, needsDeflate: true },
  section: "RFC 7692 §7.2.2",
} as const;

/** The same judgement for who has the extension. */
const having = (judgement: Judgement): Judgement => ({
  ...judgement,
  lacks: [...judgement.lacks ?? [], DECLINED],
});

const echoed = (...answers: readonly Answer[]): Judgement => allEchoed(answers);

/** As {@linkcode echoed}, for a list. */
const allEchoed = (answers: readonly Answer[]): Judgement => having(allAnswered(answers));

const COMPRESSED = { rsv: 4 } as const;

/** A message that is compressed, in one frame. */
const deflated = (opcode: 1 | 2, ...blocks: readonly Block[]): Frame => ({
  ...{ opcode, ...COMPRESSED },
  payload: { blocks },
});

const ZLIB = [0, 1, 2, 64, 125, 126, 1000, 65_535, 65_536, 2 ** 20, 2 ** 22, 2 ** 24];

const sizes = part(
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

/** A message that is cut into fragments: RSV1 is set in the first alone (§6.1). */
function inPieces(payload: readonly Uint8Array<ArrayBuffer>[]): readonly Frame[] {
  return payload.map((bytes, index) => ({
    opcode: index === 0 ? 1 : 0,
    payload: bytes,
    ...(index === 0 && COMPRESSED),
    ...(index < payload.length - 1 && { fin: false as const }),
  }));
}

/** "Hello" in the fixed code (§7.2.3.1). */
const HELLO = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);
const pieces = (...ends: readonly number[]): readonly Uint8Array<ArrayBuffer>[] =>
  [...ends, HELLO.length].map((end, index) => HELLO.slice(ends[index - 1] ?? 0, end));

const fixed = (content: Bytes): Block => ({ fixed: [content] });
const stored = (content: Bytes): Block => ({ stored: content });

const blocks = part("14.2", { ...COMMON, integrity: CHANGES, section: "RFC 7692 §7.2.3" }, [
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

const context = part("14.3", {
  opening: { ...COMMON.opening, needsContext: true },
  integrity: CHANGES,
  section: "RFC 7692 §7.2.3.2",
}, [
  {
    title: "a message that is a copy of the one before",
    steps: [send(deflated(1, fixed("Hello")), deflated(1, { fixed: [{ copy: 5, back: 5 }] }))],
    judgement: echoed({ text: "Hello" }, { text: "Hello" }),
  },
  {
    title: "a copy of the message before the one before",
    steps: [
      send(
        deflated(1, fixed("Hello")),
        deflated(1, fixed("World")),
        deflated(1, { fixed: [{ copy: 5, back: 10 }] }),
      ),
    ],
    judgement: echoed({ text: "Hello" }, { text: "World" }, { text: "Hello" }),
  },
  {
    title: "a copy across a message that is not compressed",
    steps: [
      send(
        deflated(1, fixed("Hello")),
        text("plain"),
        deflated(1, { fixed: [{ copy: 5, back: 5 }] }),
      ),
    ],
    judgement: echoed({ text: "Hello" }, { text: "plain" }, { text: "Hello" }),
  },
  {
    title: "a copy of a message that had a last block (BFINAL)",
    steps: [
      send(
        deflated(1, { fixed: ["Hello"], isLast: true }),
        deflated(1, { fixed: [{ copy: 5, back: 5 }] }),
      ),
    ],
    // Whether another stream may refer to the one before is not said.
    judgement: { ...echoed({ text: "Hello" }, { text: "Hello" }), may: "anything" },
  },
  {
    title: "a copy of 32,768 bytes back, in another message",
    steps: [
      send(
        deflated(2, stored(noise(32_768))),
        deflated(2, { fixed: [{ copy: 258, back: 32_768 }] }),
      ),
    ],
    judgement: echoed({ binary: noise(32_768) }, { binary: noise(258) }),
  },
  {
    title: "a hundred messages, each a copy of the one before",
    steps: [{
      send: [
        deflated(1, fixed("Hello")),
        ...Array.from({ length: 99 }, () => deflated(1, { fixed: [{ copy: 5, back: 5 }] })),
      ],
    }],
    judgement: allEchoed(Array.from({ length: 100 }, () => ({ text: "Hello" }))),
  },
]);

/** Without takeover the next message must stand alone; one that does not is broken (§7.1.1.2, §7.2.2). */
const noContext = part("14.4", { ...COMMON, role: "server", section: "RFC 7692 §7.1.1" }, [
  {
    title: "two messages that stand alone, without takeover on both sides",
    integrity: CHANGES,
    opening: {
      deflate: `${NAME}; server_no_context_takeover; client_no_context_takeover`,
      needsDeflate: true,
    },
    steps: [send(deflated(1, { zlib: words(3000) }), deflated(1, { zlib: words(3000) }))],
    judgement: echoed({ text: words(3000) }, { text: words(3000) }),
  },
  {
    title: "a hundred messages, without takeover of the server",
    integrity: CHANGES,
    opening: { deflate: `${NAME}; server_no_context_takeover`, needsDeflate: true },
    steps: [{ send: Array.from({ length: 100 }, () => deflated(1, { zlib: words(300) })) }],
    judgement: allEchoed(Array.from({ length: 100 }, () => ({ text: words(300) }))),
  },
  ...[9, 10, 12].map((bits) => ({
    title: `messages that repeat what is further back than the server's window of 2^${bits} bytes`,
    integrity: CHANGES,
    opening: { deflate: `${NAME}; server_max_window_bits=${bits}`, needsDeflate: true as const },
    steps: [send(
      deflated(2, stored(noise(20_000))),
      deflated(2, stored(noise(20_000))),
    )],
    judgement: echoed({ binary: noise(20_000) }, { binary: noise(20_000) }),
  })),
]);

const fragmented = part(
  "14.5",
  { ...COMMON, integrity: CHANGES, section: "RFC 7692 §6.1, §7.2.1" },
  [
    {
      title: "two fragments",
      steps: [{ send: inPieces(pieces(3)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "fragments of one byte",
      steps: [{ send: inPieces(pieces(1, 2, 3, 4, 5, 6)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "an empty first fragment",
      steps: [{ send: inPieces(pieces(0)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "an empty last fragment",
      steps: [{ send: inPieces(pieces(7)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "empty fragments between",
      steps: [{ send: inPieces(pieces(3, 3, 3)) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "a ping between two fragments",
      section: "RFC 7692 §6.1",
      steps: [{ send: between(inPieces(pieces(3)), ping("ping")) }],
      judgement: echoed({ pong: "ping" }, { text: "Hello" }),
    },
    {
      title: "a pong between two fragments",
      section: "RFC 7692 §6.1",
      steps: [{ send: between(inPieces(pieces(3)), { opcode: 10, payload: "pong" }) }],
      judgement: echoed({ text: "Hello" }),
    },
    {
      title: "a message that is not compressed, in fragments, after one that is",
      steps: [{
        send: [...inPieces(pieces(3)), text("one ", { fin: false }), continuation("two")],
      }],
      judgement: echoed({ text: "Hello" }, { text: "one two" }),
    },
    {
      title: "a fragment a byte, each byte in a write of its own",
      steps: [{ send: inPieces(pieces(1, 2, 3, 4, 5, 6)), pieceBytes: 1, pauseMs: 2 }],
      judgement: echoed({ text: "Hello" }),
    },
  ],
);

function between([first, ...rest]: readonly Frame[], frame: Frame): readonly Frame[] {
  return [first!, frame, ...rest];
}

const mixed = part("14.6", { ...COMMON, integrity: CHANGES, section: "RFC 7692 §6" }, [
  {
    title: "a text that is not compressed",
    steps: [send(text("plain"))],
    judgement: echoed({ text: "plain" }),
  },
  {
    title: "an empty text that is not compressed",
    steps: [send(text(""))],
    judgement: echoed({ text: "" }),
  },
  {
    title: "one that is not compressed between two that are",
    steps: [send(deflated(1, fixed("one")), text("two"), deflated(2, fixed("three")))],
    judgement: echoed({ text: "one" }, { text: "two" }, { binary: "three" }),
  },
  {
    title: "a ping, which is never compressed",
    steps: [send(ping("Hello"))],
    judgement: echoed({ pong: "Hello" }),
  },
  {
    title: "a compressed message and a close frame in one write",
    section: "RFC 6455 §5.5.1",
    steps: [send(deflated(1, fixed("Hello"))), { answers: 1 }, send(close(1000))],
    judgement: having({
      should: [{ answers: [{ text: "Hello" }], ending: { is: "closed", codes: [1000, 1005] } }],
      must: [{ answers: [{ text: "Hello" }], ending: { is: "closed" } }],
    }),
  },
]);

/** Which bits must not be set although the extension is there (§6.1; RFC 6455 §5.2). */
const bits = part("14.7", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §6.1",
  judgement: having(fails(PROTOCOL_ERROR)),
}, [
  {
    title: "RSV1 in the second fragment",
    steps: [
      send({ opcode: 1, ...COMPRESSED, fin: false, payload: HELLO.slice(0, 3) }, {
        opcode: 0,
        ...COMPRESSED,
        payload: HELLO.slice(3),
      }),
    ],
  },
  {
    title: "RSV1 in the second fragment alone",
    steps: [send(text("one ", { fin: false }), { opcode: 0, ...COMPRESSED, payload: HELLO })],
  },
  { title: "RSV1 in a ping", steps: [send(ping("Hello", COMPRESSED))] },
  { title: "RSV1 in a pong", steps: [send({ opcode: 10, ...COMPRESSED, payload: "Hello" })] },
  {
    title: "RSV1 in a close frame",
    steps: [send({ ...close(1000), ...COMPRESSED })],
    judgement: having({
      should: fails(PROTOCOL_ERROR).should!,
      must: ended(),
    }),
  },
  {
    title: "RSV2 in a compressed message",
    steps: [send({ ...deflated(1, fixed("Hello")), rsv: 6 })],
  },
  {
    title: "RSV3 in a compressed message",
    steps: [send({ ...deflated(1, fixed("Hello")), rsv: 5 })],
  },
  { title: "RSV2 in a message that is not compressed", steps: [send(text("Hello", { rsv: 2 }))] },
  {
    title: "a reserved opcode with RSV1",
    steps: [send({ opcode: 3, ...COMPRESSED, payload: HELLO })],
  },
]);

/** Hardly anybody ends the stream of DEFLATE with a message, but it may be done. */
const lastBlocks = part("14.13", { ...COMMON, section: "RFC 7692 §7.2.3.4" }, [
  {
    title: "a last block (BFINAL), and a byte after it",
    steps: [send(deflated(1, { fixed: ["Hello"], isLast: true }))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "a stored block that is the last (BFINAL)",
    steps: [send(deflated(1, { stored: "Hello", isLast: true }))],
    judgement: echoed({ text: "Hello" }),
  },
  {
    title: "two messages with a last block (BFINAL) each",
    steps: [
      send(
        deflated(1, { fixed: ["one"], isLast: true }),
        deflated(1, { fixed: ["two"], isLast: true }),
      ),
    ],
    judgement: echoed({ text: "one" }, { text: "two" }),
  },
]);

/** What cannot be inflated: the connection fails, with which code nobody says. */
const BROKEN: Judgement = having({
  should: [{ ending: { is: "closed", codes: [PROTOCOL_ERROR, INVALID_DATA] } }],
  must: ended(),
});

const compressedBytes = (
  title: string,
  ...bytes: readonly number[]
): Pick<Case, "title" | "steps"> => ({
  title,
  steps: [send({ opcode: 2, ...COMPRESSED, payload: Uint8Array.from(bytes) })],
});

const broken = part("14.8", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §7.2.2",
  judgement: BROKEN,
}, [
  compressedBytes("a block of the reserved kind", 0x07, 0x00),
  compressedBytes("bytes of which none is a block", 0xff, 0xff, 0xff, 0xff),
  compressedBytes(
    "a stored block whose length does not match its complement",
    0x00,
    0x05,
    0x00,
    0x00,
    0x00,
    0x48,
  ),
  {
    title: "a copy of what was never there",
    steps: [send(deflated(2, { fixed: [{ copy: 5, back: 100 }] }))],
  },
  {
    title: "a copy further back than the first message",
    steps: [send(deflated(2, fixed("Hello"), { fixed: [{ copy: 5, back: 6 }] }))],
  },
  compressedBytes(
    "codes of their own that are too many",
    0x04,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
  ),
  {
    title: "a broken message after a right one",
    steps: [
      send(deflated(1, fixed("Hello"))),
      { answers: 1 },
      send({ opcode: 1, ...COMPRESSED, payload: Uint8Array.of(0x07, 0x00) }),
    ],
    judgement: having({
      should: [{
        answers: [{ text: "Hello" }],
        ending: { is: "closed", codes: [PROTOCOL_ERROR, INVALID_DATA] },
      }],
      must: ended([{ text: "Hello" }]),
    }),
  },
]);

/** What is cut off cannot be told from a flush by everybody. */
const cutOff = part("14.9", {
  ...COMMON,
  deadlineMs: 4000,
  section: "RFC 7692 §7.2.2",
  judgement: { ...BROKEN, may: "anything" },
}, [
  compressedBytes("a stored block that is cut off", 0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65),
  compressedBytes("a message of no byte, not even of an empty block"),
]);

const invalid = part("14.10", {
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

const valid = part("14.11", { ...COMMON, integrity: CHANGES, section: "RFC 6455 §8.1" }, [
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
const bombs = part(
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

/** Compressed messages. */
export const deflate: Group = {
  id: "14",
  title: "Compressed messages",
  cases: [
    ...[...sizes, ...blocks, ...context, ...noContext, ...fragmented, ...mixed, ...bits, ...broken],
    ...[...cutOff, ...invalid, ...valid, ...bombs, ...lastBlocks],
  ],
};
