/** What runs servers that are scripts of the system's own languages, with libraries that its packages bring. */

/** What runs scripts of a language. */
export interface Interpreter {
  /** Name of the language in texts. */
  readonly title: string;
  /** What makes its program succeed if it has some libraries, and fail otherwise. */
  check(libraries: readonly string[]): readonly string[];
}

/** By program, which is also the id of the language and its folder in servers/. */
export const interpreters = {
  ruby: {
    title: "Ruby",
    check: (libraries) => ["-e", "ARGV.each { |name| require name }", ...libraries],
  },
  perl: {
    title: "Perl",
    check: (libraries) => ["-e", "eval qq{require $_; 1} or exit 1 for @ARGV", ...libraries],
  },
} as const satisfies Readonly<Record<string, Interpreter>>;

/** Id of a language of scripts. */
export type InterpreterId = keyof typeof interpreters;
