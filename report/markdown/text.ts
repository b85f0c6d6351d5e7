/**
 * Text inside of Markdown (GitHub's): what came from servers and files says what it says, and formats nothing.
 *
 * @module
 */

import { oneLine } from "../summary/text.ts";

/** Characters that mean something in Markdown, wherever they stand in a line. */
const SIGNS = /[\\`*_~[\]{}#|@!$]/g;

/**
 * A text on one line that Markdown shows as it is: no emphasis, code, link, picture, HTML, mention or cell of a table
 * comes of it. It is not safe as the first thing of a line, where digits and dashes begin a list.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(SIGNS, "\\$&")
    // GitHub makes links of what looks like an address.
    .replaceAll("://", ":\\//")
    .replace(/\b(www)\./gi, "$1\\.");
}
