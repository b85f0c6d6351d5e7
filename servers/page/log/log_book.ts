/** The lines of the page's log. Only those in sight become elements (`log_view.ts`); all of them are kept here. */

/** How many lines are kept at least before old ones are left out. */
export const MOST_LINES = 100_000;
/** How many are left out at a time. */
const BATCH = 10_000;
/** Longer texts are cut. */
const MOST_CHARACTERS = 200;

/** What a line is about. */
export type LineKind = "sent" | "received" | "note";

export interface LogLine {
  readonly kind: LineKind;
  /** Milliseconds since the page began. */
  readonly atMs: number;
  /** What it says; cut if it is long. */
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

  get length(): number {
    return this.#lines.length;
  }

  /** How many lines before the first one were left out. */
  get omitted(): number {
    return this.#omitted;
  }

  line(index: number): LogLine | undefined {
    return this.#lines[index];
  }

  add(kind: LineKind, text: string, atMs: number): void {
    this.#lines.push({ kind, atMs, text: WORD[kind] + shorten(text, MOST_CHARACTERS) });
    if (this.#lines.length < MOST_LINES + BATCH) return;
    this.#lines.splice(0, BATCH);
    this.#omitted += BATCH;
  }

  clear(): void {
    this.#lines = [];
    this.#omitted = 0;
  }
}

/** A text that is cut after so many characters, and then says how many it has. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  // Split and joined, because a slice would keep the whole text in memory.
  const start = [...text.slice(0, most)].join("");
  return `${start}… (${text.length.toLocaleString("en")} characters)`;
}
