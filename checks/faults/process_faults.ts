/** What the process of the suite's server can do wrong. */

import type { Phase } from "./phases.ts";

/** How long a phase is held, in milliseconds. */
const HOLD_MS = 500;
/** How much is written before the ready line, if that has to follow, in bytes. */
const FLOOD = 64 * 2 ** 20;

const never = (): Promise<never> => new Promise(() => {});

interface Stream {
  write(bytes: Uint8Array): Promise<number>;
  writeSync(bytes: Uint8Array): number;
}

function flood(stream: Stream, now: Phase): Promise<void> {
  const bytes = new Uint8Array(64 * 1024).fill(0x78);
  if (now !== "spawn" && now !== "ready") {
    floodForEver(stream, bytes);
    return Promise.resolve();
  }
  for (let written = 0; written < FLOOD;) written += stream.writeSync(bytes);
  stream.writeSync(Uint8Array.of(0x0a));
  return Promise.resolve();
}

async function floodForEver(stream: Stream, bytes: Uint8Array): Promise<void> {
  for (;;) await stream.write(bytes);
}

/** Starts a process with a child; both outlive this process unless they are ended. */
function startGrandchildren(program: string, ...args: readonly string[]): void {
  new Deno.Command(program, {
    args: [...args, "trap '' TERM HUP INT; sleep 600 & sleep 600"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn().unref();
}

/** Files that are never closed: they keep all descriptors. */
const files: Deno.FsFile[] = [];
const TAKE_MS = 5;

function takeAll(): void {
  try {
    for (;;) files.push(Deno.openSync("/dev/null"));
  } catch {
    // There are no more.
  }
}

/** By the ids of the faults. The promise resolves when the fault has been done. */
export const processFaults: Readonly<Record<string, (now: Phase) => Promise<unknown>>> = {
  hold: () => new Promise((resolve) => setTimeout(resolve, HOLD_MS)),
  exit() {
    Deno.stderr.writeSync(new TextEncoder().encode("out of luck\n"));
    Deno.exit(7);
  },
  kill() {
    Deno.kill(Deno.pid, "SIGKILL");
    return never();
  },
  // deno-lint-ignore require-await -- a signal may continue the process
  async stop() {
    Deno.kill(Deno.pid, "SIGSTOP");
  },
  "no-ready-line": never,
  "flood-stdout": (now) => flood(Deno.stdout, now),
  "flood-stderr": (now) => flood(Deno.stderr, now),
  // deno-lint-ignore require-await -- the same
  async descriptors() {
    takeAll();
    // What a connection leaves is taken, too.
    setInterval(takeAll, TAKE_MS);
  },
  // deno-lint-ignore require-await -- the same
  async grandchildren() {
    startGrandchildren("sh", "-c");
  },
  // deno-lint-ignore require-await -- the same
  async "grandchildren-apart"() {
    startGrandchildren("setsid", "sh", "-c");
  },
  // deno-lint-ignore require-await -- the same
  async "double-fork"() {
    startGrandchildren("sh", "-c", 'setsid sh -c "$0" &');
  },
};
