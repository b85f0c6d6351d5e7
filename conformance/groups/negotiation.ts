/** What a client offers, and a server chooses: subprotocols and extensions (RFC 6455 §4.2.2, §9.1). */

import type { Case, Group } from "../types.ts";
import { part } from "./judgements.ts";
import { ACCEPTED, HELLO, MAY_ACCEPT, request, SHOULD_ACCEPT, SHOULD_REFUSE } from "./openings.ts";

const COMMON = { role: "server", steps: HELLO, deadlineMs: 3000 } as const;

/** The lines that offer subprotocols, and which of them may be chosen. */
function offering(
  title: string,
  values: readonly string[],
  subprotocols: readonly string[],
): Pick<Case, "title" | "opening"> {
  const lines = values.map((value) => `Sec-WebSocket-Protocol: ${value}`);
  return { title, opening: { head: [...request({}), ...lines], subprotocols } };
}

/** A server that knows none of them may go on without, or refuse (§4.2.2). */
const subprotocols = part(
  "12.1",
  { ...COMMON, section: "RFC 6455 §4.2.2", judgement: MAY_ACCEPT },
  [
    offering("one subprotocol", ["chat"], ["chat"]),
    offering("two subprotocols", ["chat, superchat"], ["chat", "superchat"]),
    offering("two subprotocols without a blank", ["chat,superchat"], ["chat", "superchat"]),
    offering("two lines of subprotocols", ["chat", "superchat"], ["chat", "superchat"]),
    offering("two subprotocols that differ in a capital", ["Chat, chat"], ["Chat", "chat"]),
    offering("a hundred subprotocols", [
      Array.from({ length: 100 }, (_, index) => `chat${index}`).join(", "),
    ], Array.from({ length: 100 }, (_, index) => `chat${index}`)),
    offering("a subprotocol of all characters of a token", ["!#$%&'*+-.^_`|~09AZaz"], [
      "!#$%&'*+-.^_`|~09AZaz",
    ]),
    offering("a subprotocol of 1,000 characters", ["x".repeat(1000)], ["x".repeat(1000)]),
  ],
);

/** What is offered must be tokens that differ (§4.1). */
const brokenSubprotocols = part("12.2", {
  ...COMMON,
  section: "RFC 6455 §4.1, §11.3.4",
  judgement: SHOULD_REFUSE,
}, [
  offering("no subprotocol in the field", [""], []),
  offering("a subprotocol with a blank", ["cha t"], []),
  offering("a subprotocol with a slash", ["chat/1"], []),
  offering("a subprotocol in quotes", ['"chat"'], []),
  offering("a subprotocol twice", ["chat, chat"], ["chat"]),
]);

function extension(title: string, ...values: readonly string[]): Pick<Case, "title" | "opening"> {
  return {
    title,
    opening: {
      head: [...request({}), ...values.map((value) => `Sec-WebSocket-Extensions: ${value}`)],
    },
  };
}

/** What a server does not know it leaves out (§9.1). */
const unknown = part("12.3", { ...COMMON, section: "RFC 6455 §9.1", judgement: ACCEPTED }, [
  extension("an extension that nobody knows", "x-unknown"),
  extension("an extension with parameters", "x-unknown; a; b=1"),
  extension("a parameter in quotes", 'x-unknown; a="1"'),
  extension("two extensions", "x-unknown, x-other; a=1"),
  extension("two lines of extensions", "x-unknown", "x-other"),
  extension("an extension twice, with other parameters", "x-unknown; a=1, x-unknown; a=2"),
  extension("a name that begins as that of an extension", "permessage-deflated"),
  extension(
    "a hundred extensions",
    Array.from({ length: 100 }, (_, index) => `x-${index}`).join(", "),
  ),
  {
    ...extension("blanks around all signs", "x-unknown ; a = 1 , x-other"),
    judgement: SHOULD_ACCEPT,
  },
]);

/** A value that is no list of extensions must not be accepted by who reads it (§9.1). */
const broken = part("12.4", { ...COMMON, section: "RFC 6455 §9.1", judgement: SHOULD_REFUSE }, [
  extension("a parameter without a name", "x-unknown; =1"),
  extension("a parameter without the value it announces", "x-unknown; a="),
  extension("a semicolon at the end", "x-unknown;"),
  extension("two words without a sign between", "x-unknown y"),
  extension("quotes that are not closed", 'x-unknown; a="1'),
  extension("a value in quotes that is no token", 'x-unknown; a="1 2"'),
  extension("a slash in a name", "x/unknown"),
]);

/** Subprotocols and extensions. */
export const negotiation: Group = {
  id: "12",
  title: "Subprotocols and extensions",
  cases: [...subprotocols, ...brokenSubprotocols, ...unknown, ...broken],
};
