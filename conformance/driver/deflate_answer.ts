/** What a server answers to offers of permessage-deflate (RFC 7692 §5, §7.1), compared with them. */

import type { AgreedDeflate } from "../../clients/wire/handshake/handshake.ts";
import { quote } from "../../clients/wire/handshake/head.ts";

/** An extension of a list with its parameters; those without a value have an empty one (RFC 6455 §9.1). */
export interface Extension {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What both sides have agreed on. */
export interface Agreed extends AgreedDeflate {
  /** Whether messages of the client may refer to those before them. */
  readonly clientTakeover: boolean;
}

const NAME = "permessage-deflate";
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const PART = new RegExp(`^(${TOKEN})(?:[ \\t]*=[ \\t]*(?:(${TOKEN})|"(${TOKEN})"))?$`);
const BITS = /^(?:[89]|1[0-5])$/;

/** Reads a list of extensions; undefined if it is none, or one of them has a parameter twice. */
export function readExtensions(value: string): readonly Extension[] | undefined {
  const extensions: Extension[] = [];
  for (const element of value.split(",")) {
    const parts = element.split(";").map((part) => PART.exec(part.trim()));
    if (parts.includes(null)) return undefined;
    const [first, ...rest] = parts.map((part) => [part![1]!, part![2] ?? part![3] ?? ""] as const);
    const parameters = new Map(rest);
    if (first![1] !== "" || parameters.size < rest.length) return undefined;
    extensions.push({ name: first![0], parameters });
  }
  return extensions;
}

/**
 * What is agreed on.
 *
 * @param offers as a value of Sec-WebSocket-Extensions
 * @param values of the same field of the answer
 * @returns undefined if the answer has no extension
 * @throws {Error} if it agrees to what was not offered
 */
export function checkDeflateAnswer(
  offers: string,
  values: readonly string[],
): Agreed | undefined {
  const value = values.join(", ");
  if (value.trim() === "") return undefined;
  const wrong = (why: string): Error =>
    new Error(`The server agreed ${why}: received ${quote(value)}`);
  const [answer, ...others] = readExtensions(value) ?? [];
  if (answer === undefined) throw wrong("in what is no list of extensions");
  const offered = (readExtensions(offers) ?? []).filter(isOffer);
  if (answer.name !== NAME || others.length > 0) throw wrong("to more than was offered");
  const faults = offered.map((offer) => faultOf(answer, offer));
  if (faults.length === 0) throw wrong("to an offer that is none");
  if (!faults.includes(undefined)) throw wrong(faults[0]!);
  return {
    clientTakeover: !answer.parameters.has("client_no_context_takeover"),
    serverTakeover: !answer.parameters.has("server_no_context_takeover"),
    serverWindowBits: Number(answer.parameters.get("server_max_window_bits") ?? 15),
  };
}

/** What each parameter may have as a value in an offer. */
const OFFERED: Readonly<Record<string, (value: string) => boolean>> = {
  server_no_context_takeover: (value) => value === "",
  client_no_context_takeover: (value) => value === "",
  server_max_window_bits: (value) => BITS.test(value),
  client_max_window_bits: (value) => value === "" || BITS.test(value),
};

/** Whether an offer of permessage-deflate is one that may be accepted (RFC 7692 §7.1). */
export function isOffer({ name, parameters }: Extension): boolean {
  return name === NAME &&
    [...parameters].every(([key, value]) => Object.hasOwn(OFFERED, key) && OFFERED[key]!(value));
}

/** Why an answer does not belong to an offer, as a phrase after "The server agreed" (RFC 7692 §7.1.1, §7.1.2). */
function faultOf(answer: Extension, offer: Extension): string | undefined {
  for (const [key, value] of answer.parameters) {
    const isRight = Object.hasOwn(OFFERED, key) && OFFERED[key]!(value) &&
      !(key === "client_max_window_bits" && value === "");
    if (!isRight) {
      return `with the parameter ${quote(value === "" ? key : `${key}=${value}`)}, which is none`;
    }
  }
  const bits = (one: Extension, key: string): number => Number(one.parameters.get(key) || 15);
  const [serverBits, clientBits] = ["server_max_window_bits", "client_max_window_bits"] as const;
  if (
    offer.parameters.has("server_no_context_takeover") &&
    !answer.parameters.has("server_no_context_takeover")
  ) {
    return "with takeover of its context, which was to be left out";
  }
  // A window of 15 bits, the largest, is what is agreed on without a word.
  if (bits(answer, serverBits) > bits(offer, serverBits)) {
    return "with a larger window than was offered";
  }
  if (answer.parameters.has(clientBits) && !offer.parameters.has(clientBits)) {
    return "with a window of the client, which was not offered";
  }
  // A client may take a larger one than it hinted at for a limit that it cannot keep (§7.1.2.2).
  return bits(answer, clientBits) > bits(offer, clientBits) && answer.parameters.has(clientBits)
    ? "with a larger window of the client than it offered"
    : undefined;
}

/** The answer to a client's offer, with no more than it asks for; undefined if it offers no permessage-deflate. */
export function answerTo(offers: string): string | undefined {
  const offer = (readExtensions(offers) ?? []).find(isOffer);
  if (offer === undefined) return undefined;
  const bits = offer.parameters.get("server_max_window_bits");
  return [
    NAME,
    ...offer.parameters.has("server_no_context_takeover") ? ["server_no_context_takeover"] : [],
    ...bits === undefined ? [] : [`server_max_window_bits=${bits}`],
  ].join("; ");
}
