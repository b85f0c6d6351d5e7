/** What a journal keeps of a session: all entries together rebuild what was recorded. */

import type { Message } from "../types.ts";
import type { ConnectionEvent, Exchange, SessionRecorder } from "../../measure/model/session.ts";
import { contentOf } from "./content.ts";

/** Something that happened in a session, with its time in milliseconds since the session began. */
export type Entry =
  | ConnectionEvent
  | {
    readonly atMs: number;
    /** "not sent": was typed and never sent. */
    readonly what: "sent" | "received" | "not sent";
    readonly message: Message;
  };

/** Adds an entry to a recorder; returns the exchange that a reply belongs to. */
export function record(recorder: SessionRecorder, entry: Entry): Exchange | undefined {
  if (!("message" in entry)) {
    recorder.happened(entry);
    return undefined;
  }
  const content = contentOf(entry.message);
  if (entry.what === "received") return recorder.received(entry.atMs, content);
  if (entry.what === "sent") recorder.sent(entry.atMs, content);
  else recorder.notSent(entry.atMs, content);
  return undefined;
}
