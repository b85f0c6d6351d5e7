/** Messages in fragments, and control frames between them (RFC 6455 §5.4). */

import type { Frame, Group } from "../types.ts";
import {
  answered,
  binary,
  continuation,
  ended,
  fails,
  fragments,
  noise,
  OPEN,
  part,
  ping,
  pong,
  PROTOCOL_ERROR,
  send,
  text,
  words,
} from "./judgements.ts";

const CHANGES = "changes what it is sent";
const SECTION = "RFC 6455 §5.4";
const more = { fin: false } as const;

/** Text in fragments with these contents. */
function textIn(contents: readonly string[]): readonly Frame[] {
  return contents.map((payload, index) => ({
    ...(index === 0 ? text(payload) : continuation(payload)),
    ...(index < contents.length - 1 && more),
  }));
}

const CONTENTS: readonly (readonly [string, readonly string[]])[] = [
  ["two fragments", ["one ", "two"]],
  ["three fragments", ["one ", "two ", "three"]],
  ["an empty first fragment", ["", "two"]],
  ["an empty last fragment", ["one ", ""]],
  ["an empty fragment in the middle", ["one ", "", "three"]],
  ["two empty fragments", ["", ""]],
  ["five empty fragments", ["", "", "", "", ""]],
  ["fragments of one byte", [..."What comes back"]],
];

const texts = part(
  "4.1",
  { section: SECTION, integrity: CHANGES },
  CONTENTS.flatMap(([what, contents]) =>
    [true, false].map((isOneWrite) => ({
      title: `text in ${what}, ${isOneWrite ? "in one write" : "each in a write of its own"}`,
      steps: isOneWrite
        ? [{ send: textIn(contents) }]
        : textIn(contents).map((frame) => send(frame)),
      judgement: answered({ text: contents.join("") }),
    }))
  ),
);

const sizes = part(
  "4.2",
  { section: SECTION, integrity: CHANGES },
  [1, 125, 126, 1000, 65_535, 65_536].map((bytes) => ({
    title: `binary data of ${(4 * bytes + 1).toLocaleString("en-US")} bytes in fragments of ${
      bytes.toLocaleString("en-US")
    }`,
    steps: [{ send: fragments(noise(4 * bytes + 1), bytes) }],
    judgement: answered({ binary: noise(4 * bytes + 1) }),
  })),
);

const several = part("4.3", { section: SECTION, integrity: CHANGES }, [
  {
    title: "two texts in fragments, one after the other",
    steps: [{ send: [...textIn(["one ", "two"]), ...textIn(["three ", "four"])] }],
    judgement: answered({ text: "one two" }, { text: "three four" }),
  },
  {
    title: "text in fragments, then binary data in one frame",
    steps: [{ send: [...textIn(["one ", "two"]), binary(noise(100))] }],
    judgement: answered({ text: "one two" }, { binary: noise(100) }),
  },
  {
    title: "binary data in fragments, then text in fragments",
    steps: [{ send: [...fragments(noise(50), 20), ...textIn(["three ", "four"])] }],
    judgement: answered({ binary: noise(50) }, { text: "three four" }),
  },
]);

/** A pong should come as soon as it can; a server that answers in its own order does not change anything. */
const PONG_FIRST = (...pongs: readonly string[]) => ({
  should: [{ answers: [...pongs.map((pong) => ({ pong })), { text: "one two" }], ending: OPEN }],
  must: [
    {
      answers: [...pongs.map((pong) => ({ pong })), { text: "one two" }],
      anyOrder: true as const,
      ending: OPEN,
    },
    // Only the last of several pings needs an answer (§5.5.3).
    { answers: [{ pong: pongs.at(-1)! }, { text: "one two" }], ending: OPEN },
  ],
});

const between = part("4.4", { section: "RFC 6455 §5.4, §5.5", integrity: CHANGES }, [
  {
    title: "a ping between two fragments",
    steps: [send(text("one ", more), ping("amid"), continuation("two"))],
    judgement: PONG_FIRST("amid"),
  },
  {
    title: "a ping between two fragments, each in a write of its own",
    steps: [send(text("one ", more)), send(ping("amid")), send(continuation("two"))],
    judgement: PONG_FIRST("amid"),
  },
  {
    title: "a ping between two fragments, of which the second comes when the ping was answered",
    steps: [
      send(text("one ", more)),
      send(ping("amid")),
      { answers: 1 },
      send(continuation("two")),
    ],
    judgement: answered({ pong: "amid" }, { text: "one two" }),
  },
  {
    title: "a ping without content between two fragments",
    steps: [send(text("one ", more), ping(""), continuation("two"))],
    judgement: PONG_FIRST(""),
  },
  {
    title: "three pings between two fragments",
    steps: [send(text("one ", more), ping("1"), ping("2"), ping("3"), continuation("two"))],
    judgement: PONG_FIRST("1", "2", "3"),
  },
  {
    title: "a pong that nobody asked for between two fragments",
    steps: [send(text("one ", more), pong("amid"), continuation("two"))],
    judgement: answered({ text: "one two" }),
  },
  {
    title: "a ping after each of ten fragments",
    steps: [{
      send: fragments(words(100), 10).flatMap((frame, index) =>
        index < 9 ? [frame, ping(String(index))] : [frame]
      ),
    }],
    judgement: {
      should: [{
        answers: [
          ...Array.from({ length: 9 }, (_, index) => ({ pong: String(index) })),
          { text: words(100) },
        ],
        ending: OPEN,
      }],
      must: [{
        answers: [
          ...Array.from({ length: 9 }, (_, index) => ({ pong: String(index) })),
          { text: words(100) },
        ],
        anyOrder: true,
        ending: OPEN,
      }, { answers: [{ pong: "8" }, { text: words(100) }], ending: OPEN }],
    },
  },
]);

const withoutStart = part("4.5", {
  section: SECTION,
  judgement: fails(PROTOCOL_ERROR),
}, [
  { title: "a last fragment without a first", steps: [send(continuation("two"))] },
  { title: "an empty last fragment without a first", steps: [send(continuation(""))] },
  {
    title: "a fragment in the middle without a first",
    steps: [send(continuation("two", more), text("Hello"))],
  },
  {
    title: "a fragment in the middle and a last one without a first",
    steps: [send(continuation("one ", more), continuation("two"))],
  },
  {
    title: "a last fragment after a text in one frame",
    steps: [send(text("first")), { answers: 1 }, send(continuation("two"))],
    judgement: fails(PROTOCOL_ERROR, { text: "first" }),
  },
  {
    title: "a last fragment after a text in fragments",
    steps: [{ send: textIn(["one ", "two"]) }, { answers: 1 }, send(continuation("three"))],
    judgement: fails(PROTOCOL_ERROR, { text: "one two" }),
  },
  {
    title: "fragments in the middle without a first, many times",
    steps: [{ send: Array.from({ length: 20 }, () => continuation("two", more)) }],
  },
  {
    title: "a text in fragments and a fragment in the middle in one write",
    steps: [{ send: [...textIn(["one ", "two"]), continuation("three ", more), text("Hello")] }],
    judgement: fails(PROTOCOL_ERROR, { text: "one two" }),
  },
]);

const withoutEnd = part("4.6", {
  section: SECTION,
  judgement: fails(PROTOCOL_ERROR),
}, [
  {
    title: "a text in one frame inside another text",
    steps: [send(text("one ", more), text("Hello"), continuation("two"))],
  },
  {
    title: "binary data in one frame inside a text",
    steps: [send(text("one ", more), binary("Hello"), continuation("two"))],
  },
  {
    title: "text in one frame inside binary data",
    steps: [send(binary("one ", more), text("Hello"), continuation("two"))],
  },
  {
    title: "text in fragments inside another text",
    steps: [send(text("one ", more), text("Hello ", more), continuation("two"))],
  },
  {
    title: "a second first fragment in a write of its own",
    steps: [send(text("one ", more)), send(text("Hello")), send(continuation("two"))],
  },
]);

const BROKEN = "takes an unfinished message for a whole one";

const unfinished = part("4.7", { section: SECTION, integrity: BROKEN, deadlineMs: 4000 }, [
  {
    title: "text without its last fragment, then the end of sending",
    steps: [send(text("one ", more), continuation("two ", more)), { end: "sending" }],
    judgement: { must: ended(), may: [{ ending: OPEN }] },
  },
  {
    title: "half of a frame, then the end of sending",
    steps: [send(text("Hello", { length: 10n })), { end: "sending" }],
    judgement: { must: ended(), may: [{ ending: OPEN }] },
  },
  {
    title: "text without its last fragment, then a ping",
    steps: [send(text("one ", more), ping("still there"))],
    judgement: {
      should: [{ answers: [{ pong: "still there" }], ending: OPEN }],
      // The close of the suite comes amid the message, which some fail.
      must: [{ answers: [{ pong: "still there" }], ending: { is: "closed" } }],
    },
  },
]);

/** Messages in fragments. */
export const fragmentation: Group = {
  id: "4",
  title: "Fragments",
  cases: [
    ...texts,
    ...sizes,
    ...several,
    ...between,
    ...withoutStart,
    ...withoutEnd,
    ...unfinished,
  ],
};
