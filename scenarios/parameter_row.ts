/** What is known about a parameter of cases: what a row of the table has. */

/** What a number may be. */
export interface NumberRange {
  /** The smallest; absent: anything above 0. */
  readonly least?: number;
  /** The largest. */
  readonly most: number;
  /** Its unit, for a message: `per second`; absent for a whole number. */
  readonly unit?: string;
}

/** How the command line sets a parameter. */
export interface ParameterOption {
  /** Name of the option, without the dashes. */
  readonly name: string;
  /** What follows it, as the help shows it: `N`, or `TIME` for a time with its unit; absent for a switch. */
  readonly value?: string;
  /** One sentence for the help. */
  readonly help: string;
}

/** The parameters of a case, as a row reads the other ones. */
export type OtherParameters = Readonly<Record<string, number | string | undefined>>;

/** What is known about a parameter. */
export interface ParameterRow {
  /** What it is, as a sentence. */
  readonly about: string;
  /** What it is called in a message. */
  readonly title: string;
  /** What a number may be; a parameter without it is a word. */
  readonly range?: NumberRange;
  /** The possible words; absent if any will do. */
  readonly choices?: readonly string[];
  /** Throws if a value is impossible for another reason. */
  readonly check?: (value: string) => unknown;
  /** How the command line sets it; absent if only a configuration does. */
  readonly option?: ParameterOption;
  /** Values by which `--matrix` multiplies cases; undefined for a case without it. */
  readonly axis?: readonly (number | string | undefined)[];
  /** Set if a case can have it without naming it: any case, or each that has this other parameter. */
  readonly fits?: "any case" | "size" | "load" | "inFlight" | "connections" | "cut";
  /** Set if its option needs scenarios to be named, as it is something else in each: what it is in which. */
  readonly named?: string;
  /** Set if generators share it as evenly as they can; absent if each has all of it. */
  readonly isShared?: true;
  /** Puts it into words for the title of a case; empty if it need not be mentioned. */
  readonly words: (value: never, all: OtherParameters) => string;
}
