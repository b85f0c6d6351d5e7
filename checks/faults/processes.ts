/**
 * The processes of a run, found by a mark in their environment: all that it started, whatever their parent is now.
 * Linux only.
 */

export const MARK = "WSMARK_CHECK";

export interface Seen {
  readonly pid: number;
  readonly role: "runner" | "generator" | "other";
  /** When it was first seen, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** Most resident memory, in bytes. */
  peakBytes: number;
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

export function marked(mark: string): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((pid) =>
    pid > 0 && read(`/proc/${pid}/environ`).includes(`${MARK}=${mark}\0`)
  );
}

/** Follows the processes of a run until the scope of `using` is left. */
export function follow(mark: string): Disposable & { readonly seen: ReadonlyMap<number, Seen> } {
  const seen = new Map<number, Seen>();
  const look = (): void => {
    for (const pid of marked(mark)) {
      const peak = /VmHWM:\s*(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1];
      if (peak === undefined) continue;
      let one = seen.get(pid);
      // A shell, or taskset, becomes the program that it starts.
      const role = roleOf(pid);
      if (one?.role !== role) seen.set(pid, one = { pid, role, sinceMs: Date.now(), peakBytes: 0 });
      one.peakBytes = Math.max(one.peakBytes, Number(peak) * 1024);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return { seen, [Symbol.dispose]: () => clearInterval(timer) };
}

const EVERY_MS = 100;

/** The programs whose processes have a role. */
const GENERATOR = new URL("../../bench/generator/main.ts", import.meta.url);
const RUNNER = new URL("../../cli/wsmark.ts", import.meta.url);

/** The words of the command that a process runs; `[""]` where it has ended. */
export function commandLine(pid: number): string[] {
  return read(`/proc/${pid}/cmdline`).split("\0");
}

function roleOf(pid: number): Seen["role"] {
  const words = commandLine(pid);
  if (!words[0]?.endsWith("deno")) return "other";
  const runs = ({ href, pathname }: URL): boolean =>
    words.some((word) => word === href || word === pathname);
  return runs(GENERATOR) ? "generator" : runs(RUNNER) ? "runner" : "other";
}
