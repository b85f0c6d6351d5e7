/** Codes and reasons of close frames, from 0 to 65535 by their classes (RFC 6455 §7.4). */

import type { Group, Judgement } from "../types.ts";
import { closes } from "./closing.ts";
import { close, ended, part, PROTOCOL_ERROR, send } from "./judgements.ts";

const NORMAL = [1000, 1005];

const DEFINED: readonly (readonly [number, string])[] = [
  [1000, "normal"],
  [1001, "going away"],
  [1002, "protocol error"],
  [1003, "unsupported data"],
  [1007, "invalid data"],
  [1008, "policy violation"],
  [1009, "message too big"],
  [1010, "mandatory extension"],
  [1011, "internal error"],
  [1012, "service restart, of IANA's registry"],
  [1013, "try again later, of IANA's registry"],
  [1014, "bad gateway, of IANA's registry"],
];

const defined = part(
  "8.1",
  { section: "RFC 6455 §7.4.1" },
  DEFINED.map(([code, meaning]) => ({
    title: `a close frame with ${code} (${meaning})`,
    steps: [send(close(code))],
    judgement: closes([code, ...NORMAL]),
  })),
);

const free = part(
  "8.2",
  { section: "RFC 6455 §7.4.2" },
  [3000, 3001, 3999, 4000, 4001, 4999].map((code) => ({
    title: `a close frame with ${code}, which is for ${
      code < 4000 ? "libraries and frameworks" : "applications"
    }`,
    steps: [send(close(code))],
    judgement: closes([code, ...NORMAL]),
  })),
);

/** The connection is closed anyway; an answer with 1000 says that nothing was wrong. */
const WRONG: Judgement = {
  should: [{ ending: { is: "closed", codes: [PROTOCOL_ERROR] } }],
  must: ended(),
};

const never = part("8.3", { section: "RFC 6455 §7.4", judgement: WRONG }, [
  ...[0, 1, 500, 999].map((code) => ({
    title: `a close frame with ${code}, which is not used`,
    steps: [send(close(code))],
  })),
  { title: "a close frame with 1004, which is reserved", steps: [send(close(1004))] },
  {
    title: "a close frame with 1005, which means that there was no code",
    steps: [send(close(1005))],
  },
  {
    title: "a close frame with 1006, which means that there was no close frame",
    steps: [send(close(1006))],
  },
  { title: "a close frame with 1015, which means that TLS failed", steps: [send(close(1015))] },
  {
    title: "a close frame with 1006 and a reason",
    steps: [send(close(1006, "Good bye"))],
  },
]);

const undefinedYet = part(
  "8.4",
  { section: "RFC 6455 §7.4.2", judgement: WRONG },
  [1016, 1017, 1100, 1999, 2000, 2999].map((code) => ({
    title: `a close frame with ${code}, which nobody has defined yet`,
    steps: [send(close(code))],
  })),
);

/** Nobody says what is to be done. */
const beyond = part(
  "8.5",
  { section: "RFC 6455 §7.4.2", judgement: { must: ended(), may: "anything" } },
  [5000, 9999, 32_768, 65_535].map((code) => ({
    title: `a close frame with ${code}, above all classes`,
    steps: [send(close(code))],
  })),
);

const reasons = part("8.6", { section: "RFC 6455 §5.5.1", judgement: closes(NORMAL) }, [
  ...[1, 122, 123].map((length) => ({
    title: `a close frame with a reason of ${length} byte${length === 1 ? "" : "s"}`,
    steps: [send(close(1000, "a".repeat(length)))],
  })),
  {
    title: "a close frame with a reason of characters of all lengths",
    steps: [send(close(1000, "aä€😀"))],
  },
  {
    title: "a close frame with a reason that has U+0000",
    steps: [send(close(1000, "a\0b"))],
  },
  {
    title: "a close frame with 4000 and a reason",
    steps: [send(close(4000, "Good bye"))],
    judgement: closes([4000, ...NORMAL]),
  },
  {
    title: "a close frame with 3000 and a reason of 123 bytes",
    steps: [send(close(3000, "a".repeat(123)))],
    judgement: closes([3000, ...NORMAL]),
  },
]);

/** Codes and reasons of close frames. */
export const closeCodes: Group = {
  id: "8",
  title: "Close codes and reasons",
  cases: [...defined, ...free, ...never, ...undefinedYet, ...beyond, ...reasons],
};
