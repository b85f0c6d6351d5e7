/** What a conversation is told, and what it wants done. */

import type { Message } from "../types.ts";
import type { Entry } from "./entry.ts";

/** What happens to a conversation. */
export type Happening =
  | { readonly on: "opened" }
  | { readonly on: "received"; readonly message: Message }
  | { readonly on: "closed"; readonly code: number; readonly reason: string }
  | { readonly on: "line"; readonly text: string }
  /** No more lines come. */
  | { readonly on: "input ended" }
  /** The user wants to end at once. */
  | { readonly on: "interrupted" }
  /** The time that the last effect "wait" gave is over. */
  | { readonly on: "timeout" };

/** What is to be done. */
export type Effect =
  | { readonly do: "connect" }
  | { readonly do: "send"; readonly text: string }
  | { readonly do: "close" }
  /** To be kept in the journal; it is in the recorder already. */
  | { readonly do: "keep"; readonly entry: Entry }
  /** To be printed for the user. */
  | { readonly do: "show"; readonly text: string }
  /** To be printed where errors go. */
  | { readonly do: "complain"; readonly text: string }
  /** A prompt, on a terminal. */
  | { readonly do: "ask"; readonly prompt: string }
  /** The time from which on the next timeout comes starts anew. */
  | { readonly do: "wait"; readonly ms: number }
  /** No timeout any more. */
  | { readonly do: "stop waiting" }
  /** The conversation has ended, with this exit code; the last effect. */
  | { readonly do: "end"; readonly code: number };
