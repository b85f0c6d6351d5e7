/** What of a report is left to the other reports when it would be longer than GitHub takes. */

/** Comments, issues and pull requests of GitHub have no more characters. */
const MOST_ON_GITHUB = 65_536;
/** What is kept free for a sentence or two around the report. */
const SPARE = 1500;
/** The most characters of a report. */
export const LIMIT = MOST_ON_GITHUB - SPARE;

/** Parts that can be left out, what is least missed first, as a sentence names them. */
const PARTS = {
  descriptions: "the figures in the descriptions of pictures",
  differences: "what goes with the verdicts",
  evidence: "ratios, p and q of the verdicts",
  explanations: "what was counted to tell why",
  found: "the verdict on each server in each scenario",
  hardware: "the hardware in full",
  reasons: "the reasons of the recommendations",
  settings: "the settings, and notes on the servers",
  metrics: "all but the first metrics of each scenario",
  tables: "the tables of the scenarios",
  intervals: "the intervals in the summary",
} as const;

/** A part of a report that can be left out. */
export type Part = keyof typeof PARTS;

/** A text, or one that can be left out, with what is shown then. */
export type Block = string | {
  readonly part: Part;
  readonly text: string;
  /** Absent: nothing. */
  readonly short?: string | Block;
};

/**
 * Joins the blocks of a report, with as many parts as a limit has room for, what is most missed first.
 *
 * @param blocks of which empty ones are dropped; they are separated by empty lines
 * @param place before which block a sentence says what is left out
 * @returns the shortest form if even that is too long
 */
export function fitting(blocks: readonly Block[], place: number, limit: number = LIMIT): string {
  const used = new Set(blocks.flatMap(partsOf));
  let out = (Object.keys(PARTS) as Part[]).filter((part) => used.has(part));
  const textWithout = (parts: readonly Part[]): string =>
    joined(blocks.map((block) => shown(block, parts)).toSpliced(place, 0, leftOut(parts)));
  for (const part of out.toReversed()) {
    const fewer = out.filter((one) => one !== part);
    if (textWithout(fewer).length <= limit) out = fewer;
  }
  return textWithout(out);
}

function partsOf(block: Block): Part[] {
  return typeof block === "string" ? [] : [block.part, ...partsOf(block.short ?? "")];
}

function shown(block: Block, out: readonly Part[]): string {
  if (typeof block === "string") return block;
  return out.includes(block.part) ? shown(block.short ?? "", out) : block.text;
}

function leftOut(parts: readonly Part[]): string {
  if (parts.length === 0) return "";
  return `_GitHub takes ${
    MOST_ON_GITHUB.toLocaleString("en-US")
  } characters at most, so this text leaves to report.html, results.xlsx and csv/: ${
    parts.map((part) => PARTS[part]).join("; ")
  }._`;
}

function joined(blocks: readonly string[]): string {
  return `${blocks.map((block) => block.trimEnd()).filter((block) => block !== "").join("\n\n")}\n`;
}
