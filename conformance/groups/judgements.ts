/** The judgements, frames and lists that most cases are made of. */

import type {
  Answer,
  Bytes,
  Case,
  Closed,
  Filling,
  Frame,
  Judgement,
  Outcome,
  SendStep,
  Sent,
} from "../types.ts";

/** The connection stays open until the suite closes it. */
export const OPEN = { is: "open" } as const;
/** The connection ends without a close frame. */
const DROPPED = { is: "dropped" } as const;
/** Any close frame that may be sent. */
const CLOSED: Closed = { is: "closed" };

/** The code of a close for what the protocol forbids, for data that is not what it says, and for too much of it. */
export const PROTOCOL_ERROR = 1002;
export const INVALID_DATA = 1007;
export const TOO_BIG = 1009;
/** The code that some close with where a message has too many fragments. */
const POLICY = 1008;

/** These come back, in this order, and the connection stays open. */
export function answered(...answers: readonly Answer[]): Judgement {
  return allAnswered(answers);
}

/** As {@linkcode answered}, for a list. */
export function allAnswered(answers: readonly Answer[]): Judgement {
  return { must: [{ answers, ending: OPEN }] };
}

/**
 * The connection is failed (RFC 6455 §7.1.7): it must end, and a close frame with the code should come before. What
 * was right before should be answered.
 */
export function fails(code: number, ...answers: readonly Answer[]): Judgement {
  return {
    should: [{ answers, ending: { is: "closed", codes: [code] } }],
    must: ended(answers),
  };
}

/** As {@linkcode fails}, and before the last step that sends: what is wrong is known by then. */
export function failsEarly(code: number, ...answers: readonly Answer[]): Judgement {
  return {
    should: [{ answers, ending: { is: "closed", codes: [code], isEarly: true } }],
    must: ended(answers),
  };
}

/** Whatever way the connection ends, with or without the answers before. */
export function ended(answers: readonly Answer[] = []): readonly Outcome[] {
  return [CLOSED, DROPPED].map((ending) => ({ answers, atLeast: 0, ending }));
}

/** As {@linkcode allAnswered}; but one who has a limit may refuse what is longer (RFC 6455 §10.4). */
export function answeredOrTooBig(answers: readonly Answer[]): Judgement {
  const refused: Closed = { is: "closed", codes: [TOO_BIG, POLICY] };
  return { ...allAnswered(answers), lacks: [{ ending: refused }, { ending: DROPPED }] };
}

/** A frame of text that ends its message, or as the rest says. */
export const text = (payload: Bytes, rest: Omit<Frame, "opcode" | "payload"> = {}): Frame => ({
  ...{ opcode: 1, payload },
  ...rest,
});

/** A frame of binary data. */
export const binary = (payload: Bytes, rest: Omit<Frame, "opcode" | "payload"> = {}): Frame => ({
  ...{ opcode: 2, payload },
  ...rest,
});

/** A frame that goes on with a message, and ends it unless the rest says that it does not. */
export const continuation = (
  payload: Bytes,
  rest: Omit<Frame, "opcode" | "payload"> = {},
): Frame => ({ ...{ opcode: 0, payload }, ...rest });

/** A ping. */
export const ping = (payload: Bytes, rest: Omit<Frame, "opcode" | "payload"> = {}): Frame => ({
  ...{ opcode: 9, payload },
  ...rest,
});

/** A pong. */
export const pong = (payload: Bytes, rest: Omit<Frame, "opcode" | "payload"> = {}): Frame => ({
  ...{ opcode: 10, payload },
  ...rest,
});

/** A close frame with a code and a reason, or with no code. */
export function close(code?: number, reason: string | Uint8Array = ""): Frame {
  if (code === undefined) return { opcode: 8 };
  const bytes = typeof reason === "string" ? new TextEncoder().encode(reason) : reason;
  return { opcode: 8, payload: Uint8Array.from([code >>> 8, code & 0xff, ...bytes]) };
}

/** All in one write. */
export const send = (...sent: readonly Sent[]): SendStep => ({ send: sent });

/** Bytes without a frame around them. */
export const raw = (...bytes: readonly number[]): Sent => ({ raw: Uint8Array.from(bytes) });

/** Bytes of all values. */
export const noise = (length: number, from = 0): Filling => ({ filling: "noise", length, from });

/** ASCII of a length. */
export const words = (length: number, from = 0): Filling => ({ filling: "words", length, from });

/** The fragments of a message that is filled: each has as many bytes, the last one the rest. */
export function fragments(whole: Filling, bytes: number): readonly Frame[] {
  const count = Math.max(1, Math.ceil(whole.length / bytes));
  return Array.from({ length: count }, (_, index) => ({
    opcode: index > 0 ? 0 : whole.filling === "words" ? 1 : 2,
    payload: {
      ...whole,
      from: index * bytes,
      length: Math.min(bytes, whole.length - index * bytes),
    },
    ...(index < count - 1 && { fin: false as const }),
  }));
}

/** `1 byte`, `65,536 bytes`, `16 MiB`. */
export function size(bytes: number): string {
  const [unit, name] = bytes >= 2 ** 20 ? [2 ** 20, "MiB"] : [2 ** 10, "KiB"];
  return bytes >= 2 ** 17 && bytes % unit === 0
    ? `${bytes / unit} ${name}`
    : `${bytes.toLocaleString("en-US")} byte${bytes === 1 ? "" : "s"}`;
}

/** What a case has, but its id. */
type Unnumbered = Omit<Case, "id">;

/**
 * A part of a group: its cases are numbered in their order.
 *
 * @param common what all of them have
 */
export function part<Common extends Partial<Unnumbered>>(
  id: string,
  common: Common,
  cases: readonly (Omit<Unnumbered, keyof Common> & Partial<Unnumbered>)[],
): readonly Case[] {
  return cases.map((one, index) =>
    ({ ...common, ...one, id: `${id}.${index + 1}` }) as unknown as Case
  );
}
