/** The heads and judgements that cases of the opening handshake are made of. */

import { USUAL_REQUEST } from "../driver/server_opening.ts";
import type { Judgement, Outcome } from "../types.ts";
import { answered, OPEN, send, text } from "./judgements.ts";

/** What is sent on a connection that should be open. */
export const HELLO = [send(text("Hello"))] as const;

/** The usual request with other lines in the place of that of a field, or none; more lines come at the end. */
export function request(
  changed: { readonly [name: string]: string | readonly string[] },
  ...more: readonly string[]
): readonly string[] {
  return [...changedHead(USUAL_REQUEST, changed), ...more];
}

/** A head with other lines in the place of that of a field, whose name may be `line` for the first one. */
export function changedHead(
  head: readonly string[],
  changed: { readonly [name: string]: string | readonly string[] },
): readonly string[] {
  const [first = "", ...fields] = head;
  return [
    changed.line ?? first,
    ...fields.map((field) => changed[field.slice(0, field.indexOf(":"))] ?? field),
  ].flat();
}

/** The request is accepted, and messages come back. */
export const ACCEPTED: Judgement = answered({ text: "Hello" });

const OPENED: Outcome = { answers: [{ text: "Hello" }], ending: OPEN };
const REFUSED: readonly Outcome[] = [{ ending: { is: "refused" } }, { ending: { is: "dropped" } }];

/** It should be accepted; but nobody says that it must. */
export const SHOULD_ACCEPT: Judgement = { should: [OPENED], must: [OPENED, ...REFUSED] };

/** It is accepted, unless it is longer than the server takes. */
export const ACCEPTED_OR_LONG: Judgement = { ...ACCEPTED, lacks: REFUSED };

/** A request that is none for a WebSocket: whatever a server of HTTP answers, it must not be 101. */
export const NOT_ACCEPTED: Judgement = { must: [REFUSED[0]!], may: [REFUSED[1]!] };

/** It must be refused, and should with one of these codes (RFC 6455 §4.2.1, §4.2.2). */
export function refused(...statuses: readonly number[]): Judgement {
  return { should: [{ ending: { is: "refused", statuses } }], must: REFUSED };
}

/** It should be refused with 400; one who takes it does what is not said. */
export const SHOULD_REFUSE: Judgement = {
  should: [{ ending: { is: "refused", statuses: [400] } }],
  must: [OPENED, ...REFUSED],
};

/** A server may refuse it for reasons of its own. */
export const MAY_ACCEPT: Judgement = { must: [OPENED], may: REFUSED };

/** Both is right, as long as there is an answer. */
export const EITHER: Judgement = { must: [OPENED, ...REFUSED] };

/** As {@linkcode EITHER}, for what need not be taken for the end of a request: then more of it is waited for. */
export const EITHER_OR_SILENCE: Judgement = { ...EITHER, may: [{ ending: OPEN }] };

/** A server may refuse it, and is not to blame for what it makes of it. */
export const ANYTHING: Judgement = { must: [OPENED], may: "anything" };
