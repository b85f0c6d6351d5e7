/**
 * The lines of the page's log. Only what is in sight becomes elements (`log_view.ts`); the lines themselves are kept here.
 */

/** How many lines are kept at the least before old ones are left out. */
export const MOST_LINES = 100_000;
/** How many are left out at a time. */
const BATCH = 10_000;
/** From so many characters on a text is cut. */
const MOST_CHARACTERS = 200;

/** What a line is about. */
export type LineKind = "sent" | "received" | "note";

/** A line of the log. */
export interface LogLine {
  /** What it is about. */
  readonly kind: LineKind;
  /** Milliseconds since the page began. */
  readonly atMs: number;
  /** What it says, cut where it is long. */
  readonly text: string;
}

const WORD: Readonly<Record<LineKind, string>> = {
  sent: "Sent: ",
  received: "Received: ",
  note: "",
};

/** The lines of a log, the oldest first. */
export class LogBook {
  #lines: LogLine[] = [];
  #omitted = 0;

  /** How many lines there are. */
  get length(): number {
    return this.#lines.length;
  }

  /** How many lines before the first one were left out. */
  get omitted(): number {
    return this.#omitted;
  }

  /** A line by its place, from 0. */
  line(index: number): LogLine | undefined {
    return this.#lines[index];
  }

  /** Appends a line. */
  add(kind: LineKind, text: string, atMs: number): void {
    this.#lines.push({ kind, atMs, text: WORD[kind] + shorten(text) });
    if (this.#lines.length < MOST_LINES + BATCH) return;
    this.#lines.splice(0, BATCH);
    this.#omitted += BATCH;
  }

  /** Forgets all lines. */
  clear(): void {
    this.#lines = [];
    this.#omitted = 0;
  }
}

function shorten(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  // Taken apart and joined, as a slice would keep the whole text in memory.
  const start = [...text.slice(0, MOST_CHARACTERS)].join("");
  return `${start}… (${text.length.toLocaleString("en")} characters)`;
}
