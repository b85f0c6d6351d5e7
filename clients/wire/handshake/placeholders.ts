/** What stands in a URL or a header for something that each connection has of its own. */

const NAME = "[A-Za-z]\\w*(?:\\.\\w+)*";
const OPENING = "(?:\\{|%7B)";
const CLOSING = "(?:\\}|%7D)";

/** `{{name}}` with the name as the first group, or `{name}` with the name as the second. */
const PLACEHOLDER = new RegExp(
  `${OPENING}{2}(${NAME})${CLOSING}{2}|${OPENING}(${NAME})${CLOSING}`,
  "gi",
);

/** The names of all; a URL may have their brackets percent-encoded. */
export const ON_REQUESTS: readonly string[] = ["connection", "group", "random"];

/** How many random bytes `{random}` stands for; each is two hexadecimal digits. */
const RANDOM_BYTES = 8;

/** Whether a text has a placeholder that is filled for each connection. */
export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0 && fillerFor(0)(text) !== text;
}

// Not toHex(), which the pages of older browsers lack.
function randomDigits(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Makes the function that fills the texts of one connection: `{connection}` is its number, `{group}` that of its group,
 * and `{random}` 16 random hexadecimal digits, the same in all of its texts. `{{name}}` becomes `{name}`.
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
  return (text) =>
    text.replace(
      PLACEHOLDER,
      (whole, literal: string | undefined, name: string = "") =>
        literal === undefined ? fillings[name.toLowerCase()]?.() ?? whole : unbracketed(whole),
    );
}

/** A text in two brackets, as encoded as it is, with one of each. */
function unbracketed(text: string): string {
  return text.replace(/^(?:\{|%7B)/i, "").replace(/(?:\}|%7D)$/i, "");
}

/** Whether a text names the group of a connection. */
export function namesGroup(text: string): boolean {
  return [...text.matchAll(PLACEHOLDER)].some(([, , name]) => name?.toLowerCase() === "group");
}
