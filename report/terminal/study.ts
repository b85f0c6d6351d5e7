/**
 * The study of a run, and the servers that were left out, on a terminal.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { hanging, type Paint, type Screen } from "./screen.ts";
import { type SaidClaim, studyOf } from "../summary/study.ts";
import { oneLine, wrap } from "../summary/text.ts";

const STYLES = {
  "holds": "better",
  "contradicted": "wrong",
  "not shown": "heading",
  "not measured": "muted",
} as const satisfies Record<SaidClaim["verdict"], Parameters<Paint>[0]>;

/** What becomes of the claims that the run repeats; nothing where it repeats none. */
export function studyLines(result: Result, { width, paint }: Screen): string {
  const study = studyOf(result);
  if (study === undefined) return "";
  return [
    ...wrap(`Study: ${study.title}`, width).map((line) => paint("heading", line)),
    ...study.claims.flatMap((claim) => claimLines(claim, width, paint)),
    ...wrap(study.note, width).map((line) => paint("muted", line)),
  ].join("\n");
}

/** The claim, what was found below it, and the remark. */
function claimLines(
  { verdict, text, found, figures, remark }: SaidClaim,
  width: number,
  paint: Paint,
): string[] {
  const [first = "", ...others] = hanging("“", "  ", `${text}”`, width);
  // The sentence begins with the verdict.
  const [head = "", ...rest] = hanging("  ", "    ", found, width);
  const end = "  ".length + wordsOf(verdict).length;
  return [
    first,
    ...others,
    head.startsWith(`  ${wordsOf(verdict)}`)
      ? `  ${paint(STYLES[verdict], head.slice(2, end))}${head.slice(end)}`
      : head,
    ...rest,
    ...(figures === undefined ? [] : hanging("  ", "    ", figures, width)),
    ...(remark === undefined
      ? []
      : hanging("  ", "  ", remark, width).map((line) => paint("muted", line))),
  ];
}

function wordsOf(verdict: SaidClaim["verdict"]): string {
  return `${verdict[0]!.toUpperCase()}${verdict.slice(1)}`;
}

/** The servers that could not be started here, a line each; nothing where there are none. */
export function leftOutLines({ leftOut = [] }: Result, { width, paint }: Screen): string {
  return leftOut.flatMap(({ title, reason }) =>
    hanging("", "  ", `Left out: ${oneLine(title)}: ${oneLine(reason)}`, width)
  ).map((line) => paint("muted", line)).join("\n");
}
