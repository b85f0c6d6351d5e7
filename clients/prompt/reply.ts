/** How the prompt shows a reply. */

import { wrap } from "../../report/summary/wrap.ts";

/** Characters of a latency: four digits before the point. */
const LATENCY_WIDTH = 11;
const GAP = "  ";
/** A narrower column of text is not worth it: the terminal breaks the lines. */
const LEAST_WIDTH = 20;

/**
 * A reply with its latency first, so that a long one does not push it out of sight. Its lines are broken between words
 * and stand under each other.
 *
 * @param columns how wide the terminal is; undefined: nothing is broken
 */
export function replyText(latency: string, text: string, columns: number | undefined): string {
  const head = latency.padStart(LATENCY_WIDTH) + GAP;
  const width = columns === undefined ? 0 : columns - head.length;
  if (width < LEAST_WIDTH) return head + text;
  const lines = text.split("\n").flatMap((line) => wrapped(line, width));
  return head + lines.join(`\n${" ".repeat(head.length)}`);
}

/** A line broken between words; the spaces that it begins with are kept. */
function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = /^ */.exec(line)![0].slice(0, width >> 1);
  return wrap(line.trimStart(), width - indent.length).map((one) => indent + one);
}
