/** The faults that can be planted into the strict server, one at a time. */

import { ANSWER_FAULTS, ANSWER_RULES } from "./strict_answer.ts";
import { REQUEST_FAULTS, REQUEST_RULES } from "./strict_opening.ts";

/** Those of frames, each as a phrase of what the server or the client does. */
export const FAULTS = [
  "loses what comes with the handshake",
  "takes what it reads for whole frames",
  "answers an unfinished message at the end",
  "takes half of a frame for a whole one at the end",
  "stays when the other side has ended",
  "goes on after the close",
  "does not unmask",
  "unmasks by one byte",
  "takes unmasked frames",
  "takes long control frames",
  "takes any length",
  "takes long forms of a length",
  "ignores reserved bits",
  "ignores RSV2",
  "ignores RSV1",
  "ignores RSV3",
  "ignores reserved bits of control frames",
  "ignores reserved bits of continuations",
  "takes reserved opcodes of control frames",
  "takes reserved opcodes of messages",
  "takes control frames in fragments",
  "takes continuations without a start",
  "takes a message inside another",
  "takes little",
  "takes few fragments",
  "checks UTF-8 when the frame has come",
  "takes an empty fragment for the end",
  "checks UTF-8 when the message has come",
  "does not check UTF-8",
  "replaces what is not UTF-8",
  "takes cut UTF-8",
  "takes surrogates in UTF-8",
  "takes overlong UTF-8",
  "takes UTF-8 above U+10FFFF",
  "takes lone continuation bytes in UTF-8",
  "closes broken UTF-8 with 1002",
  "answers pongs",
  "answers no ping",
  "answers pings after the message",
  "answers pings without content",
  "cuts what a ping carries",
  "answers no close",
  "ends without an answer to a close",
  "takes a close frame of one byte",
  "echoes any close code",
  "answers every close with 1000",
  "takes undefined close codes",
  "does not check close reasons",
  "answers every close with 1011",
  "does not end the connection",
  "fails without a close frame",
  "fails with 1000",
  "answers after it has failed",
  "changes the last byte",
  "loses the last byte of 65,536",
  "answers all as text",
  "answers all as binary",
  "answers in unmarked fragments",
  "cuts texts at U+0000",
  "answers nothing without content",
  "answers twice",
  "masks its frames",
  "sends long forms of a length",
  "sets RSV1",
] as const;

/** Those of the handshake of a server, and of compression. */
export const OPENING_FAULTS = [
  "takes plain messages for compressed ones",
  "takes compressed messages for plain ones",
  "forgets the context",
  "takes no last blocks",
  "takes what it cannot inflate for empty",
  "closes what it cannot inflate with 1000",
  ...REQUEST_RULES.map(({ fault }) => fault),
  ...REQUEST_FAULTS,
] as const;

/** Those of clients alone. */
export const CLIENT_FAULTS = [
  ...ANSWER_RULES.map(({ fault }) => fault),
  ...ANSWER_FAULTS,
] as const;

/** What a faulty server or client does. */
export type FaultId =
  | typeof FAULTS[number]
  | typeof OPENING_FAULTS[number]
  | typeof CLIENT_FAULTS[number];
