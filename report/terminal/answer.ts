/** How the output of a run ends: a server for each use, the quality of the run, and the answer in a few lines. */

import {
  type Answer,
  type AnswerRow,
  type Light,
  surely,
  surelyInShort,
} from "../summary/answer/answer.ts";
import type { Summary } from "../summary/summary.ts";
import { counted } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import { hanging, makeTable, painted, type Screen, widthOf } from "./screen.ts";

/** At 80 columns the end has no more lines. */
const MOST_LINES = 6;

const LIGHTS = {
  green: "best",
  amber: "worse",
  red: "wrong",
} as const satisfies Record<Light["colour"], Parameters<Screen["paint"]>[0]>;

/** A row for each use, with as many figures as fit; as a list in a narrow terminal. */
export function useLines({ rows }: Answer, screen: Screen): string[] {
  if (rows.length === 0) return [];
  const heading = painted(screen, "heading", wrap("Which server for which use", screen.width));
  const forms = [3, 2, 1].map((count) => ({ figures }: AnswerRow): string =>
    figures.slice(0, count).map(({ server, text }) => `${server} ${text}`).join(", ")
  );
  const first = ({ figures: [one] }: AnswerRow): string => one!.text;
  const ways = [...forms, first].flatMap((figure) =>
    [[surely, figure], [surelyInShort, figure]] as const
  );
  for (const [sure, figure] of ways) {
    const table = makeTable(
      { head: [], chars: { mid: "", "mid-mid": "" } },
      rows.map((row) => [
        row.use,
        painted(screen, "heading", [row.server]).join(""),
        sure(row),
        figure(row),
      ]),
    );
    if (widthOf(table) <= screen.width) return [...heading, ...table.split("\n")];
  }
  return [
    ...heading,
    ...rows.flatMap((row) =>
      hanging("", "  ", `${row.use}: ${row.server}, ${surely(row)} (${row.figure})`, screen.width)
    ),
  ];
}

/** The quality of the run in a line or two, then the answer; wrong replies are named once more, as the top is far away. */
export function closingLines({ answer, warnings, wrong }: Summary, screen: Screen): string[] {
  const { sentences, light: { colour, title, reasons } } = answer;
  const { width } = screen;
  const laid = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => hanging("", "  ", text, width));
  const apart = laid(sentences);
  const said = apart.length < MOST_LINES ? apart : laid([sentences.join(" ")]);
  const more = warnings.length > 1
    ? ` (${counted(warnings.length, "warning")} in the reports)`
    : "";
  const lights = [reasons, reasons.slice(0, 1), []].map((some) =>
    hanging("● ", "  ", [`${title}${more}.`, ...some].join(" "), width)
  );
  const least = lights.at(wrong.length === 0 ? -1 : -2)!;
  const shown = lights.find(({ length }) => length + said.length <= MOST_LINES) ?? least;
  return [...painted(screen, LIGHTS[colour], shown), ...said];
}
