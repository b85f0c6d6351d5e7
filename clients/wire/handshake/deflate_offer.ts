/** The negotiation of permessage-deflate (RFC 7692 §5, §7.1): what a client offers, and what it takes as the answer. */

import { HandshakeError, quote } from "./head.ts";

/** Whether a compressed message may refer to those before it on its connection, or must be independent. */
export type Deflate = "takeover" | "no-takeover";

export interface AgreedDeflate {
  /** Whether messages of the server may refer to those before them. */
  readonly serverTakeover: boolean;
  /** How far back they refer at most: the base-2 logarithm of the bytes, 8 to 15. */
  readonly serverWindowBits: number;
}

const EXTENSION = "permessage-deflate";

/** What each mode offers, as a value of Sec-WebSocket-Extensions. */
export const DEFLATE_OFFERS: { readonly [mode in Deflate]: string } = {
  takeover: EXTENSION,
  "no-takeover": `${EXTENSION}; client_no_context_takeover; server_no_context_takeover`,
};

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
/**
 * One parameter or the name of an extension, what ends it, and the blanks around these (RFC 6455 §9.1): a token, with or
 * without a value, which is a token, too, or a token in quotes.
 */
const PART = new RegExp(
  `[ \\t]*(${TOKEN})(?:[ \\t]*=[ \\t]*(?:(${TOKEN})|"(${TOKEN})"))?[ \\t]*(;|,|$)`,
  "y",
);

type Parameters = Map<string, string | undefined>;

/**
 * Whether the value of each parameter that an answer may have is right. There is no client_max_window_bits, because it is not
 * offered (RFC 7692 §7.1.2.2).
 */
const RULES: Readonly<Record<string, (value: string | undefined) => boolean>> = {
  server_no_context_takeover: (value) => value === undefined,
  client_no_context_takeover: (value) => value === undefined,
  server_max_window_bits: (value) => value !== undefined && /^(?:[89]|1[0-5])$/.test(value),
};

/**
 * Reads what a server answered to an offer (RFC 7692 §7.1).
 *
 * @param values of its header fields Sec-WebSocket-Extensions
 * @throws {HandshakeError} if it did not agree, or agreed to what was not offered
 */
export function readDeflateAnswer(values: readonly string[], mode: Deflate): AgreedDeflate {
  const answer = values.join(", ");
  if (answer.trim() === "") {
    throw new HandshakeError("extension", "The server did not agree to compress");
  }
  const parameters = parametersOf(answer);
  for (const [name, value] of parameters) {
    if (Object.hasOwn(RULES, name) && RULES[name]!(value)) continue;
    const told = value === undefined ? name : `${name}=${value}`;
    throw wrong(answer, `with the parameter ${quote(told)}, which it must not have`);
  }
  const serverTakeover = !parameters.has("server_no_context_takeover");
  if (serverTakeover && mode === "no-takeover") {
    throw wrong(answer, "with takeover of its context, which was to be left out");
  }
  return {
    serverTakeover,
    serverWindowBits: Number(parameters.get("server_max_window_bits") ?? 15),
  };
}

/** The parameters of the one extension that may be answered. */
function parametersOf(answer: string): Parameters {
  const parameters: Parameters = new Map();
  PART.lastIndex = 0;
  for (let index = 0;; index++) {
    const match = PART.exec(answer);
    if (match === null) throw wrong(answer, "in what is no list of extensions");
    const [, name = "", token, quoted, end] = match;
    const value = token ?? quoted;
    if (index === 0) {
      if (name !== EXTENSION || value !== undefined) {
        throw wrong(answer, "to an extension that was not offered");
      }
    } else if (parameters.has(name)) {
      throw wrong(answer, `with the parameter ${quote(name)} twice`);
    } else parameters.set(name, value);
    if (end === ",") throw wrong(answer, "to more than was offered");
    if (end === "") return parameters;
  }
}

function wrong(answer: string, how: string): HandshakeError {
  return new HandshakeError("extension", `The server agreed ${how}: received ${quote(answer)}`);
}
