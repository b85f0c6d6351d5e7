/**
 * The journal of a session: a file of JSON lines next to the workbook that grows with every message, so that nothing is
 * lost whatever ends the program. Once the workbook holds everything, the journal is removed.
 */

import { Buffer } from "node:buffer";
import { type Session, SessionRecorder, type SessionStart } from "../../measure/model/session.ts";
import { type Entry, record } from "./entry.ts";
import { createUnused, reasonOf } from "./files.ts";

const VERSION = 1;

/** A journal; it has a file from the first message on. */
export interface Journal {
  /** Path of its file; undefined if there is none or it cannot be written. */
  readonly path: string | undefined;
  /** Adds an entry; the operating system has it when this returns. */
  add(entry: Entry): void;
  remove(): void;
}

/** @param places paths that it may have, in the order in which they are tried; no file is overwritten */
export function createJournal(
  start: SessionStart,
  places: readonly string[],
  complain: (text: string) => void,
): Journal {
  let file: ReturnType<typeof createUnused> | undefined;
  let isBroken = false;
  /** What came before the first message: an empty session leaves no file. */
  let pending = JSON.stringify({ wsmarkSession: VERSION, ...start }) + "\n";

  function open(): void {
    for (const [index, place] of places.entries()) {
      try {
        file = createUnused(place);
        if (index > 0) complain(`The journal of this session is ${file.path}`);
        return;
      } catch (error) {
        complain(`Cannot write ${place}: ${reasonOf(error)}`);
      }
    }
    isBroken = true;
  }

  return {
    get path() {
      return isBroken ? undefined : file?.path;
    },
    add(entry) {
      if (isBroken) return;
      const line = lineOf(entry);
      if (file === undefined && "message" in entry) open();
      if (file === undefined) {
        pending += line;
        return;
      }
      const bytes = Buffer.from(pending + line);
      pending = "";
      try {
        for (let written = 0; written < bytes.length;) {
          written += file.handle.writeSync(bytes.subarray(written));
        }
      } catch (error) {
        isBroken = true;
        complain(`Cannot write ${file.path}: ${reasonOf(error)}; the workbook is still to come`);
      }
    },
    remove() {
      file?.handle.close();
      if (file !== undefined) Deno.removeSync(file.path);
      file = undefined;
    },
  };
}

/** Bytes are in base64. */
function lineOf(entry: Entry): string {
  if (!("message" in entry) || typeof entry.message === "string") {
    return JSON.stringify(entry) + "\n";
  }
  const { message, ...rest } = entry;
  return JSON.stringify({ ...rest, base64: Buffer.from(message).toString("base64") }) + "\n";
}

/** @throws {SyntaxError} for a text that is not a journal; the last line may be incomplete, of a program that was killed */
export function readJournal(text: string): Session {
  const [first = "", ...lines] = text.split("\n").slice(0, -1);
  const head = parse(first);
  if (head?.wsmarkSession !== VERSION) {
    throw new SyntaxError(`it is not the journal of a session, version ${VERSION}`);
  }
  const { wsmarkSession: _, ...start } = head;
  const recorder = new SessionRecorder();
  let durationMs = 0;
  for (const line of lines) {
    const found = parse(line);
    if (typeof found?.atMs !== "number") throw new SyntaxError(`one of its lines is none: ${line}`);
    const { base64, ...entry } = found;
    const message = base64 === undefined
      ? {}
      : { message: new Uint8Array(Buffer.from(String(base64), "base64")) };
    record(recorder, { ...entry, ...message } as unknown as Entry);
    durationMs = found.atMs;
  }
  return recorder.session(start as unknown as SessionStart, durationMs);
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
