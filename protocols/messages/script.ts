/** The options that describe what is said beside the messages: the opening, what is ignored or answered, the end. */

import { PROTOCOL_FLAGS } from "../names.ts";
import type {
  Codec,
  CodecSettings,
  Message,
  OptionValue,
  OptionValues,
  ProtocolOption,
} from "../types.ts";
import { MessagesConversation, type Script, stepOf, type StepValue } from "./conversation.ts";
import type { ReadReply } from "./reply.ts";
import { isObject, matcherOf, readRule, ruleProblem } from "./rule.ts";
import { jsonProblem, ON_CONNECTIONS, Template, templateProblem } from "./template.ts";

/** What stands between the two sides of a step on the command line. */
const THEN = "=>";

/** Options of whoever says more than messages. */
export const scriptOptions = {
  open: {
    about: 'What is said first, in steps: [{ "send": TEXT, "expect": RULE, "timeout": MS }]',
    type: "json",
    flag: PROTOCOL_FLAGS.open,
    isList: true,
    read: readStep,
    problem: stepProblem,
  },
  ignore: {
    about: 'Rules of what nobody asked for: TEXT, { "pattern": … } or { "/POINTER": VALUE }',
    type: "json",
    flag: PROTOCOL_FLAGS.ignore,
    isList: true,
    read: readRule,
    problem: ruleProblem,
  },
  answer: {
    about: 'What is answered at once, such as keep-alives: [{ "to": RULE, "send": TEXT }]',
    type: "json",
    flag: PROTOCOL_FLAGS.answer,
    isList: true,
    read: readAnswer,
    problem: answerProblem,
  },
  close: {
    about: "What is said before the connection is closed",
    type: "json",
    flag: PROTOCOL_FLAGS.close,
    read: readText,
    problem: (value) => templateProblem(value, ON_CONNECTIONS),
  },
} as const satisfies Readonly<Record<string, ProtocolOption>>;

/** How long a step of the opening may take unless it says so, in milliseconds. */
const STEP_MS = 5000;

function scriptOf(
  { open = [], ignore = [], answer = [], close }: OptionValues,
  run: string,
): Script {
  return {
    opening: (open as unknown as readonly StepValue[]).map((step) => stepOf(step, run)),
    ignored: (ignore as readonly OptionValue[]).map(matcherOf),
    answers: (answer as unknown as readonly AnswerValue[]).map(({ to, send }) => ({
      to: matcherOf(to),
      say: new Template(send, run),
    })),
    close: close === undefined ? undefined : new Template(close, run),
    // Nothing is sent yet, so that nothing is a reply.
    readReply: (handlers, _connection, isText, buffer, start, end) =>
      handlers.pushed(isText, buffer, start, end),
  };
}

interface AnswerValue {
  readonly to: OptionValue;
  readonly send: OptionValue;
}

/** The two sides of what is written on the command line; the second is undefined where nothing divides them. */
function sidesOf(text: string): [string, string | undefined] {
  const at = text.indexOf(THEN);
  if (at < 0) return [text.trim(), undefined];
  return [text.slice(0, at).trim(), text.slice(at + THEN.length).trim()];
}

function readStep(text: string): OptionValue {
  const [send, expect] = sidesOf(text);
  if (expect === "") {
    throw new SyntaxError(
      `has nothing behind "${THEN}": write 'SEND ${THEN} EXPECT', or SEND alone if nothing is waited for`,
    );
  }
  return {
    ...(send !== "" && { send: readText(send) }),
    ...(expect !== undefined && { expect: readRule(expect) }),
  };
}

function readAnswer(text: string): OptionValue {
  const [to, send] = sidesOf(text);
  if (to === "" || send === undefined || send === "") {
    throw new SyntaxError(`needs 'RULE ${THEN} SEND'`);
  }
  return { to: readRule(to), send: readText(send) };
}

/**
 * Reads what is sent, as it is written on the command line.
 *
 * @throws {SyntaxError} for what begins as JSON and is none, with a phrase that follows its name
 */
export function readText(text: string): OptionValue {
  const problem = jsonProblem(text);
  if (problem !== undefined) throw new SyntaxError(problem);
  return text;
}

function stepProblem(step: OptionValue): string | undefined {
  const names = isObject(step) ? Object.keys(step) : [];
  const isKnown = names.every((name) => ["send", "expect", "timeout"].includes(name));
  if (!isObject(step) || !isKnown || !("send" in step || "expect" in step)) {
    return 'must have "send", "expect" or both, and may have "timeout"';
  }
  const { send, expect, timeout } = step;
  if (timeout !== undefined && !(typeof timeout === "number" && timeout > 0)) {
    return "has a timeout that is no number of milliseconds above 0";
  }
  return (send === undefined ? undefined : inside("send", templateProblem(send, ON_CONNECTIONS))) ??
    (expect === undefined ? undefined : inside("expect", ruleProblem(expect)));
}

function answerProblem(answer: OptionValue): string | undefined {
  if (!isObject(answer) || Object.keys(answer).sort().join() !== "send,to") {
    return 'must have "to" and "send"';
  }
  return inside("to", ruleProblem(answer.to)) ??
    inside("send", templateProblem(answer.send!, ON_CONNECTIONS));
}

function inside(name: string, problem: string | undefined): string | undefined {
  return problem && `has "${name}", which ${problem}`;
}

/**
 * What is said by a template and these options.
 *
 * @param readerOf makes what reads the replies to a message
 */
export function scriptedCodec(
  url: string,
  { options, run }: CodecSettings,
  template: Template,
  readerOf: (message: Message) => ReadReply,
): Codec {
  const script = scriptOf(options, run);
  const { open = [] } = options;
  const steps = open as unknown as readonly StepValue[];
  const openingMs = steps.reduce((sum, { timeout = STEP_MS }) => sum + timeout, 0);
  return {
    url: new URL(url),
    ...(openingMs > 0 && { openingMs }),
    messages(content) {
      const message = template.message(content);
      script.readReply = readerOf(message);
      return [message];
    },
    conversation: (handlers, connection) => new MessagesConversation(script, handlers, connection),
  };
}
