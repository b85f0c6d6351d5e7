/** Text and colours in the XML of a chart. */

import { escapeMarkup } from "../../summary/text.ts";
import { tag, val } from "./xml.ts";

/** Sizes of text, in hundredths of a point. */
export const TITLE_SIZE = 1200;
export const TEXT_SIZE = 900;

export function paragraph(text: string, size: number, colour: string, bold = false): string {
  const look = { lang: "en-GB", sz: size, b: bold ? 1 : 0 };
  return tag(
    "a:p",
    {},
    tag("a:pPr", {}, tag("a:defRPr", { sz: size, b: bold ? 1 : 0 })),
    tag("a:r", {}, tag("a:rPr", look, fill(colour), font()), tag("a:t", {}, escapeMarkup(text))),
  );
}

export function textStyle(size: number, colour: string): string {
  const look = tag("a:defRPr", { sz: size, b: 0 }, fill(colour), font());
  return tag(
    "c:txPr",
    {},
    tag("a:bodyPr"),
    tag("a:p", {}, tag("a:pPr", {}, look), tag("a:endParaRPr", { lang: "en-GB" })),
  );
}

function font(): string {
  return tag("a:latin", { typeface: "Arial" });
}

export function fill(colour: string): string {
  return tag("a:solidFill", {}, val("a:srgbClr", colour.replace("#", "").toUpperCase()));
}
