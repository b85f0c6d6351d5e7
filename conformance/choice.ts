/** Which cases are run: those that the user names, and those that a server can be asked. */

import type { Case, Outcome } from "./types.ts";

/**
 * Finds the cases that patterns name, in the order of the list.
 *
 * @param patterns ids, their beginnings such as `5` or `7.2`, and with `*` for anything
 * @returns the cases, and the patterns that name none
 */
export function namedCases(
  patterns: readonly string[],
  cases: readonly Case[],
): { readonly chosen: readonly Case[]; readonly unknown: readonly string[] } {
  const tests = patterns.map((pattern) => {
    const escaped = pattern.replaceAll(/[^\w*]/g, "\\$&").replaceAll("*", ".*");
    return { pattern, test: new RegExp(`^${escaped}(?:\\..*)?$`) };
  });
  return {
    chosen: cases.filter(({ id }) => tests.some(({ test }) => test.test(id))),
    unknown: tests.filter(({ test }) => !cases.some(({ id }) => test.test(id)))
      .map(({ pattern }) => pattern),
  };
}

/** Whether messages must come back: then what has a protocol of its own cannot be asked. */
export function needsEcho({ judgement }: Case): boolean {
  const { should = [], must, lacks = [], may = [] } = judgement;
  const outcomes: readonly Outcome[] = [
    ...should,
    ...must,
    ...lacks,
    ...(may === "anything" ? [] : may),
  ];
  return outcomes.some(({ answers = [] }) => answers.some((answer) => !("pong" in answer)));
}
