/** The summary of the tests: how many were skipped because something was missing, and how to get it. */

/** A test that was skipped and not merely filtered out, which has no time. */
const SKIPPED = /<testcase name="([^"]*) \(skipped: ([^"]+)\)"[^>]* time="[^>]*>\s*<skipped\/>/g;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: '"',
};

/**
 * Sums up which tests were skipped, from the reasons that `needs.ts` has put into their names.
 *
 * @param junit the report of `deno test` in the format of JUnit
 * @param isDebian whether `deno task setup` knows how to get what is missing
 * @returns lines; none if nothing was skipped
 */
export function summaryOf(junit: string, isDebian: boolean): string[] {
  const reasons = [...junit.matchAll(SKIPPED)].map(([, , reason = ""]) => unescaped(reason));
  if (reasons.length === 0) return [];
  // Behind the colon is the remedy.
  const groups = Map.groupBy(reasons, (reason) => isDebian ? reason.split(": ")[0]! : reason);
  const rows = [...groups].map(([reason, { length }]) => ({ reason, length }))
    .sort((a, b) => b.length - a.length);
  const one = reasons.length === 1;
  return [
    `${reasons.length} ${one ? "test was" : "tests were"} skipped because something is missing:`,
    ...rows.map(({ reason, length }) => `${String(length).padStart(5)}  ${reason}`),
    ...(isDebian && reasons.some((reason) => reason.includes(": "))
      ? ["What installs or builds it: npx -y deno task setup"]
      : []),
    "",
  ];
}

function unescaped(text: string): string {
  return text.replaceAll(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
}
