/** The terminal, or the pipes, of a conversation. */

import process from "node:process";
import { createInterface, type Interface } from "node:readline";

/** What a console reports. */
export interface ConsoleHandlers {
  /** A line was typed, or came from a pipe. */
  line(text: string): void;
  ended(): void;
  interrupted(): void;
  /** Nobody reads what is printed any more. */
  unread(): void;
}

/** Where a conversation is typed and shown. */
export interface Console {
  /** Whether a person types and reads. */
  readonly onTerminal: boolean;
  /** How wide its terminal is; undefined if it is none, or does not say. */
  readonly columns: number | undefined;
  show(text: string): void;
  /** Prints a line where errors go. */
  complain(text: string): void;
  listen(): void;
  /** Shows a prompt; what was typed at another prompt is kept until that one is shown again. */
  ask(prompt: string): void;
  /** Continues or stops reading; after a stop a few lines may still come. */
  want(lines: boolean): void;
  /** Stops reading, and leaves the terminal as it was. */
  close(): void;
}

const encoder = new TextEncoder();

/** Writes at once and in full: what is buffered would be lost when the process ends. */
function write(stream: { writeSync(bytes: Uint8Array): number }, text: string): boolean {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += stream.writeSync(bytes.subarray(written));
    }
    return true;
  } catch {
    // The reader has gone, as with `| head`, or the terminal was closed.
    return false;
  }
}

function columnsOf(): number | undefined {
  try {
    return Deno.consoleSize().columns;
  } catch {
    // The terminal was closed.
    return undefined;
  }
}

export function openConsole(handlers: ConsoleHandlers): Console {
  const onTerminal = Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
  let lines: Interface | undefined;
  let wanted = true;
  /** A console that has ended cannot be prompted or paused. */
  let hasEnded = false;
  let isRead = true;
  let current: string | undefined;
  /** What was typed and not sent, by its prompt. */
  const drafts = new Map<string, string>();

  function print(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): boolean {
    // The line holds the prompt, which is shown again after this, or a ^C.
    const isShared = onTerminal && stream.isTerminal();
    return write(stream, `${isShared ? "\r\x1b[K" : ""}${text}\n`);
  }

  function switchTo(prompt: string, { line }: Interface): void {
    if (current !== undefined) drafts.set(current, line);
    current = prompt;
    lines?.write(null, { ctrl: true, name: "e" });
    lines?.write(null, { ctrl: true, name: "u" });
    lines?.setPrompt(prompt);
    lines?.prompt();
    lines?.write(drafts.get(prompt) ?? "");
    drafts.delete(prompt);
  }

  return {
    onTerminal,
    get columns() {
      return onTerminal ? columnsOf() : undefined;
    },
    show(text) {
      if (!isRead || print(Deno.stdout, text)) return;
      isRead = false;
      handlers.unread();
    },
    complain(text) {
      print(Deno.stderr, text);
    },
    listen() {
      if (lines !== undefined) return;
      lines = createInterface({
        input: process.stdin,
        // A line feed after a carriage return belongs to it, however late it comes.
        crlfDelay: Infinity,
        ...(onTerminal && { output: process.stdout }),
      });
      lines.on("line", (line) => handlers.line(line));
      lines.on("SIGINT", () => handlers.interrupted());
      lines.on("close", () => {
        hasEnded = true;
        handlers.ended();
      });
      // A terminal that is closed cannot be read any more.
      process.stdin.on("error", () => handlers.ended());
    },
    ask(prompt) {
      if (lines === undefined || hasEnded || !onTerminal) return;
      if (prompt === current) lines.prompt(true);
      else switchTo(prompt, lines);
    },
    want(more) {
      if (lines === undefined || hasEnded || more === wanted) return;
      wanted = more;
      if (more) lines.resume();
      else lines.pause();
    },
    close() {
      if (current !== undefined) write(Deno.stdout, "\r\x1b[K");
      current = undefined;
      lines?.close();
    },
  };
}
