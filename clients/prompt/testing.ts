/** Clients as their users meet them, for tests: as processes with pipes. */

import { fileURLToPath } from "node:url";
import { within } from "../../servers/testing/process.ts";

/** How a client ended, and what it wrote. */
export interface Output {
  /** Exit code. */
  readonly code: number;
  /** What it wrote on stdout. */
  readonly stdout: string;
  /** What it wrote on stderr. */
  readonly stderr: string;
}

/** Where a client runs. */
export interface Place {
  /** Folder that it runs in. */
  readonly cwd?: string;
  /** Variables of its environment. */
  readonly env?: Record<string, string>;
}

/** Starts a client as a script; its standard input stays open. */
export function start(id: string, args: readonly string[], place: Place = {}): Deno.ChildProcess {
  const script = fileURLToPath(import.meta.resolve(`../${id}.ts`));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", script, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    ...place,
  }).spawn();
}

/** Runs a client as a script, with what is piped into it. */
export async function run(
  id: string,
  args: readonly string[],
  input = "",
  place: Place = {},
): Promise<Output> {
  const child = start(id, args, place);
  const output = ended(child);
  const writer = child.stdin.getWriter();
  // A client that has nothing to do with its input may end before it is written.
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  return await output;
}

/** Resolves as a client has ended. */
export async function ended(child: Deno.ChildProcess): Promise<Output> {
  const output = Promise.all([child.status, child.stdout.text(), child.stderr.text()]);
  const [{ code }, stdout, stderr] = await within("the end of the client", output);
  return { code, stdout, stderr };
}
