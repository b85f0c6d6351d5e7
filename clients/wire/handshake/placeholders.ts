/** What stands in a URL or a header for something that each connection has of its own. */

const encoded = (name: string): string => `(?:\\{|%7B)${name}(?:\\}|%7D)`;

/** `{connection}`, `{group}` and `{random}`; a URL may have their brackets percent-encoded. */
const PLACEHOLDER = new RegExp(encoded("(connection|group|random)"), "gi");
const ANY = new RegExp(PLACEHOLDER, "i");
const GROUP = new RegExp(encoded("group"), "i");

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
 * Makes the function that fills the texts of one connection: `{connection}` is its number, `{group}` that of its group,
 * and `{random}` 16 random hexadecimal digits, the same in all of its texts.
 *
 * @param group the number of the connection if it is a group of its own
 */
export function fillerFor(
  connection: number,
  group: number = connection,
): (text: string) => string {
  let random: string | undefined;
  const fillings: Readonly<Record<string, () => string>> = {
    connection: () => String(connection),
    group: () => String(group),
    random: () => random ??= randomDigits(),
  };
  return (text) => text.replace(PLACEHOLDER, (_, name: string) => fillings[name.toLowerCase()]!());
}

/** Whether a text names the group of a connection. */
export function namesGroup(text: string): boolean {
  return GROUP.test(text);
}
