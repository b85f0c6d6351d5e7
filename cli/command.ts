/** What a command of the command line is. */

import type { Arguments, Option } from "./arguments.ts";

/** How the program ends. */
export const EXIT = {
  /** All is done. */
  done: 0,
  /** A trial failed, replies of a server were wrong, or a file could not be written. */
  failed: 1,
  /** Wrong usage. */
  usage: 2,
  /** A figure does not keep an assertion, or a regression is beyond its limit. */
  exceeded: 3,
  /** The user interrupted it; what was measured is kept. */
  interrupted: 130,
} as const;

/** A command of the command line. */
export interface Command {
  /** Name, as typed. */
  readonly name: string;
  /** What it does, for the list of commands. */
  readonly title: string;
  /** Names of its arguments that are no options. */
  readonly positionals?: readonly string[];
  /** Its options. */
  readonly options: readonly Option[];
  /** Text below the options in its help. */
  readonly notes?: string;
  /** Does it; resolves to the exit code. */
  run(args: Arguments, typed: readonly string[]): Promise<number>;
}
