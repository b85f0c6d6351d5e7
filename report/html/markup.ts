/** Markup that escapes everything put into it, so that no text from a server or a file can become a tag. */

import { escapeMarkup } from "../summary/text.ts";

/** Text that is already markup. */
export interface Markup {
  readonly markup: string;
}

/** What can be put into markup: text is escaped; undefined and false add nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/** Markup from a template: contents are escaped, unless they are markup. */
export function markup(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: strings.map((part, index) => part + written(contents[index])).join("") };
}

/** A sentence in which no line begins with a per cent sign. */
export function prose(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00A0%");
}

/** Text that is known to be markup; never text from a server or a file. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function written(content: Content): string {
  if (content === undefined || content === false) return "";
  if (typeof content === "string") return escapeMarkup(content);
  if (typeof content === "number") return String(content);
  return "markup" in content ? content.markup : content.map(written).join("");
}

/** Content under a summary, which opens it. */
export function folded(summary: string, content: Content): Markup {
  return markup`<details><summary>${summary}</summary>${content}</details>`;
}

/** An id for the page, made from names in the result: letters, digits, `_` and `-`. */
export function anchor(...names: readonly string[]): string {
  return names.join("-").replace(/[^\w-]+/g, "-");
}
