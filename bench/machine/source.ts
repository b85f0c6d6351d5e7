/** The commit that a run was made at: that of the folder it was started in. */

import { type Absent, type Fact, FACTS } from "../../measure/model/result.ts";
import { fact, type FactValue } from "./fact.ts";
import { reasonOf, type System, thisSystem } from "./system.ts";

/** What continuous integration calls the commit, where git itself is not there. */
const VARIABLES = ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILDKITE_COMMIT"];

/**
 * Reads commit and state of the working folder: `git` is asked once for both, some milliseconds.
 *
 * @param variable reads a variable of the environment
 */
export function sourceFacts(
  system: System = thisSystem,
  variable: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Fact[] {
  const { group, name } = FACTS.commit;
  const status = statusOf(system);
  const commit = (): FactValue => {
    if (typeof status === "object" && status !== null) return status;
    const own = /^# branch\.oid ([0-9a-f]{40,64})$/m.exec(status ?? "")?.[1];
    return own ?? VARIABLES.map(variable).find((one) => /^[0-9a-f]{40,64}$/.test(one ?? ""));
  };
  const commitFact = fact(group, name, commit, "the run was not started in a git repository");
  if (typeof status !== "string" || !/^# branch\.oid/m.test(status)) return [commitFact];
  const changed = status.split("\n").filter((line) => /^[12u] /.test(line)).length;
  return [commitFact, fact(group, "Changed files", () => changed, "git does not say it", "files")];
}

/** What git says of the working folder; null if there is no git. */
function statusOf(system: System): string | Absent | null {
  try {
    return system.run("git", [
      "--no-optional-locks",
      "status",
      "--porcelain=v2",
      "--branch",
      "--untracked-files=no",
    ]);
  } catch (error) {
    return { absent: reasonOf(error) };
  }
}
