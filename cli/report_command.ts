/**
 * `report`: makes the reports of a run again.
 *
 * @module
 */

import { readResult } from "../runner/store.ts";
import { UsageError } from "../runner/usage.ts";
import { type Command, EXIT } from "./command.ts";
import { writeReports } from "./reports.ts";

/** `report`: makes the reports of a run again, also of one that was killed. */
export const reportCommand: Command = {
  name: "report",
  title: "Makes the reports of a run again, also of one that was killed.",
  positionals: ["DIR"],
  options: [],
  async run({ positional: [folder = ""] }) {
    let result;
    try {
      result = await readResult(folder);
    } catch (error) {
      throw new UsageError(`${(error as Error).message}. Name the folder of a run`);
    }
    await writeReports(result, folder);
    return EXIT.done;
  },
};
