/** What happens to a conversation, and what it wants done. */

import type { Message } from "../types.ts";
import type { Entry } from "./entry.ts";

export type Happening =
  | { readonly on: "opened" }
  | { readonly on: "received"; readonly message: Message }
  | { readonly on: "closed"; readonly code: number; readonly reason: string }
  | { readonly on: "line"; readonly text: string }
  | { readonly on: "input ended" }
  /** The user wants to end at once. */
  | { readonly on: "interrupted" }
  /** The time of the last effect "wait" is over. */
  | { readonly on: "timeout" };

export type Effect =
  | { readonly do: "connect" }
  | { readonly do: "send"; readonly text: string }
  | { readonly do: "close" }
  /** To be kept in the journal; it is in the recorder already. */
  | { readonly do: "keep"; readonly entry: Entry }
  | { readonly do: "show"; readonly text: string }
  /** The latency is `unasked` if no message waited for the reply. */
  | { readonly do: "show reply"; readonly latency: string; readonly text: string }
  /** To be printed where errors go. */
  | { readonly do: "complain"; readonly text: string }
  | { readonly do: "ask"; readonly prompt: string }
  /** The next timeout comes after this time, counted from now. */
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "stop waiting" }
  /** The conversation has ended, with this exit code; the last effect. */
  | { readonly do: "end"; readonly code: number };
