/** What stands in a URL or a header for something that each connection has of its own. */

const encoded = (name: string): string => `(?:\\{|%7B)${name}(?:\\}|%7D)`;

/** `{connection}` and `{random}`; a URL may have their brackets percent-encoded. */
const PLACEHOLDER = new RegExp(encoded("(connection|random)"), "gi");
const ANY = new RegExp(PLACEHOLDER, "i");

/** How many random bytes `{random}` stands for; each is two hexadecimal digits. */
const RANDOM_BYTES = 8;

/** Whether a text has a placeholder that is filled for each connection. */
export function hasPlaceholder(text: string): boolean {
  return ANY.test(text);
}

// Not toHex(), which the pages of older browsers lack.
function randomDigits(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Makes the function that fills the texts of one connection: `{connection}` is its number, and `{random}` 16 random
 * hexadecimal digits, the same in all of its texts.
 */
export function fillerFor(connection: number): (text: string) => string {
  let random: string | undefined;
  const randomOnce = (): string => random ??= randomDigits();
  return (text) =>
    text.replace(
      PLACEHOLDER,
      (_, name: string) => name.toLowerCase() === "connection" ? String(connection) : randomOnce(),
    );
}
