/**
 * How the cells of the workbook look.
 *
 * @module
 */

import type { Style } from "exceljs";
import type { Mark } from "./table.ts";

/** What decides how a cell of a table looks. */
export interface Look {
  /** Number format. */
  readonly format: string;
  /** Whether it stands at the right edge of its column, as numbers do. */
  readonly right: boolean;
  /** Whether it holds a footnote only. */
  readonly muted: boolean;
  /** Why it stands out. */
  readonly mark: Mark | undefined;
  /** Whether its row begins a new group. */
  readonly first: boolean;
  /** Whether its text may take several lines. */
  readonly wraps: boolean;
}

/** Without the indent a text touches the number in the column before it. */
const LEFT = { horizontal: "left", indent: 1 } as const;

type PartialStyle = Partial<Style>;

const INK = "FF1F2933";
const MUTED = "FF6B7280";
const LINE = "FFD9DEE4";
const GROUP_LINE = "FF8A94A0";
const FILLS = {
  best: "FFDDF3DF",
  wrong: "FFFADBD8",
  failed: "FFE7E7E7",
} as const satisfies Record<Mark, string>;

/** The library looks a style up by identity, so cells that look alike share one object. */
const shared = new Map<string, PartialStyle>();

/** Style of a cell in a table. */
export function styleOf(look: Look): PartialStyle {
  const key = JSON.stringify(Object.values(look).map((value) => value ?? null));
  const known = shared.get(key);
  if (known !== undefined) return known;
  const style = makeStyle(look);
  shared.set(key, style);
  return style;
}

function makeStyle({ format, right, muted, mark, first, wraps }: Look): PartialStyle {
  return {
    numFmt: format,
    font: { ...BODY_FONT, bold: mark === "best", color: { argb: muted ? MUTED : INK } },
    alignment: { vertical: "middle", ...(right ? { horizontal: "right" } : LEFT), wrapText: wraps },
    border: {
      ...(first ? { top: { style: "thin", color: { argb: GROUP_LINE } } } : {}),
      bottom: { style: "hair", color: { argb: LINE } },
    },
    ...(mark === undefined ? {} : { fill: solid(FILLS[mark]) }),
  };
}

function solid(argb: string): NonNullable<PartialStyle["fill"]> {
  return { type: "pattern", pattern: "solid", fgColor: { argb } };
}

const BODY_FONT = { name: "Arial", family: 2, size: 10 } as const;

/** Style of a heading of a column of words. */
export const HEADING: PartialStyle = {
  font: { ...BODY_FONT, size: 9, bold: true, color: { argb: INK } },
  alignment: { vertical: "middle", ...LEFT, wrapText: true },
  fill: solid("FFE6ECF2"),
  border: { bottom: { style: "thin", color: { argb: GROUP_LINE } } },
};

/** Style of a heading of a column of numbers. */
export const NUMBER_HEADING: PartialStyle = {
  ...HEADING,
  alignment: { vertical: "middle", horizontal: "center", wrapText: true },
};

/** Style of the sheet's title. */
export const TITLE: PartialStyle = {
  font: { ...BODY_FONT, size: 15, bold: true, color: { argb: INK } },
};

/** Style of the title of a table below another. */
export const SUBTITLE: PartialStyle = {
  font: { ...BODY_FONT, size: 12, bold: true, color: { argb: INK } },
};

/** Style of what a table is about. */
export const ABOUT: PartialStyle = {
  font: { ...BODY_FONT, color: { argb: INK } },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
};

/** Style of notes. */
export const NOTE: PartialStyle = {
  font: { ...BODY_FONT, size: 9, color: { argb: MUTED } },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
};
