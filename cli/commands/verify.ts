/** `verify`: drives servers whose truth is known, and shows what was expected and what was measured. */

import { chooseEngine } from "../../bench/plan/engine.ts";
import { choosePinning } from "../../bench/process/pinning.ts";
import { pick, whole } from "../../bench/usage.ts";
import { type Check, type CheckFinding, checks, createBench } from "../../checks/verify/mod.ts";
import { type Command, EXIT } from "../command.ts";
import { requirePermissions } from "../permissions.ts";
import { onStopOrExit } from "../stop.ts";
import { hasColor, print, printError } from "../terminal.ts";

export const verifyCommand: Command = {
  name: "verify",
  title: "Drives servers whose truth is known, and shows expected against measured.",
  options: [
    { name: "only", value: "A,B|all", help: `Checks: ${checks.map(({ id }) => id).join(", ")}` },
    { name: "engine", value: "NAME", help: "What carries the bytes: epoll, tcp or auto (auto)" },
    { name: "seed", value: "N", help: "Seed of what is random in the checks (random, shown)" },
    { name: "no-pin", help: "Do not pin server and client to separate CPUs" },
  ],
  notes: "Exit codes: 0 all checks passed, 1 one failed, 2 wrong usage, 130 interrupted.",
  async run(args) {
    requirePermissions();
    const chosen = pick("check", args.list("only") ?? ["all"], checks);
    const seed = args.number("seed") ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
    whole("seed", seed, 0, 2 ** 32 - 1);
    const engine = chooseEngine(args.text("engine") ?? "auto");
    const pinning = choosePinning(!args.has("no-pin"));
    const controller = new AbortController();
    using _ = onStopOrExit(() => controller.abort(new Error("The checks were interrupted")));
    const bench = createBench({ engine, pinning, seed }, controller.signal);
    print(`Client wire over ${engine.id}, seed ${seed}`);
    let [passed, failed] = [0, 0];
    for (const check of chosen) {
      print(`\n${check.title}`);
      for await (const finding of findingsOf(check, bench)) {
        if (controller.signal.aborted) break;
        print(findingLine(finding));
        if (finding.holds) passed++;
        else failed++;
      }
      if (controller.signal.aborted) {
        printError("error: The checks were interrupted");
        return EXIT.interrupted;
      }
    }
    print(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? EXIT.done : EXIT.failed;
  },
};

/** The findings of a check; a failed trial is one that does not hold. */
async function* findingsOf(
  check: Check,
  bench: Parameters<Check["run"]>[0],
): AsyncGenerator<CheckFinding> {
  try {
    yield* check.run(bench);
  } catch (error) {
    const measured = (error as Error).message;
    yield { what: check.id, expected: "every trial completes", measured, holds: false };
  }
}

function findingLine({ what, expected, measured, holds }: CheckFinding): string {
  const mark = holds ? "ok  " : "FAIL";
  const colored = hasColor() ? `\x1b[${holds ? 32 : 31}m${mark}\x1b[0m` : mark;
  return `  ${colored}  ${what}: expected ${expected}; measured ${measured}`;
}
