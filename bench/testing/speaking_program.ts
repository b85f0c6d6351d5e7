/** Starts the program of `speaking_server.ts`, and talks with it. */

import { readLines } from "../process/lines.ts";
import type { Asked } from "./speaking_server.ts";

/** The program with the servers. */
export interface Program extends AsyncDisposable {
  /** Asks for a relay or for faults, and returns its answer. */
  ask(asked: Asked): Promise<number>;
}

/** Starts it; it ends when it is disposed of. */
export function startProgram(): Program {
  const program = import.meta.resolve("./speaking_server.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", program],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const answers = readLines(child.stdout);
  const asked = child.stdin.getWriter();
  return {
    async ask(what) {
      await asked.write(new TextEncoder().encode(JSON.stringify(what) + "\n"));
      return Number((await answers.next()).value);
    },
    async [Symbol.asyncDispose]() {
      await asked.close();
      await answers.next();
      await child.status;
    },
  };
}
