/** Child processes of the runner: their lines, their last words, their end. */

import { stripVTControlCharacters } from "node:util";
import { after } from "./delay.ts";
import { beginningOf, descendantsOf, killAll, killMarked, MARK, markedBy } from "./descendants.ts";
import { readChunks, readLines } from "./lines.ts";
import { passPriority } from "./priority.ts";

/** How a process ended, in words: `exit code 1`, `signal SIGKILL`. */
export function describeEnd(
  { code, signal }: { code: number; signal: Deno.Signal | null },
): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

/** How much of a child's stderr is kept for an error message, in characters. */
const LAST_WORDS = 4096;

/** How long its last words are waited for once it has ended, in milliseconds. */
const LAST_WORDS_MS = 200;

/** How long a process that was killed may take to end, in milliseconds: one that waits for a disk cannot end. */
const KILLED_MS = 5000;

/** What is not a message: an indented line of a stack or a source, a brace, or what a runtime adds. */
const BESIDE_THE_POINT =
  /^(?:\s.*|[\^~{}[\])]*|(?:Node\.js|Bun) v\d.*|goroutine \d.*|\S+\(.*\)|exit status \d+|Stack backtrace:|note: run with .*)$/;
/** How JavaScript, Python, Java, Go, Rust and most others begin a line that says what went wrong. */
const SAYS_WHAT =
  /^(?:\S+: )?(?:(?:fatal )?error\b|fatal:|panic:|uncaught\b|exception in thread|caused by:|thread '.*' .*panicked|[\w.$]*(?:Error|Exception)\b)/i;
const MOST_LINES = 3;

/**
 * What a program said last, on one line: the last line that says what went wrong with those that follow it, or the last
 * lines if none does; without a stack and what a runtime prints after it.
 */
export function lastMessage(text: string): string {
  const all = stripVTControlCharacters(text).split("\n").map((line) => line.trimEnd());
  const lines = all.filter((line, index) =>
    // The line above a caret is one of the source.
    !BESIDE_THE_POINT.test(line) && !/^\s*\^+$/.test(all[index + 1] ?? "")
  );
  const at = lines.findLastIndex((line) => SAYS_WHAT.test(line));
  // The effect is printed before its cause.
  const effect = /^caused by:/i.test(lines[at] ?? "") ? lines[at - 1] ?? "" : "";
  const shown = at < 0
    ? lines.slice(-MOST_LINES)
    : [effect, lines[at]!, ...lines.slice(at + 1).slice(1 - MOST_LINES)];
  return shown.filter((line) => line !== "").join(" / ") || all.findLast((line) => line !== "") ||
    "";
}

export interface Child {
  readonly pid: number;
  readonly lines: AsyncGenerator<string, undefined>;
  readonly ended: Promise<Deno.CommandStatus>;
  /** The {@linkcode lastMessage} that it wrote to stderr, or an empty text. */
  lastWords(): string;
  /** Whether a process is this one, or one that it has started; what it has started is known on Linux only. */
  owns(pid: number): boolean;
  tell(line: string): Promise<void>;
  /**
   * Asks it to end with SIGTERM and kills it with SIGKILL if it does not; the same for what it has started itself,
   * whoever is the parent of that now. Then it releases its streams, whoever else holds them.
   *
   * @param patienceMs how long to wait in between
   * @param signal what it is asked with
   */
  stop(patienceMs?: number, signal?: Deno.Signal): Promise<void>;
}

/**
 * Starts a program in its own session, so that a Ctrl-C in the terminal reaches only the runner, with the runner's
 * priority.
 *
 * @param cpus the CPUs that it may run on; empty for all
 * @param env variables of its environment in addition to those of this process
 * @param longest how much of a line of its stdout is kept, in characters; see {@linkcode readLines}
 * @throws {Deno.errors.NotFound} when there is no such program
 */
export function startChild(
  command: readonly string[],
  cpus: readonly number[] = [],
  env: Readonly<Record<string, string>> = {},
  longest?: number,
): Child {
  const [program, ...args] = cpus.length === 0
    ? command
    : ["taskset", "-c", cpus.join(","), ...command];
  const mark = crypto.randomUUID();
  const process = new Deno.Command(program!, {
    args,
    env: { ...env, [MARK]: mark },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  passPriority(process.pid);
  const began = beginningOf(process.pid);
  const stdin = process.stdin.getWriter();
  let lastWords = "";
  const reading = new AbortController();
  const stderrRead = (async () => {
    for await (const chunk of readChunks(process.stderr, reading.signal)) {
      lastWords = (lastWords + chunk).slice(-LAST_WORDS);
    }
  })().catch(() => {});

  /** Its last words may still be on their way when it ends; a grandchild may keep the stream open for ever. */
  async function endOfStderr(): Promise<void> {
    using late = after(LAST_WORDS_MS);
    await Promise.race([stderrRead, late.over]);
  }

  let isGone = false;
  const ended = process.status.then(async (status) => {
    isGone = true;
    await endOfStderr();
    return status;
  });
  const lines = readLines(process.stdout, longest, reading.signal);

  return {
    pid: process.pid,
    lines,
    ended,
    lastWords: () => lastMessage(lastWords),
    owns: (pid) =>
      pid === process.pid ||
      [...descendantsOf(process.pid), ...markedBy(mark, began)].some((one) => one.pid === pid),
    tell: (line) => stdin.write(new TextEncoder().encode(line + "\n")),
    async stop(patienceMs = 2000, signal = "SIGTERM") {
      using late = after(patienceMs);
      late.over.then(() => signalGroup(process, "SIGKILL"));
      // Its tree can be seen only as long as it runs itself.
      const descendants = isGone ? [] : descendantsOf(process.pid);
      signalGroup(process, signal);
      // What was stopped takes no other signal but SIGKILL.
      signalGroup(process, "SIGCONT");
      using immortal = after(patienceMs + KILLED_MS);
      await Promise.race([ended, immortal.over]);
      // Whatever it has left behind got the same signals.
      signalGroup(process, "SIGKILL");
      killAll(descendants);
      killMarked(mark, began);
      // Whatever is left, without the mark and in its own session, may hold the streams for as long as it likes.
      reading.abort();
      using unread = after(LAST_WORDS_MS);
      await Promise.race([stdin.abort().catch(() => {}), unread.over]);
      await lines.return(undefined).catch(() => {});
      // Lines that nobody asked for hold no lock on the stream yet.
      await process.stdout.cancel().catch(() => {});
    },
  };
}

/** Windows has no process groups: there only the process itself gets the signal. */
function signalGroup(process: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    if (Deno.build.os === "windows") process.kill(name);
    else Deno.kill(-process.pid, name);
  } catch {
    // It has ended already.
  }
}
