/** `doctor`: what this machine can and cannot measure, and how it is mended. */

import { examine, type Finding, isFit } from "../../bench/doctor/mod.ts";
import { VERSION } from "../../bench/version.ts";
import { type Action, EXIT } from "../command.ts";
import { type HelpRow, paragraph, twoColumns } from "../help.ts";
import { print } from "../output/terminal.ts";
import { requirePermissions } from "../permissions.ts";

/** What the states are called, in one width. */
const WORDS: Readonly<Record<Finding["state"], string>> = {
  good: "good",
  care: "care",
  not: "not ",
  unknown: "?   ",
};

export const action: Action = (args) => {
  requirePermissions();
  const findings = examine();
  const fit = isFit(findings);
  print(
    args.has("json")
      ? JSON.stringify({ wsmark: VERSION, fit, findings }, null, 2)
      : renderFindings(findings),
  );
  return Promise.resolve(fit ? EXIT.done : EXIT.failed);
};

/** Findings as text: a line each, the remedy below it, and in the end what they come to. */
export function renderFindings(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ name, state, said, remedy }): HelpRow[] => [
    [`${WORDS[state]}  ${name}`, said],
    ...(remedy === undefined ? [] : [["", `→ ${remedy}`] as const]),
  ]);
  return `${twoColumns(rows)}\n\n${paragraph(verdictOf(findings))}`;
}

function verdictOf(findings: readonly Finding[]): string {
  const needed = findings.filter((one) => one.state === "not" && one.isOptional !== true);
  const names = (those: readonly Finding[]): string =>
    [...new Set(those.map(({ name }) => name))].join(", ");
  if (needed.length > 0) return `Runs made here cannot be relied on: mend ${names(needed)}.`;
  const care = findings.filter(({ state }) => state === "care");
  return care.length === 0
    ? "Runs can be made here."
    : `Runs can be made here, with care for ${names(care)}.`;
}
