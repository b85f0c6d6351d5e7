/** Names of the files in the folder of a run that are read again. It imports nothing, as help names them. */

/** What the run was asked to do. */
export const PLAN_FILE = "plan.json";
/** A line for each trial. */
export const TRIALS_FILE = "trials.jsonl";
/** The whole result. */
export const RESULT_FILE = "results.json";
