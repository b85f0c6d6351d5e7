/**
 * `deno task field`: runs the study `field` in parts, and publishes it in docs/field/ and at the top of README.md.
 *
 * `deno task field --minutes 20 -- --rounds 5 --duration 0.4 --warmup 0.25` begins it, and ends after 20 minutes at the
 * latest; `deno task field` goes on with what there is, and publishes when all of it is there. What follows `--` is for
 * the run, and only where it begins.
 */

import { type Arguments, type Option, readArguments } from "../../cli/arguments.ts";
import { EXIT } from "../../cli/command.ts";
import { describeOptions } from "../../cli/help.ts";
import { print, printError } from "../../cli/output/terminal.ts";
import { readRun } from "../../cli/read_run.ts";
import { UsageError } from "../../bench/usage.ts";
import { publish } from "./publish.ts";

const OPTIONS: readonly Option[] = [
  { name: "run", value: "DIR", help: "Folder of the run (results/field)" },
  {
    name: "minutes",
    value: "N",
    help: "End after so long; the next call goes on (until all is done)",
  },
  { name: "partial", help: "Publish what there is, though trials are missing" },
];

const ROOT = new URL("../../", import.meta.url).pathname;
const MINUTE_MS = 60_000;
/** The most minutes of a part: a week. */
const MOST_MINUTES = 10_080;

async function main(args: Arguments, more: readonly string[]): Promise<number> {
  const folder = args.text("run") ?? "results/field";
  const minutes = args.number("minutes");
  if (minutes !== undefined && !(minutes > 0 && minutes <= MOST_MINUTES)) {
    throw new UsageError(
      `--minutes must be above 0 and at most ${MOST_MINUTES}: received ${minutes}`,
    );
  }
  const has = isFile(`${folder}/plan.json`);
  if (has && more.length > 0) {
    throw new UsageError(
      `${folder} has a run already, which "${
        more.join(" ")
      }" cannot change: leave it out, or name another --run`,
    );
  }
  if (!args.has("partial")) {
    const begin = ["run", "--study", "field", "--out", folder, ...more];
    if (!has) await sayHowLong(begin);
    const code = await runPart(has ? ["resume", folder] : begin, minutes);
    if (code === EXIT.usage) return code;
  }
  const result = await readRun(folder);
  const missing = result.planned - result.trials.length;
  if (missing > 0 && !args.has("partial")) {
    print(
      `${missing} of ${result.planned} trials are missing: run deno task field again to go on, ` +
        "or with --partial to publish what there is",
    );
    return EXIT.interrupted;
  }
  for (const path of await publish(result, folder, ROOT)) print(path);
  return EXIT.done;
}

/** Says how long the whole run takes; the run itself says what is wrong with its options. */
async function sayHowLong(args: readonly string[]): Promise<void> {
  const { stdout } = await command([...args, "--dry-run"], "piped").output();
  const [, trials, time] = /^Trials +(.*?) in all$[^]*^Time +(.*)$/m
    .exec(new TextDecoder().decode(stdout)) ?? [];
  if (time !== undefined) print(`${trials} trials, ${time}`);
}

/** wsmark with arguments. */
function command(args: readonly string[], output: "inherit" | "piped"): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", `${ROOT}cli/wsmark.ts`, ...args],
    stdin: "inherit",
    stdout: output,
    stderr: output,
  });
}

/** Runs a part of the study in a process of its own, which a Ctrl-C reaches, too; returns its exit code. */
async function runPart(args: readonly string[], minutes: number | undefined): Promise<number> {
  const child = command(args, "inherit").spawn();
  const stop = (): void => {
    try {
      child.kill("SIGINT");
    } catch {
      // It has ended just now.
    }
  };
  // The terminal has told the child already: this program only has to outlive it.
  const ignore = (): void => {};
  Deno.addSignalListener("SIGINT", ignore);
  const timer = minutes === undefined ? undefined : setTimeout(stop, minutes * MINUTE_MS);
  try {
    return (await child.status).code;
  } finally {
    clearTimeout(timer);
    Deno.removeSignalListener("SIGINT", ignore);
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const at = Deno.args.indexOf("--");
  const [own, more] = at < 0 ? [Deno.args, []] : [Deno.args.slice(0, at), Deno.args.slice(at + 1)];
  if (own.includes("--help")) {
    print(`deno task field [options] [-- options of run]\n\n${describeOptions(OPTIONS)}`);
    Deno.exit(EXIT.done);
  }
  try {
    Deno.exit(await main(readArguments(own, OPTIONS), more));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printError(`error: ${error.message}`);
    Deno.exit(EXIT.usage);
  }
}
