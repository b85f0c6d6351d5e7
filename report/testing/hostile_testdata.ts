/**
 * Results in which every text that a server, a file or a command line can supply is hostile, for the tests of all
 * formats together.
 */

import type { Result } from "../../measure/model/result.ts";
import type { Warning } from "../../measure/warnings/warnings.ts";
import { STUDIED } from "./study_testdata.ts";
import { RESULT } from "./testdata.ts";

/** Texts that are dangerous if they are not treated as plain text. */
export const EVIL: readonly string[] = [
  `<img src=x onerror=alert(1)>`,
  `</script><script>alert(1)</script>`,
  `=cmd|' /C calc'!A0`,
  `@SUM(1+1)*cmd|'!A0`,
  `+1+cmd`,
  `-2+3+cmd`,
  `\t=1+1`,
  `\r\n=1+1`,
  `\x1b]0;owned\x07\x1b[2J`,
  `\x9b31mred\x1b[8m`,
  `\u202Egnp.exe\u2066`,
  `\ud800\u0000\uffff`,
  `![x](http://a.example/x.png) [y](javascript:alert(1)) | cell`,
  `"><svg onload=alert(1)>'`,
  `../../etc/passwd`,
  `_x003D_1+1`,
];

/** Fields whose texts decide how a result is read: only fixed values are valid. */
const FIXED: readonly string[] = [
  ...["state", "kind", "better", "histogram", "statistic", "relation", "who", "protocol"],
  ...["startedAt", "endedAt", "at", "histograms", "arrivals", "wsmark"],
];

/** A result with a hostile text before each text; equal texts stay equal, so that ids still match. */
function hostile(result: Result, which: number): Result {
  const known = new Map<string, string>();
  const evil = (text: string): string => {
    const found = known.get(text) ?? EVIL[(which + known.size) % EVIL.length]! + text;
    known.set(text, found);
    return found;
  };
  function walk(value: unknown, key: string): unknown {
    if (typeof value === "string") return evil(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        key === "metrics" && typeof one !== "string" ? evil(name) : name,
        FIXED.includes(name) ? one : walk(one, name),
      ]),
    );
  }
  return walk(result, "") as Result;
}

const WARNINGS: readonly Warning[] = [
  { kind: "not pinned", reason: "no taskset" },
  { kind: "resumed", times: 1, differs: ["native: 1 before, 2 now"] },
  { kind: "torn last line", file: "trials.jsonl" },
  { kind: "damaged lines", file: "trials.jsonl", count: 2, lines: [1, 3], reason: "no JSON" },
  { kind: "rounds differ", spread: 0.4, scenario: "throughput", case: "size=64", server: "native" },
];

/** A run for each hostile text to start with. */
export const HOSTILE_RESULTS: readonly Result[] = EVIL.flatMap((_, which) =>
  [RESULT, { ...STUDIED, warnings: [...STUDIED.warnings, ...WARNINGS] }].map((result) =>
    hostile(result, which)
  )
);

/** Markdown without its code spans, in which nothing has a meaning. */
export function withoutCode(markdown: string): string {
  return markdown.replaceAll(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, "code");
}
