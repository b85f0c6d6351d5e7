/**
 * The conversation at a prompt as a state machine: it is passed lines, replies and the time, and returns what is to be
 * done. No clock, no socket, no terminal.
 */

import type { Message } from "../types.ts";
import { latencyOf, SessionRecorder } from "../../measure/model/session.ts";
import { shown, visible } from "./content.ts";
import type { Effect, Happening } from "./effects.ts";
import { type Entry, record } from "./entry.ts";

interface ConversationOptions {
  readonly url: string;
  /** The client with its library. */
  readonly library: string;
  /** Whether a person types and reads: only then can it be asked whether to connect again. */
  readonly onTerminal: boolean;
}

/** How long replies are waited for, in milliseconds; each reply starts the time again. */
export const PATIENCE_MS = 5000;
/** How long the server's answer to a close is waited for, in milliseconds. */
export const CLOSING_MS = 1000;
/** How many messages of a pipe wait for a reply at most: more would only queue in front of the server. */
export const MOST_WAITING = 100;

/** Only lines of backslashes, with or without `exit` after them, lose their first one: so any text can be sent. */
const ESCAPED = /^\\+(exit)?$/;
const NOT_SENT = "An empty line sends nothing; a line of \\ sends an empty message";

const PROMPT = "> ";
const QUESTION = "Reconnect? [Y/n] ";

type Phase = "connecting" | "open" | "asking" | "draining" | "closing" | "ended";

/** A conversation; it begins with a connection that is being opened. */
export class Conversation {
  readonly recorder: SessionRecorder = new SessionRecorder();
  readonly #options: ConversationOptions;
  #phase: Phase = "connecting";
  #wasOpen = false;
  #inputEnded = false;
  #code = 0;
  /** How many messages may wait for a reply. */
  #most: number;
  /** Lines that were typed. */
  #lines: string[] = [];
  /** Index of the first line that is not sent yet. */
  #place = 0;
  #hasSaidHow = false;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#most = options.onTerminal ? Infinity : MOST_WAITING;
  }

  /** Whether more lines can be sent now; if not, a pipe is not read. */
  get wantsLines(): boolean {
    return this.#options.onTerminal ||
      this.#phase === "open" && this.#lines.length === this.#place &&
        this.recorder.waiting < this.#most;
  }

  /** @param atMs the time, in milliseconds since the session began */
  handle(happening: Happening, atMs: number): Effect[] {
    if (this.#phase === "ended") return [];
    switch (happening.on) {
      case "opened":
        return this.#opened(atMs);
      case "received":
        return this.#received(happening.message, atMs);
      case "closed":
        return this.#closed(happening.reason || `closed with code ${happening.code}`, atMs);
      case "line":
        return this.#line(happening.text, atMs);
      case "input ended":
        this.#inputEnded = true;
        return this.#phase === "asking" ? this.#end(1, atMs) : [];
      case "interrupted":
        return this.#interrupted(atMs);
      case "timeout":
        return this.#timeout(atMs);
    }
  }

  /** The next line, if one is to be sent now; to be called until there is nothing to do, each time with a new time. */
  next(atMs: number): Effect[] {
    if (this.#phase !== "open") return [];
    const text = this.#lines[this.#place];
    if (text === undefined) return this.#inputEnded ? this.#finish() : [];
    if (this.recorder.waiting >= this.#most) return [];
    if (text === "exit") {
      this.#lines = [];
      return this.#finish();
    }
    this.#place++;
    if (this.#place === this.#lines.length) [this.#lines, this.#place] = [[], 0];
    const message = messageOf(text);
    const keep = this.#record({ atMs, what: "sent", message });
    const isFull = this.recorder.waiting >= this.#most;
    return [
      { do: "send", text: message },
      keep,
      ...(isFull ? [wait(PATIENCE_MS)] : []),
      ...this.#ask(),
    ];
  }

  #opened(atMs: number): Effect[] {
    if (this.#phase !== "connecting") return [];
    this.#phase = "open";
    const keep = this.#record({ atMs, what: "opened", reason: "" });
    const { onTerminal, url, library } = this.#options;
    const again = this.#wasOpen ? "again " : "";
    this.#wasOpen = true;
    if (!onTerminal) return [keep];
    const text = `Connected ${again}to ${url} with ${library}; \`exit\` or Ctrl-C ends it.`;
    return [keep, { do: "show", text }, ...this.#ask()];
  }

  #received(message: Message, atMs: number): Effect[] {
    const entry: Entry = { atMs, what: "received", message };
    const latencyMs = latencyOf(record(this.recorder, entry)!);
    const latency = latencyMs === undefined ? "unasked" : `${latencyMs.toFixed(3)} ms`;
    const told: Effect[] = [
      { do: "keep", entry },
      { do: "show reply", latency, text: shown(message) },
    ];
    if (this.#phase === "open") {
      const wasFull = this.recorder.waiting === this.#most - 1;
      return [...told, ...(wasFull ? [{ do: "stop waiting" } as const] : []), ...this.#ask()];
    }
    if (this.#phase !== "draining") return told;
    return this.recorder.waiting === 0 ? [...told, ...this.#close()] : [...told, wait(PATIENCE_MS)];
  }

  #closed(reason: string, atMs: number): Effect[] {
    const { url, onTerminal } = this.#options;
    if (this.#phase === "closing") return this.#end(this.#code, atMs);
    const said = visible(reason);
    if (this.#phase === "connecting") {
      const told: Effect[] = [
        this.#record({ atMs, what: "not opened", reason: said }),
        { do: "complain", text: `Cannot connect to ${url}: ${said}` },
      ];
      return [...told, ...(this.#wasOpen ? this.#askAgain(atMs) : this.#end(1, atMs))];
    }
    const { waiting } = this.recorder;
    const unanswered = waiting === 0 ? "" : ` (${waiting} without a reply)`;
    const told: Effect[] = [
      this.#record({ atMs, what: "lost", reason: said }),
      { do: "complain", text: `Lost the connection to ${url}: ${said}${unanswered}` },
    ];
    const canAsk = this.#phase === "open" && onTerminal;
    return [...told, ...(canAsk ? this.#askAgain(atMs) : this.#end(1, atMs))];
  }

  #askAgain(atMs: number): Effect[] {
    if (this.#inputEnded) return this.#end(1, atMs);
    this.#phase = "asking";
    return [{ do: "stop waiting" }, ...this.#ask()];
  }

  #line(text: string, atMs: number): Effect[] {
    if (this.#phase === "asking") return this.#answer(text, atMs);
    if (this.#phase !== "open" && this.#phase !== "connecting") return [];
    if (text === "") return this.#sayHow();
    this.#lines.push(text);
    return [];
  }

  /** Says once how an empty message is sent. */
  #sayHow(): Effect[] {
    if (this.#hasSaidHow) return this.#ask();
    this.#hasSaidHow = true;
    return [{ do: "complain", text: NOT_SENT }, ...this.#ask()];
  }

  #answer(text: string, atMs: number): Effect[] {
    const answer = text.trim().toLowerCase();
    if (["n", "no", "exit"].includes(answer)) return this.#end(1, atMs);
    if (!["", "y", "yes"].includes(answer)) {
      this.#lines.push(text);
      const kept = `Not connected; this is sent after a reconnect: ${visible(text)}`;
      return [{ do: "complain", text: kept }, ...this.#ask()];
    }
    this.#phase = "connecting";
    return [{ do: "connect" }, ...this.#ask()];
  }

  /** Ends as soon as the replies that are due have come. */
  #finish(): Effect[] {
    this.#phase = "draining";
    return this.recorder.waiting === 0 ? this.#close() : [wait(PATIENCE_MS)];
  }

  #close(): Effect[] {
    this.#phase = "closing";
    return [{ do: "close" }, wait(CLOSING_MS)];
  }

  /** Ends now; the second time also without the server's answer to the close. */
  #interrupted(atMs: number): Effect[] {
    if (this.#phase === "open" || this.#phase === "draining") return this.#close();
    return this.#end(this.#phase === "closing" ? this.#code : 1, atMs);
  }

  #timeout(atMs: number): Effect[] {
    const seconds = PATIENCE_MS / 1000;
    if (this.#phase === "open") {
      this.#most = Infinity;
      const text = `No reply for ${seconds} s: what follows is sent without waiting for replies`;
      return [{ do: "complain", text }];
    }
    if (this.#phase === "draining") {
      this.#code = 1;
      const { waiting } = this.recorder;
      const replies = waiting === 1 ? "1 reply" : `${waiting} replies`;
      const text = `${replies} did not come within ${seconds} s`;
      return [{ do: "complain", text }, ...this.#close()];
    }
    return this.#phase === "closing" ? this.#end(this.#code, atMs) : [];
  }

  #end(code: number, atMs: number): Effect[] {
    const kept: Effect[] = [];
    if (this.#phase === "closing") {
      kept.push(this.#record({ atMs, what: "closed", reason: "" }));
    }
    this.#phase = "ended";
    for (const line of this.#lines.slice(this.#place)) {
      kept.push(this.#record({ atMs, what: "not sent", message: messageOf(line) }));
    }
    return [...kept, { do: "stop waiting" }, { do: "end", code }];
  }

  #record(entry: Entry): Effect {
    record(this.recorder, entry);
    return { do: "keep", entry };
  }

  #ask(): Effect[] {
    if (!this.#options.onTerminal) return [];
    return [{ do: "ask", prompt: this.#phase === "asking" ? QUESTION : PROMPT }];
  }
}

/** The message that a line stands for. */
function messageOf(line: string): string {
  return ESCAPED.test(line) ? line.slice(1) : line;
}

function wait(ms: number): Effect {
  return { do: "wait", ms };
}
