/**
 * Where the program prints: tables on stdout, everything else on stderr.
 *
 * @module
 */

const encoder = new TextEncoder();

/** Writes all of a text; a reader that has gone away is nobody's fault. */
function write(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += stream.writeSync(bytes.subarray(written));
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whether a write failed as nobody reads it any more: a pipe, or a terminal that was closed. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe || (error as { code?: string }).code === "EIO";
}

/** Prints a text and a line feed on stdout. */
export function print(text: string): void {
  write(Deno.stdout, text + "\n");
}

/** Prints a text and a line feed on stderr. */
export function printError(text: string): void {
  write(Deno.stderr, text + "\n");
}

/** Prints a line on stderr, in place of a bar that may stand there. */
export function printOver(line: string): void {
  printError(Deno.stderr.isTerminal() ? `\r\x1b[K${line}` : line);
}

/** Width of the terminal in columns; 100 where the output is no terminal. */
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
