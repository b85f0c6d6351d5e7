/** Elements of XML as text. */

import { escapeMarkup } from "../../summary/text.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** What is in an element, as XML: a text that was escaped, an element, or several ones. */
type Content = string | readonly string[];

/** An element around its content; without any it closes itself. */
export function tag(name: string, attributes: Attributes = {}, ...content: Content[]): string {
  const start = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`)
    .join("");
  return content.length === 0
    ? `<${name}${start}/>`
    : `<${name}${start}>${content.flat().join("")}</${name}>`;
}

/** An empty element that has only a value. */
export function val(name: string, value: string | number): string {
  return tag(name, { val: value });
}

/** The first line of a file. */
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
