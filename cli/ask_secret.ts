/** Asks for a secret on the terminal. */

import { createInterface } from "node:readline";
import process from "node:process";
import { Writable } from "node:stream";
import { printPrompt } from "./terminal.ts";

/** Whether somebody can be asked: what is typed comes from a terminal, and the question is seen on one. */
export function canAsk(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/**
 * Asks for a line, which is not shown as it is typed.
 *
 * @returns undefined where the user ends the input, or presses Ctrl-C
 */
export async function askSecret(question: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  // It would echo what is typed. Told of a terminal, it has the system not do so: what is typed early is hidden, too,
  // where the question comes after that.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  printPrompt(question);
  lines.once("line", resolve);
  lines.once("SIGINT", () => lines.close());
  lines.once("close", () => resolve(undefined));
  try {
    return await promise;
  } finally {
    lines.close();
    printPrompt("\n");
  }
}
