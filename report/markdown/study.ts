/**
 * The study of a run, and the servers that were left out, as Markdown.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { renderTable } from "./table.ts";
import { plain } from "./text.ts";
import { type SaidClaim, studyFigures, studyOf } from "../summary/study.ts";

/** What was published and what becomes of it; empty where the run repeats no study. */
export function studyBlocks(result: Result): string[] {
  const study = studyOf(result);
  if (study === undefined) return [];
  const { title, about, claims, note } = study;
  return [
    `## Study: ${plain(title)}`,
    about.map(plain).join(" "),
    ...claims.map(claimBlock),
    ...(claims.length === 0 ? [] : [renderTable(studyFigures(result))]),
    ...(claims.length === 0 ? [plain(note)] : []),
  ];
}

function claimBlock({ verdict, text, found, figures, remark }: SaidClaim, index: number): string {
  const rest = [found, figures, remark].filter((one) => one !== undefined);
  return [
    `**Claim ${index + 1}: ${plain(text)}** (${verdict})`,
    "",
    ...rest.map((sentence) => `- ${plain(sentence)}`),
  ].join("\n");
}

/** The servers that could not be started here, in a line; none where there are none. */
export function leftOutBlocks({ leftOut = [] }: Result): string[] {
  if (leftOut.length === 0) return [];
  return [
    `Left out: ${
      leftOut.map(({ title, reason }) => `${plain(title)} (${plain(reason)})`).join("; ")
    }.`,
  ];
}
