/** `verify`: drives servers whose truth is known, and shows what was expected and what was measured. */

import { chooseEngine } from "../../bench/plan/client/engine.ts";
import { choosePinning } from "../../bench/process/pinning.ts";
import { pick } from "../../bench/choice.ts";
import { keepVerified } from "../../bench/machine/verified.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import {
  attempts,
  type Check,
  type CheckFinding,
  checks,
  createBench,
  startOwnAgents,
} from "../../checks/verify/mod.ts";
import { type Action, EXIT } from "../command.ts";
import { requirePermissions } from "../permissions.ts";
import { onStopOrExit } from "../stop.ts";
import { hasColor, print, printError } from "../output/terminal.ts";

export const action: Action = async (args) => {
  requirePermissions();
  const byAgents = args.has("agents");
  const chosen = chooseChecks(args.list("only") ?? ["all"], byAgents);
  const seed = args.number("seed") ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
  whole("seed", seed, 0, 2 ** 32 - 1);
  const engine = chooseEngine(args.text("engine") ?? "auto");
  const pinning = choosePinning({ pin: !args.has("no-pin") });
  const controller = new AbortController();
  using _ = onStopOrExit(() => controller.abort(new Error("The checks were interrupted")));
  await using own = byAgents ? await startOwnAgents(controller.signal) : undefined;
  const bench = createBench({ engine, pinning, seed, ...own }, controller.signal);
  const agents = own === undefined ? "" : ` on ${own.fleet.agents.length} agents`;
  print(`Client wire over ${engine.id}${agents}, seed ${seed}`);
  const counts = { passed: 0, failed: 0, inconclusive: 0 };
  for (const check of chosen) {
    print(`\n${check.title}`);
    for await (const attempt of attempts(check, bench, () => controller.signal.aborted)) {
      if (controller.signal.aborted) {
        printError("error: The checks were interrupted");
        return EXIT.interrupted;
      }
      for (const finding of attempt.findings) {
        const state = finding.holds
          ? "passed"
          : attempt.outcome === "fails"
          ? "failed"
          : "inconclusive";
        print(findingLine(finding, state));
        if (!attempt.isRepeated) counts[state]++;
      }
      if (attempt.outcome === "inconclusive") {
        print(
          `  disturbed: ${attempt.disturbances.join(", ")}${
            attempt.isRepeated ? "; once more" : ""
          }`,
        );
      }
    }
  }
  const { passed, failed, inconclusive } = counts;
  const isWhole = !byAgents && chosen.length === chooseChecks(["all"], false).length;
  if (isWhole) keepVerified({ passed, failed, inconclusive });
  print(
    `\n${passed} passed, ${failed} failed${
      inconclusive === 0 ? "" : `, ${inconclusive} inconclusive: stop other programs, and try again`
    }`,
  );
  return failed > 0 ? EXIT.failed : inconclusive > 0 ? EXIT.inconclusive : EXIT.done;
};

/**
 * The checks that were named and whose load can be made so; all that can for `all`.
 *
 * @throws {UsageError} for one that is named and cannot
 */
function chooseChecks(named: readonly string[], byAgents: boolean): Check[] {
  const chosen = pick("check", named, checks);
  const can = ({ by }: Check): boolean => by === "either" || (by === "agents") === byAgents;
  const other = chosen.find((check) => !can(check));
  if (other !== undefined && !named.includes("all")) {
    throw new UsageError(
      byAgents
        ? `The check ${other.id} is about one generator of this machine: leave --agents out`
        : `The check ${other.id} is about agents: add --agents`,
    );
  }
  return chosen.filter(can);
}

const MARKS = {
  passed: { mark: "ok  ", color: 32 },
  failed: { mark: "FAIL", color: 31 },
  inconclusive: { mark: "??  ", color: 33 },
} as const;

function findingLine(
  { what, expected, measured }: CheckFinding,
  state: keyof typeof MARKS,
): string {
  const { mark, color } = MARKS[state];
  const colored = hasColor() ? `\x1b[${color}m${mark}\x1b[0m` : mark;
  return `  ${colored}  ${what}: expected ${expected}; measured ${measured}`;
}
