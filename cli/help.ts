/** Help as text: sections with headings, in lines that are never wider than they may be. */

import { wrap } from "../report/summary/wrap.ts";
import { GROUPS, type Option } from "./options/option.ts";
import { terminalWidth } from "./output/terminal.ts";

/** Longer lines are hard to read. */
const WIDEST = 80;
/** In a narrower terminal nothing could be read: its lines are longer than the terminal. */
const NARROWEST = 30;
/** A longer name has its text on the next line. */
const LONGEST_NAME = 22;
/** Where there is less space beside the names, every text is on the next line. */
const NARROWEST_TEXT = 30;
const GAP = 2;
const INDENT = 2;

/** How wide help and lists are, in columns: as the terminal, and at most 80. */
export function textWidth(): number {
  return Math.max(NARROWEST, Math.min(WIDEST, terminalWidth()));
}

/** A name with its text, which may begin with a bullet or spaces; a row without a name continues the row above. */
export type HelpRow = readonly [name: string, text: string];

/**
 * Names with their texts, in two columns.
 *
 * @param start column in which the texts begin; usually as the names need it
 */
export function twoColumns(
  rows: readonly HelpRow[],
  width: number = textWidth(),
  start: number = textColumn(rows, width),
): string {
  return rows.flatMap(([name, text]) => {
    const named = " ".repeat(INDENT) + name;
    const [lead] = /^(?:· | *)/.exec(text)!;
    const lines = wrap(text.slice(lead.length), width - start - lead.length);
    const isAlone = named.length + GAP > start;
    return [
      ...(isAlone ? [named] : []),
      ...lines.map((line, index) =>
        (index > 0 || isAlone ? "" : named).padEnd(start) +
        (index > 0 ? " ".repeat(lead.length) : lead) + line
      ),
    ];
  }).join("\n");
}

function textColumn(rows: readonly HelpRow[], width: number): number {
  const names = rows.map(([name]) => name.length).filter((length) => length <= LONGEST_NAME);
  const beside = INDENT + names.reduce((most, length) => Math.max(most, length), 0) + GAP;
  const needed = Math.min(
    NARROWEST_TEXT,
    rows.reduce((most, [, text]) => Math.max(most, text.length), 0),
  );
  return width - beside < needed ? 2 * INDENT + GAP : beside;
}

/** Names with short texts, side by side where there is space: down the first column, then down the second. */
export function grid(rows: readonly HelpRow[], width: number = textWidth()): string {
  const across = Math.floor(width / 2);
  const start = textColumn(rows, width);
  const cells = rows.map((row) => twoColumns([row], width, start));
  if (cells.some((cell) => cell.includes("\n") || cell.length > across)) {
    return twoColumns(rows, width);
  }
  const half = Math.ceil(rows.length / 2);
  return cells.slice(0, half)
    .map((cell, index) => (cell.padEnd(across) + (cells[half + index] ?? "")).trimEnd())
    .join("\n");
}

/** A text in lines; its line breaks are kept. */
export function paragraph(text: string, width: number = textWidth()): string {
  return text.split("\n").flatMap((line) => wrap(line, width)).join("\n");
}

/** A heading with what is under it. */
export function section(title: string, content: string, width: number = textWidth()): string {
  return `${paragraph(`${title}:`, width)}\n${content}`;
}

/** The options in the sections of their groups. */
export function describeOptions(
  options: readonly Option[],
  width: number = textWidth(),
): string {
  const described = options.map((option) => ({ option, rows: describe(option) }));
  const start = textColumn(described.flatMap(({ rows }) => rows), width);
  return GROUPS.flatMap((title) => {
    const own = described.filter(({ option }) => (option.group ?? GROUPS[0]) === title)
      .flatMap(({ rows }) => rows);
    return own.length === 0 ? [] : [section(title, twoColumns(own, width, start), width)];
  }).join("\n\n");
}

function describe({ name, value, help, repeatable, choices = {} }: Option): HelpRow[] {
  return [
    [
      `--${name}${value === undefined ? "" : ` ${value}`}`,
      repeatable ? `${help}; repeatable` : help,
    ],
    ...Object.entries(choices).map(([word, meaning]): HelpRow => ["", `· ${word}: ${meaning}`]),
  ];
}
