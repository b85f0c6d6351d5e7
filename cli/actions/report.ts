/** `report`: makes the reports of a run again. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../measure/model/result.ts";
import { PLAN_FILE, TRIALS_FILE } from "../../bench/folder/names.ts";
import { isInUse } from "../../bench/folder/trials_file.ts";
import { UsageError } from "../../bench/usage.ts";
import {
  checkAssertions,
  checksOf,
  exitCodeOf,
  readAssertions,
  reportOutcomes,
} from "../assertions.ts";
import { type Action, EXIT } from "../command.ts";
import { readRun } from "../read_run.ts";
import { reportsOption } from "../options/shared_options.ts";
import { chooseFormats, writeReports } from "../output/reports.ts";
import { commandFor } from "../started_as.ts";
import { printError } from "../output/terminal.ts";

export const action: Action = async (args) => {
  const [folder = ""] = args.positional;
  const result = withBaseline(await readRun(folder), args.text("baseline"));
  const assertions = readAssertions(args.all("assert"), result);
  const outcomes = checkAssertions(assertions, result);
  const areWritten = await writeReports(
    result,
    folder,
    chooseFormats(args.list(reportsOption.name)),
    checksOf(outcomes),
  );
  const code = exitCodeOf(result, reportOutcomes(outcomes));
  if (canGoOn(result, folder)) printError(`go on with: ${commandFor("resume", folder)}`);
  return areWritten ? code : EXIT.failed;
};

/** Whether trials are missing, and it is known which: not while they run. */
function canGoOn({ state }: Result, folder: string): boolean {
  return state === "interrupted" && existsSync(join(folder, PLAN_FILE)) &&
    !isInUse(join(folder, TRIALS_FILE));
}

function withBaseline(result: Result, id: string | undefined): Result {
  if (id === undefined) return result;
  const servers = result.servers.map((server) => server.id);
  if (!servers.includes(id)) {
    throw new UsageError(
      `The baseline "${id}" is not a server of the run: name one of ${servers.join(", ")}`,
    );
  }
  return { ...result, settings: { ...result.settings, baseline: id } };
}
