/**
 * What a case of the conformance suite is: data. It says which bytes are sent, and what must, should and may come back;
 * `driver/` sends and collects, `driver/judge.ts` compares.
 */

/** The side of a connection that is under test. */
export type Role = "server" | "client";

/** Cases about one part of the protocol: a file of `groups/`, and a line in its `mod.ts`. */
export interface Group {
  /** Its number, the first part of the ids of its cases. */
  readonly id: string;
  readonly title: string;
  readonly cases: readonly Case[];
}

/** One thing that is tried on one connection. */
export interface Case {
  /** `GROUP.PART.NUMBER`. An id stays: new cases are added at the end of a part. */
  readonly id: string;
  /** What is sent, as a phrase. */
  readonly title: string;
  /** Where it is said what must happen: `RFC 6455 §5.5`. */
  readonly section: string;
  /** The side that it is for; absent if it is for both. */
  readonly role?: Role;
  /** How the connection is opened, if not as usual. */
  readonly opening?: Opening;
  /** Set if the first step is sent in the same write as the request, or the answer to it, of the suite. */
  readonly isEarly?: true;
  /** What is done on the connection, in this order, while all that comes is collected. */
  readonly steps: readonly Step[];
  readonly judgement: Judgement;
  /**
   * What it means for a measurement if the case is failed, as a phrase that begins with a verb: "changes what it is sent".
   * Absent if replies can be trusted all the same.
   */
  readonly integrity?: string;
  /** How long all of it may take, in milliseconds; {@linkcode DEADLINE_MS} when left out. */
  readonly deadlineMs?: number;
  /** How long messages may come after the answer to a ping, in milliseconds; 600 or a third of the deadline when left out. */
  readonly lateMs?: number;
}

/** What differs from the usual opening handshake in what the suite sends: the request to a server, the answer to a client. */
export interface Opening {
  /**
   * Lines of the head, without their ends; the usual ones when left out. In them `{path}`, `{host}`, `{key}` and `{accept}`
   * stand for what would be right, and `{subprotocol}` for the first that a client offers.
   */
  readonly head?: readonly string[];
  /** What ends each line, if not CR and LF. */
  readonly lineEnd?: string;
  /** What follows the empty line at the end of the head, before any frame. */
  readonly body?: string;
  /** Bytes a write; absent for one write of all. */
  readonly pieceBytes?: number;
  /** Subprotocols that the head offers to a server, which may choose one. */
  readonly subprotocols?: readonly string[];
  /**
   * Offers of permessage-deflate (RFC 7692 §7.1), as a value of Sec-WebSocket-Extensions: what a server answers is checked
   * against them. A client is given the extension as it offers it, if it does.
   */
  readonly deflate?: string;
  /** Set if without the extension nothing can be tried: if it is not agreed on, no step is done. */
  readonly needsDeflate?: true;
  /** Set if the answer to the offer is what is tried: else the extension counts as not agreed on if that is wrong. */
  readonly isAboutAnswer?: true;
  /** Set if messages must be allowed to refer to those before them, too. */
  readonly needsContext?: true;
}

/** How long a case may take unless it says so, in milliseconds. */
export const DEADLINE_MS = 10_000;

/** Bytes; a text stands for its UTF-8. */
export type Bytes = string | Uint8Array<ArrayBuffer> | Filling | Deflated;

/** A message as it is compressed (RFC 7692 §7.2.1): blocks of DEFLATE (RFC 1951), after them an empty one without its end. */
export interface Deflated {
  readonly blocks: readonly Block[];
}

/** A block of a compressed message; `isLast` sets its bit BFINAL, which says that no other one follows. */
export type Block =
  /** Without compression; at most 65,535 bytes. */
  | { readonly stored: Bytes; readonly isLast?: true }
  /** With the fixed code: bytes, and copies of what came before. */
  | { readonly fixed: readonly (Bytes | Copy)[]; readonly isLast?: true }
  /** As many blocks as zlib makes of it, with codes of their own where that is shorter. */
  | { readonly zlib: Bytes; readonly level?: number; readonly windowBits?: number };

/** Bytes that came before in the message, or in those before it on the connection. */
export interface Copy {
  /** How many, 3 to 258. */
  readonly copy: number;
  /** How far back the first one is, 1 to 32,768. */
  readonly back: number;
}

/** Bytes by a rule, so that a case of megabytes is as small as any. */
export interface Filling {
  /** ASCII, all values of bytes, or zeros. */
  readonly filling: "words" | "noise" | "zeros";
  /** How many bytes. */
  readonly length: number;
  /** How many bytes of the rule come before; 0 when left out. */
  readonly from?: number;
  /** How many of the first bytes come once more after the last; 0 when left out. */
  readonly again?: number;
}

/** One thing that is done on a connection. */
export type Step =
  | SendStep
  /** Waits until so many {@linkcode Answer}s have come in all, or the connection has ended. */
  | { readonly answers: number }
  /** Waits as long as that, or until the connection has ended. */
  | { readonly waitMs: number }
  /** Sends no more: closes the sending half of the connection. */
  | { readonly end: "sending" };

/** Frames and raw bytes in one write, or in pieces. */
export interface SendStep {
  readonly send: readonly Sent[];
  /** Bytes a write; absent for one write of all. */
  readonly pieceBytes?: number;
  /** Bytes of the first write, if not as many as of the others. */
  readonly firstBytes?: number;
  /** How many bytes come in a second write, and all others in the first. */
  readonly lastBytes?: number;
  /** Between two pieces, in milliseconds; 0 when left out. */
  readonly pauseMs?: number;
}

/** A frame, or bytes that are none. */
export type Sent = Frame | { readonly raw: Uint8Array<ArrayBuffer> };

/** A frame, right or wrong (RFC 6455 §5.2). */
export interface Frame {
  /** 0 to 15. */
  readonly opcode: number;
  /** None when left out. */
  readonly payload?: Bytes;
  /** Set if the message goes on. */
  readonly fin?: false;
  /** The reserved bits as a number of three bits: 4 is RSV1. */
  readonly rsv?: number;
  /** The masking key, or false for none; when left out, a client's frame is masked and a server's is not. */
  readonly mask?: number | false;
  /** Bits of the length: 7, 16 or 64; the fewest that do when left out. */
  readonly lengthBits?: 7 | 16 | 64;
  /** What the length says, if not how long the payload is. */
  readonly length?: bigint;
}

/** What came is compared with these, in this order; the first that fits decides. */
export interface Judgement {
  /** Right: `ok`. Absent if all of `must` is. */
  readonly should?: readonly Outcome[];
  /** Allowed, though something else should come: `non-strict`; or `ok` without `should`. */
  readonly must: readonly Outcome[];
  /** Says that the other side does not have what is asked for, and need not: `unimplemented`. */
  readonly lacks?: readonly Outcome[];
  /** Left open by the protocol: `informational`, whatever of it comes. `anything` if nothing can be wrong. */
  readonly may?: readonly Outcome[] | "anything";
}

/** What may come back on a connection. */
export interface Outcome {
  /** Messages and pongs; none when left out. */
  readonly answers?: readonly Answer[];
  /** How many of the answers must have come, from the first; all when left out. */
  readonly atLeast?: number;
  /** Set if they may come in any order. */
  readonly anyOrder?: true;
  /** Set if all but the last of them may be left out. */
  readonly mayLack?: true;
  readonly ending: Ending;
}

/** A message, assembled and inflated, or a pong. */
export type Answer =
  | { readonly text: Bytes }
  | { readonly binary: Bytes }
  | { readonly pong: Bytes };

/** How a connection may end. */
export type Ending =
  /** It stays open until the suite closes it. */
  | { readonly is: "open" }
  /** The other side sends a close frame. */
  | Closed
  /** It ends without a close frame. */
  | { readonly is: "dropped"; readonly isEarly?: true }
  /** The request is not accepted. */
  | Refused
  /** The request is accepted without the extension that the case needs. */
  | { readonly is: "declined" };

/** How a server refuses a request. */
export interface Refused {
  readonly is: "refused";
  /** With one of these status codes; any but 101 when left out. */
  readonly statuses?: readonly number[];
  /** A field that the answer must have, in small letters, and what must be in the list that is its value. */
  readonly field?: readonly [name: string, element: string];
}

/** How the other side closes. */
export interface Closed {
  readonly is: "closed";
  /** One of these codes, 1005 for a close frame without one; any that may be sent when left out. */
  readonly codes?: readonly number[];
  /** Exactly this reason. */
  readonly reason?: string;
  /** Set if it must come before the last bytes are sent. */
  readonly isEarly?: true;
  /** Set if the other side must end the connection, too, soon after both close frames. */
  readonly isEnded?: true;
}

/** What is said of a server or a client for a case, from the worst on. */
export const VERDICTS = ["failed", "non-strict", "unimplemented", "informational", "ok"] as const;

/** What is said of a server or a client for a case. */
export type Verdict = typeof VERDICTS[number];

/** What came of a case. */
export interface CaseResult {
  readonly id: string;
  readonly verdict: Verdict;
  /** What should have come, in words. */
  readonly expected: string;
  /** What came: frames in words and hex, cut. */
  readonly came: string;
  readonly durationMs: number;
  /** Set if an answer came that must not, in a case of integrity: what its `integrity` says is true of the other side. */
  readonly breaksIntegrity?: true;
  /** Set if the usual handshake was not accepted, so that nothing could be tried. */
  readonly isNotOpened?: true;
  /** Set if it failed only because answers or an end were still missing: on a busy machine they may have been late. */
  readonly isUnanswered?: true;
}
