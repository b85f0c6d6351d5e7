/** Offers of permessage-deflate, right and wrong ones (RFC 7692 §5, §7.1). What is agreed on is checked by the driver. */

import type { Case, Group, Judgement } from "../types.ts";
import { answered, ended, part, send } from "./judgements.ts";

const COMMON = {
  role: "server",
  deadlineMs: 3000,
  steps: [
    send({ opcode: 1, rsv: 4, payload: { blocks: [{ fixed: ["Hello"] }] } }),
    { answers: 1 },
    send({ opcode: 1, payload: "plain" }),
  ],
} as const;

const WORKS = answered({ text: "Hello" }, { text: "plain" });
const DECLINED = { ending: { is: "declined" } } as const;

/** It is agreed on and works, or the server does not have it. */
export const AGREED: Judgement = { ...WORKS, lacks: [DECLINED] };

/** It should be; but a request that is refused as a whole is an answer, too. */
const SHOULD_AGREE: Judgement = {
  should: WORKS.must,
  must: [...WORKS.must, { ending: { is: "refused" } }],
  lacks: [DECLINED],
};

const offer = (deflate: string, title = deflate): Pick<Case, "title" | "opening"> => ({
  title,
  opening: { deflate, needsDeflate: true, isAboutAnswer: true },
});

const NAME = "permessage-deflate";

const single = part("13.1", { ...COMMON, section: "RFC 7692 §7.1", judgement: AGREED }, [
  offer(NAME),
  offer(`${NAME}; server_no_context_takeover`),
  offer(`${NAME}; client_no_context_takeover`),
  offer(`${NAME}; server_no_context_takeover; client_no_context_takeover`),
  offer(`${NAME}; client_no_context_takeover; server_no_context_takeover`),
  offer(`${NAME}; client_max_window_bits`),
  offer(`${NAME}; client_max_window_bits; server_no_context_takeover`),
  offer(
    `${NAME}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits`,
  ),
]);

const BITS = [8, 9, 10, 11, 12, 13, 14, 15];

/** A server may decline a window that it cannot keep (§7.1.2.1). */
const serverBits = part("13.2", { ...COMMON, section: "RFC 7692 §7.1.2.1", judgement: AGREED }, [
  ...BITS.map((bits) => offer(`${NAME}; server_max_window_bits=${bits}`)),
  offer(`${NAME}; server_max_window_bits="10"`),
]);

const clientBits = part(
  "13.3",
  { ...COMMON, section: "RFC 7692 §7.1.2.2", judgement: AGREED },
  BITS.map((bits) => offer(`${NAME}; client_max_window_bits=${bits}`)),
);

const several = part("13.4", { ...COMMON, section: "RFC 7692 §5.1, §7.1.3", judgement: AGREED }, [
  offer(`${NAME}, ${NAME}; client_max_window_bits`),
  offer(`${NAME}; server_max_window_bits=10, ${NAME}`),
  offer(
    `${NAME}; client_max_window_bits; server_no_context_takeover, ${NAME}; client_max_window_bits`,
  ),
  offer(`x-unknown, ${NAME}`),
  offer(`${NAME}, x-unknown`),
  offer(`x-unknown; a=1; b="2", ${NAME}; client_max_window_bits`),
  {
    ...offer(
      `${NAME}; unknown_parameter, ${NAME}`,
      "an offer with an unknown parameter, and one without",
    ),
    judgement: SHOULD_AGREE,
  },
  {
    ...offer(
      `${NAME}; server_max_window_bits=16, ${NAME}`,
      "an offer with a wrong window, and a right one",
    ),
    judgement: SHOULD_AGREE,
  },
]);

const spelling = part("13.5", { ...COMMON, section: "RFC 6455 §9.1", judgement: AGREED }, [
  offer(`${NAME};client_max_window_bits;server_no_context_takeover`, "no blanks"),
  {
    ...offer(
      `${NAME} ; client_max_window_bits ; server_max_window_bits = 15`,
      "blanks around all signs",
    ),
    judgement: SHOULD_AGREE,
  },
]);

/** A server must not take what it does not understand (§5.1), and may refuse the request (RFC 6455 §9.1). */
const NOT_AGREED: Judgement = {
  must: [DECLINED, { ending: { is: "refused" } }],
  may: ended(),
};

const wrong = part("13.6", { ...COMMON, section: "RFC 7692 §7.1", judgement: NOT_AGREED }, [
  ...["7", "16", "0", "-1", "08", "010", "15.0", "ten", "256", "99999999999999999999"].map((
    bits,
  ) => ({
    ...offer(`${NAME}; server_max_window_bits=${bits}`),
    section: "RFC 7692 §7.1.2.1",
  })),
  { ...offer(`${NAME}; server_max_window_bits`), section: "RFC 7692 §7.1.2.1" },
  ...["7", "16", "0", "09", "ten"].map((bits) => ({
    ...offer(`${NAME}; client_max_window_bits=${bits}`),
    section: "RFC 7692 §7.1.2.2",
  })),
  { ...offer(`${NAME}; server_no_context_takeover=1`), section: "RFC 7692 §7.1.1.1" },
  { ...offer(`${NAME}; server_no_context_takeover=true`), section: "RFC 7692 §7.1.1.1" },
  { ...offer(`${NAME}; client_no_context_takeover=1`), section: "RFC 7692 §7.1.1.2" },
  offer(`${NAME}; unknown_parameter`),
  offer(`${NAME}; unknown_parameter=1`),
  offer(`${NAME}; server_no_context_takeover; server_no_context_takeover`),
  offer(`${NAME}; client_no_context_takeover; client_no_context_takeover`),
  offer(`${NAME}; server_max_window_bits=10; server_max_window_bits=10`),
  offer(`${NAME}; client_max_window_bits; client_max_window_bits=10`),
]);

/** Offers of compression. */
export const deflateOffers: Group = {
  id: "13",
  title: "Offers of permessage-deflate",
  cases: [...single, ...serverBits, ...clientBits, ...several, ...spelling, ...wrong],
};
