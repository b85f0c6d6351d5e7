/** `{env.NAME}` in URLs, headers and messages: what the environment says, which is never written. */

import { UsageError } from "../../usage.ts";

/** With the name of a variable, but for `{{env.NAME}}`; a URL may have the brackets percent-encoded. */
const PLACEHOLDER = /(?<!\{|%7B)(?:\{|%7B)env\.(\w+)(?:\}|%7D)/gi;

/** The names of variables that a text has placeholders for. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name!);
}

/**
 * Fills the placeholders of a text.
 *
 * @param encode what is made of a value before it is put in
 * @throws {UsageError} if a variable is not set, with its name
 */
export function withEnvironment(
  text: string,
  who: string,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = Deno.env.get(name);
    if (value !== undefined && value !== "") return encode(value);
    throw new UsageError(
      `${who} has ${placeholder}, and the environment has no variable ${name}: set it`,
    );
  });
}
