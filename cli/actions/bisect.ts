/** `bisect`: the commit at which a server became slower or faster. */

import { join } from "node:path";
import { bisect, type Likeness, likenessOf } from "../../bench/history/bisect.ts";
import { commitOf, git, GitError } from "../../bench/history/git.ts";
import { readResult } from "../../bench/folder/read_result.ts";
import { UsageError, whole } from "../../bench/usage.ts";
import { type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import type { Result } from "../../measure/model/result.ts";
import { shown } from "../../measure/text/shown.ts";
import { signedShare } from "../../report/history/tables.ts";
import type { Arguments } from "../arguments.ts";
import { type Action, EXIT } from "../command.ts";
import { onStopOrExit } from "../stop.ts";
import { print, printError } from "../output/terminal.ts";
import { requirePermissions } from "../permissions.ts";

const PROGRAM = new URL("../wsmark.ts", import.meta.url).href;
/** How much of a commit is shown, in characters. */
const SHORT = 10;

/** Something that could not be run, in one line. */
class FailedError extends Error {}

export const action: Action = async (args) => {
  requirePermissions();
  const [good = "", bad = ""] = args.positional;
  const command = args.text("command");
  if (command === undefined || !command.includes("{port}")) {
    throw new UsageError(
      `bisect needs --command with {port} in it, such as 'node server.js {port}': received ${
        command === undefined ? "none" : `"${shown(command)}"`
      }`,
    );
  }
  if (Deno.build.os === "windows") {
    throw new UsageError("bisect runs commands by sh: it does not work on Windows");
  }
  const rounds = whole("number of rounds", args.number("rounds") ?? 10, 5, 1000);
  const [from, to] = [await commitOf(good), await commitOf(bad)];
  const listed = await git(["rev-list", "--first-parent", "--reverse", `${from}..${to}`]);
  const commits = listed.split("\n").filter((line) => line !== "");
  if (commits.length === 0) {
    throw new UsageError(
      `There is no commit after ${shown(good)} up to ${
        shown(bad)
      }: GOOD goes first, and is an ancestor of BAD`,
    );
  }
  const controller = new AbortController();
  using _ = onStopOrExit(() => controller.abort());
  const folder = await Deno.makeTempDir({ prefix: "wsmark-bisect-" });
  const trees = new Map<string, string>();
  try {
    const bench = new Bench({ args, command, folder, trees, from, to, signal: controller.signal });
    const first = await bench.compare(undefined, rounds);
    const change = first.find(({ server }) => server.id === "bad");
    if (change === undefined || "absent" in change.judgement) {
      const why = change !== undefined && "absent" in change.judgement
        ? change.judgement.absent
        : "nothing was measured";
      throw new FailedError(`GOOD and BAD cannot be compared: ${why}`);
    }
    const { ratio, interval, difference } = change.judgement;
    const range = `${signedShare(interval.low)} to ${signedShare(interval.high)}`;
    const what = `${change.metric.title} of ${change.scenario.title}`;
    print(`${short(to)} against ${short(from)}: ${what} ${signedShare(ratio)} (${range})`);
    if (difference === "none") {
      throw new FailedError(
        "GOOD and BAD are not told apart: there is nothing to find, or it takes more --rounds",
      );
    }
    const found = await bisect(commits, async (commit, left) => {
      const likeness = await bench.judge(commit, ratio, rounds);
      print(`${short(commit)}: ${likeness} (${left - 1} commits are left)`);
      return likeness;
    });
    print(await named(found));
    return found.length === 1 ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (controller.signal.aborted) {
      printError("error: bisect was interrupted");
      return EXIT.interrupted;
    }
    if (!(error instanceof FailedError || error instanceof GitError)) throw error;
    printError(`error: ${error.message}`);
    return EXIT.failed;
  } finally {
    for (const tree of trees.values()) {
      await git(["worktree", "remove", "--force", tree]).catch(() => {});
    }
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
};

interface BenchOptions {
  readonly args: Arguments;
  readonly command: string;
  readonly folder: string;
  /** Folders of the commits that are checked out. */
  readonly trees: Map<string, string>;
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
}

/** Runs servers of several commits side by side. */
class Bench {
  #runs = 0;

  constructor(readonly options: BenchOptions) {}

  /** What a commit is like, by a run, or two. */
  async judge(commit: string, bad: number, rounds: number): Promise<Likeness> {
    for (const factor of [1, 2]) {
      const verdicts = await this.compare(commit, rounds * factor);
      const own = verdicts.find(({ server }) => server.id === "this")?.judgement;
      const all = verdicts.find(({ server }) => server.id === "bad")?.judgement;
      if (own === undefined || "absent" in own) continue;
      // What this run itself says of BAD is of the same minutes.
      const level = all === undefined || "absent" in all ? bad : all.ratio;
      const likeness = likenessOf(own.interval, level);
      if (likeness !== "unclear") return likeness;
    }
    return "unclear";
  }

  /** The verdicts on the first case of GOOD, BAD and a commit between them, if one is given. */
  async compare(commit: string | undefined, rounds: number): Promise<Verdict[]> {
    const { args, folder, from, to, signal } = this.options;
    const servers = [["good", from], ["bad", to], ["this", commit]] as const;
    const commands: string[] = [];
    for (const [id, at] of servers) {
      if (at === undefined) continue;
      const inFolder = `cd ${quoted(await this.#checkedOut(at))} && exec ${this.options.command}`;
      commands.push("--command", `${id}=sh -c ${quoted(inFolder)}`);
      const path = args.text("path");
      if (path !== undefined) commands.push("--path", `${id}=${path}`);
    }
    const out = join(folder, `run-${++this.#runs}`);
    const scenario = args.text("scenario") ?? "throughput";
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--allow-all", "--quiet", PROGRAM, "run", ...commands],
        ...["--scenarios", scenario, "--rounds", String(rounds), "--baseline", "good"],
        ...["--duration", `${args.seconds("duration") ?? 500}ms`],
        ...["--warmup", "0.25", "--no-ceiling", "--no-config", "--no-progress"],
        ...["--reports", "json", "--out", out],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal,
    });
    const { code, stderr } = await child.output();
    if (signal.aborted) throw new FailedError("it was interrupted");
    if (code === EXIT.usage) {
      const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
      throw new FailedError(shown(said.replace(/^error: /, "")));
    }
    return firstCase(await readResult(out));
  }

  async #checkedOut(commit: string): Promise<string> {
    const { trees, folder, args, signal } = this.options;
    const known = trees.get(commit);
    if (known !== undefined) return known;
    const tree = join(folder, short(commit));
    trees.set(commit, tree);
    await git(["worktree", "add", "--detach", "--quiet", tree, commit]);
    const build = args.text("build");
    if (build === undefined) return tree;
    const done = await new Deno.Command("sh", {
      args: ["-c", build],
      cwd: tree,
      stdin: "null",
      signal,
    }).output();
    if (done.success) return tree;
    const said = new TextDecoder().decode(new Uint8Array([...done.stdout, ...done.stderr]));
    throw new FailedError(`--build failed at ${short(commit)}: ${shown(said.trim().slice(-500))}`);
  }
}

function firstCase(result: Result): Verdict[] {
  const [scenario] = result.scenarios;
  return verdictsOf(result).filter((one) =>
    one.aspect === "primary" && one.case.id === scenario?.cases[0]?.id
  );
}

async function named(found: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    found.map((commit) => git(["log", "-1", "--format=%h %ad %an: %s", "--date=short", commit])),
  );
  const texts = lines.map((line) => shown(line.trim()));
  return found.length === 1
    ? `The first such commit is ${texts[0]}`
    : `It cannot be told which of these is the first such commit:\n${
      texts.map((text) => `  ${text}`).join("\n")
    }`;
}

function short(commit: string): string {
  return commit.slice(0, SHORT);
}

/** A word for sh. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
