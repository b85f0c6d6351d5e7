/** What a reader must know first, as GitHub Markdown: wrong replies, the answer, a server for each use, the light. */

import { type Answer, type Light, surely } from "../summary/answer/answer.ts";
import type { Summary } from "../summary/summary.ts";
import { type Table, textColumns, words } from "../tables/table.ts";
import { plain, renderTable } from "./table.ts";

const LIGHTS = { green: "🟢", amber: "🟡", red: "🔴" } as const satisfies Record<
  Light["colour"],
  string
>;

/** The blocks with which every Markdown report begins. */
export function answerBlocks({ wrong, unasked, answer }: Summary): string[] {
  const { sentences, rows, light: { colour, title, reasons } } = answer;
  return [
    // GitHub shows it red.
    ...(wrong.length === 0 ? [] : [
      ["> [!CAUTION]", ...wrong.map((one) => `> ✗ **${plain(one)}**`)].join("\n>\n"),
    ]),
    `**${sentences.map(plain).join(" ")}**`,
    ...(rows.length === 0 ? [] : [renderTable(usesTable(answer))]),
    // A note beside the others, not a warning.
    ...(unasked.length === 0 ? [] : [
      ["> [!NOTE]", ...unasked.map(({ sentence }) => `> ${plain(sentence)}`)].join("\n>\n"),
    ]),
    `${LIGHTS[colour]} **${title}.** ${reasons.map(plain).join(" ")}`,
  ];
}

/** A row for each use, what speaks against a server beside what is taken instead. */
function usesTable({ rows }: Answer): Table {
  return {
    id: "answer",
    title: "Which server for which use",
    columns: textColumns("Use", "Take", "How sure", "Figures", "Of what"),
    keyColumns: 1,
    rows: rows.map(({ use, server, sure, extent, figure, metric, warning }) => [
      words(use),
      { ...words(server), ...(warning !== undefined && { note: warning }) },
      words(surely({ sure, extent })),
      words(figure),
      words(metric),
    ]),
    empty: "",
  };
}
