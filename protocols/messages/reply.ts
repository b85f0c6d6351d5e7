/** Reply rules: which of a server's messages answers which of those that were sent, and whether it is right. */

import { JsonFields, pointerProblem } from "../json/fields.ts";
import { type ConversationHandlers, type Message, NEXT, type OptionValue } from "../types.ts";
import { EchoReader } from "./echo.ts";
import { contains, isObject, patternProblem, readJson, textOf } from "./rule.ts";
import type { Template } from "./template.ts";

/** Reads a message of the server on a connection, and reports what it is. */
export type ReadReply = (
  handlers: ConversationHandlers,
  connection: number,
  isText: boolean,
  buffer: Uint8Array,
  start: number,
  end: number,
) => void;

/** The names in rules by JSON, each with a pointer. */
const POINTERS = ["id", "error", "payload"] as const;
const ECHO = "echo";
const IN_ORDER = "in order";
const KNOWN = 'must be "echo", "in order", { "id": "/POINTER" }, { "payload": "/POINTER" }, ' +
  '{ "pattern": … } or { "contains": … }';

/**
 * Reads a rule as it is written on the command line: `echo`, `in order`, `id:/POINTER`, `pattern:REGEX` and so on.
 *
 * @throws {SyntaxError} for what is none of them, with a phrase that follows its name
 */
export function readReplyRule(text: string): OptionValue {
  if (text === ECHO || text === IN_ORDER) return text;
  if (text.startsWith("{")) return readJson(text);
  const [, name, value = ""] = /^(id|payload|pattern|contains):(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== "") return { [name]: value };
  throw new SyntaxError(
    "must be echo, 'in order', id:/POINTER, payload:/POINTER, pattern:REGEX, contains:TEXT, or JSON of these",
  );
}

/** Whether the replies name their messages. */
export function namesMessage(rule: OptionValue): boolean {
  return isObject(rule) && ("id" in rule || "pattern" in rule && hasGroup(rule.pattern as string));
}

function hasGroup(pattern: string): boolean {
  // With an alternative that is empty every pattern fits, and shows its groups.
  return new RegExp(`${pattern}|`, "u").exec("")!.length > 1;
}

/** Why a rule cannot be used, as a phrase that follows its name; undefined if it can. */
export function replyProblem(rule: OptionValue): string | undefined {
  if (rule === ECHO || rule === IN_ORDER) return undefined;
  if (!isObject(rule)) return KNOWN;
  const names = Object.keys(rule);
  if (names.length === 1 && "pattern" in rule) return patternProblem(rule.pattern);
  if (names.length === 1 && "contains" in rule) {
    return typeof rule.contains === "string" && rule.contains !== "" ? undefined : KNOWN;
  }
  const isByPointers = names.includes("id") || names.includes("payload");
  if (!isByPointers || !names.every((name) => POINTERS.some((one) => one === name))) return KNOWN;
  for (const name of names) {
    const problem = pointerProblem(rule[name]);
    if (problem !== undefined) return `has ${JSON.stringify(name)}, which ${problem}`;
  }
  return undefined;
}

/**
 * Prepares to read replies.
 *
 * @param rule without a {@linkcode replyProblem}
 * @param message what is sent, made of `template`
 */
export function replyReader(rule: OptionValue, template: Template, message: Message): ReadReply {
  if (rule === ECHO) {
    const reader = new EchoReader(template, message);
    return (handlers, connection, isText, buffer, start, end) =>
      reader.read(handlers, connection, isText, buffer, start, end);
  }
  if (rule === IN_ORDER) {
    return (handlers, _connection, isText, buffer, start, end) =>
      handlers.answered(NEXT, isText, buffer, start, end);
  }
  const { contains: text, pattern, id, error, payload } = rule as Readonly<Record<string, string>>;
  if (text !== undefined) return byText(text);
  if (pattern !== undefined) return byPattern(pattern);
  return id === undefined ? byPayload(payload!, error) : byId(id, error, payload);
}

function byText(text: string): ReadReply {
  const matches = contains(text);
  return (handlers, _connection, isText, buffer, start, end) => {
    if (matches(buffer, start, end)) handlers.answered(NEXT, isText, buffer, start, end);
    else handlers.pushed(isText, buffer, start, end);
  };
}

function byPattern(pattern: string): ReadReply {
  const expression = new RegExp(pattern, "u");
  return (handlers, _connection, isText, buffer, start, end) => {
    const match = expression.exec(textOf(buffer, start, end));
    const named = match?.[1];
    if (match === null) handlers.pushed(isText, buffer, start, end);
    else if (match.length === 1) handlers.answered(NEXT, isText, buffer, start, end);
    else if (named !== undefined && /^[1-9]\d{0,14}$/.test(named)) {
      handlers.answered(Number(named) - 1, isText, buffer, start, end);
    } else handlers.pushed(isText, buffer, start, end);
  };
}

const [ID, ERROR, PAYLOAD] = [0, 1, 2];

/** The rule of JSON with an id: `error` is where a refused one has something, `payload` where the content is. */
function byId(
  id: string,
  error: string | undefined,
  payload: string | undefined,
): ReadReply {
  // A pointer that no JSON has an answer to stands for one that is not given.
  const fields = new JsonFields([id, error ?? id, payload ?? id]);
  return (handlers, _connection, isText, buffer, start, end) => {
    if (!fields.read(buffer, start, end)) return handlers.unreadable(isText, buffer, start, end);
    const number = fields.number(ID);
    if (number < 1) return handlers.pushed(isText, buffer, start, end);
    const sequence = number - 1;
    const isRefused = error !== undefined && fields.isSet(ERROR);
    if (isRefused || !fields.readContent(PAYLOAD)) {
      handlers.wrong(sequence, isText, buffer, start, end);
    } else if (payload === undefined) handlers.answered(sequence, isText, buffer, start, end);
    else {
      const { content, contentStart, contentEnd } = fields;
      handlers.reply(true, content, contentStart, contentEnd, sequence);
    }
  };
}

/** The rule of JSON with the content, which names its message itself. */
function byPayload(payload: string, error: string | undefined): ReadReply {
  const fields = new JsonFields([payload, error ?? payload]);
  return (handlers, _connection, isText, buffer, start, end) => {
    if (!fields.read(buffer, start, end)) return handlers.unreadable(isText, buffer, start, end);
    const isRefused = error !== undefined && fields.isSet(ERROR);
    if (isRefused) handlers.wrong(NEXT, isText, buffer, start, end);
    else if (!fields.readContent(0)) handlers.pushed(isText, buffer, start, end);
    else handlers.reply(true, fields.content, fields.contentStart, fields.contentEnd);
  };
}
