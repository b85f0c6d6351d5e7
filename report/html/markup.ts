/** Markup that escapes whatever is put into it, so that no text of a server or of a file can become a tag. */

import { escapeMarkup } from "../summary/text.ts";

/** Text that is markup already. */
export interface Markup {
  /** The markup. */
  readonly markup: string;
}

/** What can be put into markup: text and numbers are escaped; nothing comes of undefined and false. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup from a template: what is put in is escaped, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return {
    markup: strings.map((part, index) => part + written(contents[index])).join(""),
  };
}

/** A sentence in which no line begins with a sign of per cent. */
export function prose(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00A0%");
}

/** Text that is known to be markup; never what a server or a file supplied. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function written(content: Content): string {
  if (content === undefined || content === false) return "";
  if (typeof content === "string") return escapeMarkup(content);
  if (typeof content === "number") return String(content);
  return "markup" in content ? content.markup : content.map(written).join("");
}

/** An id in the page, or the address of one, from a name of the result: letters, digits, `_` and `-`. */
export function anchor(...names: readonly string[]): string {
  return names.join("-").replace(/[^\w-]+/g, "-");
}
