/** What a shell is told so that it can complete command lines. */

/** What may stand at a place: known words, paths, or what only the user knows. */
export type Place =
  | { readonly kind: "words"; readonly words: readonly string[]; readonly isList: boolean }
  | { readonly kind: "file" | "folder" | "free" };

/** An option of a command. */
export interface CompletedOption {
  /** Name without the dashes. */
  readonly name: string;
  readonly help: string;
  /** What its value is; absent for a switch. */
  readonly value?: Place;
}

/** A command. */
export interface CompletedCommand {
  readonly name: string;
  readonly title: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are that are no options. */
  readonly argument: Place;
}

/** Writes the script for one shell; the first command is the default. */
export type Shell = (commands: readonly CompletedCommand[]) => string;

/** What a word of the command line goes by, over all commands: the values of options by name, as one name means one thing. */
export function valuesByName(commands: readonly CompletedCommand[]): Map<string, Place> {
  return new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ name, value }) => value === undefined ? [] : [[name, value] as const])
    ),
  );
}
