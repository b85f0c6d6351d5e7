/** Where the program prints: tables on stdout, everything else on stderr. */

import { masked } from "../../measure/text/secrets.ts";
import { cut } from "../../measure/text/shown.ts";

const encoder = new TextEncoder();

/** A style as wsmark writes it, or a control character, which text of a server or a file may have. */
// deno-lint-ignore no-control-regex -- these are what it is about
const OBEYED = /\x1b\[[\d;]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** A text that a terminal can only show, with the styles that wsmark writes. */
export function harmless(text: string): string {
  return text.replaceAll(OBEYED, (found) => found.endsWith("m") ? found : " ");
}

/**
 * Writes all of a text, or drops it if its reader has gone away or the disk behind it is full: a run goes on, and its
 * results are written.
 */
function write(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += stream.writeSync(bytes.subarray(written));
    }
  } catch {
    // There is nowhere else to report it.
  }
}

export function print(text: string): void {
  write(Deno.stdout, harmless(text) + "\n");
}

/** The longest line on stderr, in characters: it may contain what a server said. */
const LONGEST = 2000;

/** Prints a text and a line feed on stderr, with secrets masked and long lines cut in the middle. */
export function printError(text: string): void {
  const lines = masked(text).split("\n").map((line) => cut(line, LONGEST));
  write(Deno.stderr, harmless(lines.join("\n")) + "\n");
}

/** Prints a text on stderr without a line feed: the answer follows on its line. */
export function printPrompt(text: string): void {
  write(Deno.stderr, harmless(text));
}

/** Shows a line on stderr in place of the one before, if it is a terminal; the next line goes over it. */
export function printStatus(line: string): void {
  if (Deno.stderr.isTerminal()) write(Deno.stderr, `\r\x1b[K${harmless(line)}`);
}

/** Prints a line on stderr, over a progress bar if there is one. */
export function printOver(line: string): void {
  if (Deno.stderr.isTerminal()) write(Deno.stderr, "\r\x1b[K");
  printError(line);
}

/** Width of the terminal in columns; 100 if the output is not a terminal. */
export function terminalWidth(): number {
  try {
    return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : 100;
  } catch {
    return 100;
  }
}

/** Whether stdout shows colour: it is a terminal, and the user has not set NO_COLOR (https://no-color.org). */
export function hasColor(): boolean {
  return Deno.stdout.isTerminal() && !Deno.noColor;
}
