/** Messages that refer to those before them, and such that must not (RFC 7692 §7.1.1, §7.1.2, §7.2.3.2). */

import { noise, part, send, text, words } from "../judgements.ts";
import { allEchoed, CHANGES, COMMON, deflated, echoed, fixed, NAME, stored } from "./messages.ts";

/** Messages that refer to those before them. */
export const context = part("14.3", {
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
export const noContext = part("14.4", { ...COMMON, role: "server", section: "RFC 7692 §7.1.1" }, [
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
