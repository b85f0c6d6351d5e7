/** What the first contact with a server came to, in words. */

import { isProtocolFile, protocolOf, protocols } from "../../protocols/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { hushed } from "../plan/own_servers/secrets.ts";
import { inQuotes } from "../process/server_process.ts";
import { UsageError } from "../usage.ts";

/** The message that is sent. */
export const MESSAGE = "wsmark";

/** The outcome of a message. */
export interface Answer {
  /** Whether nothing was sent, and a message of the server's own accord was waited for. */
  readonly isStream: boolean;
  /** Whether the message came back, or was answered as the protocol says; of a stream, whether a message of it came. */
  readonly isEcho: boolean;
  /** Whether it was sent at all. */
  readonly isOpen: boolean;
  /** What the server said: of messages that differ by digits alone one. */
  readonly said: readonly string[];
  /** How the connection ended before it came back. */
  readonly ending: Ending | undefined;
  /** What the opening waited for. */
  readonly awaited: string | undefined;
  /** How long the opening may take, in milliseconds. */
  readonly openingMs: number;
  /** The subprotocols that are offered, and which one the server chose. */
  readonly offered: readonly string[];
  readonly subprotocol: string | undefined;
}

/**
 * What is wrong with the answer to a message, and with what was chosen before, a sentence each.
 *
 * @throws {UsageError} if the opening failed: no message can be sent in any trial
 */
export function notesOn(entry: ServerEntry, answer: Answer, waitMs: number): string[] {
  const { id } = entry;
  const { isEcho, isOpen, ending, offered, subprotocol } = answer;
  const unchosen = offered.length > 0 && subprotocol === undefined && isOpen
    ? [`${id} chose none of the subprotocols that were offered: ${offered.join(", ")}`]
    : [];
  if (isEcho) return unchosen;
  if (!isOpen) throw new UsageError(`${id} ${openingProblem(entry, answer)}`);
  if (answer.isStream) return [...unchosen, streamProblem(entry, answer, waitMs)];
  const said = saidWords(entry, answer.said);
  if (ending !== undefined) {
    const before = said === "" ? "" : `, after it said ${said}`;
    return [
      ...unchosen,
      `${id} ended the first connection when it got "${MESSAGE}" (${
        endingWords(entry, ending)
      })${before}: trials will fail if it does so with what they send`,
    ];
  }
  const what = said === ""
    ? `no answer in ${waitMs / 1000} s to "${MESSAGE}"`
    : answer.said.length === 1
    ? `the answer is ${said} to "${MESSAGE}"`
    : `it said ${said}, and was sent "${MESSAGE}"`;
  return [...unchosen, `${id} ${mismatch(entry, answer.said, what)}`];
}

/** What is wrong with a stream of which no message came. */
function streamProblem(
  entry: ServerEntry,
  { said, ending }: Pick<Answer, "said" | "ending">,
  waitMs: number,
): string {
  const { id, push } = entry;
  const words = saidWords(entry, said);
  if (ending !== undefined) {
    return `${id} ended the first connection (${endingWords(entry, ending)})${
      words && `, after it said ${words}`
    }: its trials will fail if it does so again`;
  }
  if (words === "") {
    return `${id} sent nothing by itself in ${waitMs / 1000} s: its streams may be empty`;
  }
  const rule = push === undefined
    ? ""
    : ` as --push ${id}=… says, which is ${JSON.stringify(push)}`;
  return `${id} sent no message of a stream${rule} (it said ${words}): all of that will count as unasked`;
}

/** What the server did instead of what is expected of it, and what it means. */
function mismatch({ id, protocol }: ServerEntry, said: readonly string[], what: string): string {
  if (protocol === protocols[0].id) {
    const [pointer] = said.flatMap(pointersIn);
    const rule = pointer === undefined ? "… says what they are" : `payload:${pointer} is given`;
    return `does not return messages as they came (${what}): its replies will count as wrong, unless --reply ${id}=${rule}`;
  }
  const { title, options = {} } = protocolOf(protocol);
  return "reply" in options
    ? `gives no reply as --reply ${id}=… says (${what}): what comes will count as unasked or wrong, and replies as lost`
    : `does not answer as ${title} does with these options (${what}): ${
      isProtocolFile(protocol)
        ? `see --set ${id}=…`
        : `deno task list ${protocol} shows what --set ${id}=… can change`
    }`;
}

/** Where a text has the message as a text of its JSON: a pointer at most (RFC 6901), none if it is not there. */
function pointersIn(said: string): string[] {
  const find = (value: unknown): string | undefined => {
    if (value === MESSAGE) return "";
    if (typeof value !== "object" || value === null) return undefined;
    for (const [name, inner] of Object.entries(value)) {
      const rest = find(inner);
      if (rest !== undefined) return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}${rest}`;
    }
    return undefined;
  };
  try {
    return [find(JSON.parse(said)) ?? []].flat().filter((pointer) => pointer !== "");
  } catch {
    return [];
  }
}

/** Why no message could be sent, at its end with what can be done. */
function openingProblem(
  entry: ServerEntry,
  { awaited, said, ending, openingMs }: Answer,
): string {
  const { id, protocol } = entry;
  const words = saidWords(entry, said);
  const { options = {} } = protocolOf(protocol);
  const remedy = "open" in options
    ? `; change --open ${id}=…`
    : Object.keys(options).length > 0 && !isProtocolFile(protocol)
    ? `; deno task list ${protocol} shows what --set ${id}=… can say to it`
    : "";
  if (ending === undefined) {
    const wait = awaited === undefined ? "is not over" : `waits for ${awaited}`;
    return `is not ready for messages: the opening ${wait}, and ${id} said ${
      words || "nothing"
    } in ${openingMs / 1000} s${remedy}`;
  }
  const wait = awaited === undefined ? "" : `, which waited for ${awaited}`;
  const before = words === "" ? "" : `, after it said ${words}`;
  return `ended the first connection during the opening (${
    endingWords(entry, ending)
  })${wait}${before}${remedy}`;
}

/** The most that is told of what a server said, in messages. */
const MOST_SAID = 3;

/** What a server said, a message of each kind; empty if it said nothing. */
function saidWords(entry: ServerEntry, said: readonly string[]): string {
  const words = said.slice(0, MOST_SAID).map((text) => inQuotes(hushed(entry, text)));
  const more = said.length > MOST_SAID ? " and more" : "";
  return words.join(", then ") + more;
}

function endingWords(entry: ServerEntry, { code, reason }: Ending): string {
  const words = reason === "" ? "" : inQuotes(hushed(entry, reason));
  if (code === ABNORMAL) return words || "without a close";
  return `code ${code}${words && `, ${words}`}`;
}

/** The code of a connection that ended without a close, as by an error (RFC 6455 §7.4.1). */
const ABNORMAL = 1006;

interface Ending {
  readonly code: number;
  readonly reason: string;
}
