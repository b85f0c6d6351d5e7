/** How two suites judge the same servers and clients: where alike, and where not, with the reason. */

import type { CaseResult, Role, Verdict } from "../../conformance/types.ts";
import { type Difference, DIFFERENCES, type Pair, PAIRS } from "./mapping.ts";

/** What the Autobahn suite says of a server or a client in a case. */
export interface TheirVerdict {
  readonly id: string;
  /** `OK`, `NON-STRICT`, … of the messages. */
  readonly behavior: string;
  /** Whether the close was right, too. */
  readonly passed: boolean;
}

/** A server or a client with what both say of it. */
export interface Judged {
  readonly role: Role;
  readonly title: string;
  /** Library and runtime with their versions. */
  readonly version: string;
  readonly ours: readonly CaseResult[];
  readonly theirs: readonly TheirVerdict[];
}

/** A pair of cases that is judged differently. */
export interface Disagreement extends Pair {
  /** The server or the client. */
  readonly peer: string;
  readonly verdicts: { readonly ours: Verdict; readonly theirs: Verdict };
  readonly came: string;
  /** Undefined if nobody has explained it yet. */
  readonly reason: string | undefined;
}

/** What came of the pairs on a server or a client. */
export interface Agreement {
  readonly role: Role;
  readonly title: string;
  readonly version: string;
  /** Pairs that both have run. */
  readonly common: number;
  /** Of those how many have the same verdict. */
  readonly alike: number;
  /** How many are failed in both or in neither. */
  readonly passAlike: number;
  readonly disagreements: readonly Disagreement[];
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  "OK": "ok",
  "NON-STRICT": "non-strict",
  "INFORMATIONAL": "informational",
  "UNIMPLEMENTED": "unimplemented",
};

/** Their verdict in our words: the worse of those of the messages and of the close. */
export function verdictOf({ behavior, passed }: TheirVerdict): Verdict {
  return passed ? VERDICTS[behavior] ?? "failed" : "failed";
}

/** Compares what both say of a server or a client. */
export function agreementOn(
  { role, title, version, ours, theirs }: Judged,
  differences: readonly Difference[] = DIFFERENCES,
): Agreement {
  const own = new Map(ours.map((one) => [one.id, one]));
  const other = new Map(theirs.map((one) => [one.id, one]));
  const common = PAIRS.filter((pair) => own.has(pair.ours) && other.has(pair.theirs));
  const disagreements = common.flatMap((pair): Disagreement[] => {
    const { verdict, came } = own.get(pair.ours)!;
    const verdicts = { ours: verdict, theirs: verdictOf(other.get(pair.theirs)!) };
    if (verdicts.ours === verdicts.theirs) return [];
    const reason = differences.find((one) =>
      one.ours === verdicts.ours && one.theirs === verdicts.theirs &&
      (one.cases?.test(pair.ours) ?? true)
    )?.reason;
    return [{
      ...pair,
      peer: role === "client" ? `${title} as a client` : title,
      verdicts,
      came,
      reason,
    }];
  });
  return {
    role,
    title,
    version,
    common: common.length,
    alike: common.length - disagreements.length,
    passAlike: common.length -
      disagreements.filter(({ verdicts: { ours, theirs } }) =>
        (ours === "failed") !== (theirs === "failed")
      ).length,
    disagreements,
  };
}

/** `docs/conformance-autobahn.md`. */
export function renderAgreement(agreements: readonly Agreement[], date: string): string {
  const all = agreements.flatMap(({ disagreements }) => disagreements);
  const byReason = Map.groupBy(
    all,
    ({ reason, verdicts }) => `${verdicts.ours}|${verdicts.theirs}|${reason ?? ""}`,
  );
  return `# Conformance beside the Autobahn suite

<!-- Written by deno task autobahn:servers; do not change it by hand. -->

The cases of the Autobahn suite, of the Python package kosoku, were run beside
[wsmark's own](conformance.md) on the same servers and clients, on ${date}. ${PAIRS.length} of theirs
try what one of ours does. The verdict is the same if both say OK, or both non-strict, failed, unimplemented or
informational; theirs is failed, too, if the close is.

${ofRole(agreements, "server")}

${ofRole(agreements, "client")}

## Differences

${
    byReason.size === 0 ? "None.\n" : tableOf(
      ["ours", "theirs", "cases", "why"],
      [...byReason.values()].map((group) => {
        const [{ verdicts, reason, came }] = group as [Disagreement];
        return [
          verdicts.ours,
          verdicts.theirs,
          whereOf(group),
          reason ?? `not explained yet; came: ${came.replaceAll("|", "\\|")}`,
        ];
      }),
    ) + "\n"
  }`;
}

function ofRole(agreements: readonly Agreement[], role: Role): string {
  return tableOf(
    [role, "version", "in common", "failed or not: alike", "the same verdict"],
    agreements.filter((one) => one.role === role)
      .map(({ title, version, common, alike, passAlike }) => [
        ...[title, version, String(common), String(passAlike), String(alike)],
      ]),
  );
}

const MOST_CASES = 3;

/** `Tornado: 7.9.1/8.3.1 …`. */
function whereOf(group: readonly Disagreement[]): string {
  return [...Map.groupBy(group, ({ peer }) => peer)].map(([peer, of]) => {
    const pairs = of.map(({ theirs, ours }) => `${theirs} (${ours})`);
    const left = pairs.length - MOST_CASES;
    return `${peer}: ${pairs.slice(0, MOST_CASES).join(", ")}${
      left > 0 ? ` and ${left} more` : ""
    }`;
  }).join("; ");
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
