/** What a command of the command line is. */

import type { Arguments } from "./arguments.ts";
import type { Option } from "./options/option.ts";

export const EXIT = {
  done: 0,
  /** A trial failed, replies of a server were wrong, or a file could not be written. */
  failed: 1,
  usage: 2,
  /** An assertion does not hold, or a regression is beyond its limit. */
  exceeded: 3,
  /** What was to be checked could not be, because other programs took CPU time. */
  inconclusive: 4,
  /** The user interrupted it; what was measured is kept. */
  interrupted: 130,
} as const;

/** What exit codes of a command mean, for its help. */
export type ExitMeanings = Readonly<Partial<Record<keyof typeof EXIT, string>>>;

/** What the exit codes of a run mean. */
export const RUN_EXITS: ExitMeanings = {
  done: "done",
  failed: "a trial failed, replies were wrong, or a file could not be written",
  usage: "wrong usage",
  exceeded: "an assertion does not hold (though trials failed or replies were wrong, too)",
  interrupted: "interrupted: what was measured is kept, and resume goes on",
};

/** What the list of commands says of one. */
export interface Listed {
  readonly name: string;
  /** What it does. */
  readonly title: string;
  /** Names of its arguments that are not options. */
  readonly positionals?: readonly string[];
}

/** What help says of a command beside that. What it does is `action` of the file with its name in actions/. */
export interface Command {
  readonly options: readonly Option[];
  /** Text below the options in its help, a paragraph a line. */
  readonly notes?: string;
  readonly exits: ExitMeanings;
}

/**
 * Does what a command is for; resolves to the exit code.
 *
 * @param typed the command line that the arguments were read from
 */
export type Action = (args: Arguments, typed: readonly string[]) => Promise<number>;
