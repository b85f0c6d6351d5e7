/**
 * Runs the wire client through the Autobahn suite, over each engine of the generator, and as the client of the list.
 *
 * `deno task autobahn` starts the suite of the Python package kosoku; `--url ws://127.0.0.1:9001` uses a fuzzing server
 * that runs already, such as the original one.
 */

import { UsageError } from "../../bench/usage.ts";
import type { Arguments, Option } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { print } from "../../cli/output/terminal.ts";
import { runAsProgram } from "../command.ts";
import { type Echo, ECHOES } from "../../bench/conformance/clients/wire_echo.ts";
import { runSuite, startSuite, suiteAt, type Verdict } from "./suite.ts";

/** All that is not about compression or speed. */
const CASES = ["1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"];
/** What the suite says where more than one behaviour is right. */
const RIGHT: readonly string[] = ["OK", "INFORMATIONAL"];

const OPTIONS: readonly Option[] = [
  { name: "url", value: "URL", help: "Fuzzing server that runs already (starts one of kosoku)" },
  { name: "cases", value: "A,B", help: `Cases of the one that is started (${CASES.join(",")})` },
  { name: "echoes", value: "A,B", help: `What echoes (${ECHOES.join(",")})` },
];

/** What came of a client's cases: how many of each kind, and which were not right. */
export function formatVerdicts(by: Echo, verdicts: readonly Verdict[]): readonly string[] {
  const counts = Map.groupBy(verdicts, ({ behavior }) => behavior);
  const kinds = [...counts].map(([behavior, of]) => `${of.length} ${behavior}`);
  return [
    `${by}: ${verdicts.length} cases: ${kinds.join(", ")}`,
    ...verdicts.filter(isWrong).map(({ id, behavior }) => `  ${id} ${behavior}`),
  ];
}

function isWrong({ behavior }: Verdict): boolean {
  return !RIGHT.includes(behavior);
}

function readEchoes(names: readonly string[]): readonly Echo[] {
  return names.map((name) => {
    const found = ECHOES.find((echo) => echo === name);
    if (found === undefined) {
      throw new UsageError(`--echoes must name some of ${ECHOES.join(", ")}: received '${name}'`);
    }
    return found;
  });
}

async function main(args: Arguments): Promise<number> {
  const url = args.text("url");
  const cases = args.list("cases") ?? CASES;
  let code: number = EXIT.done;
  for (const by of readEchoes(args.list("echoes") ?? ECHOES)) {
    await using suite = url === undefined ? await startSuite(cases) : suiteAt(url);
    const verdicts = await runSuite(suite, by);
    for (const line of formatVerdicts(by, verdicts)) print(line);
    if (verdicts.length === 0 || verdicts.some(isWrong)) code = EXIT.failed;
  }
  return code;
}

if (import.meta.main) await runAsProgram(OPTIONS, main);
