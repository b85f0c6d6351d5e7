/** What an option of a command is. It imports nothing, as help is made of it. */

/** The sections of help, in their order; an option without one is in the first. */
export const GROUPS = [
  "Options",
  "What to compare",
  "A server of your own",
  "How connections to it are opened",
  "How NATS is reached",
  "How long",
  "How to drive the servers",
  "Results",
  "Comparing",
  "Advanced",
  "Help",
] as const;

export interface Option {
  /** Name without the dashes. */
  readonly name: string;
  /** Placeholder of its value in the help: `N`; absent for a switch. */
  readonly value?: string;
  /** Further words of its value, which may follow it as arguments of their own. */
  readonly more?: RegExp;
  /** Whether it may be given more than once, each time with another value. */
  readonly repeatable?: true;
  readonly help: string;
  /** What the words of its value mean: lines of their own below it. */
  readonly choices?: Readonly<Record<string, string>>;
  /** What it is worth if it is given without a value; absent: it needs one. */
  readonly bare?: string;
  /** Section of the help that it is in. */
  readonly group?: typeof GROUPS[number];
}

/** Options that every command has. */
export const COMMON: readonly Option[] = [
  { name: "help", help: "Show this help and end", group: "Help" },
  { name: "version", help: "Show the version and end", group: "Help" },
];

/** `a, b or c`. Intl.ListFormat would take as long to load as all of the help. */
export function anyOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "")
    .join(" or ");
}
