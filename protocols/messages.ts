/**
 * Messages of one's own, without code: an opening, a template of what is sent, a rule that says which of the server's
 * messages answers it, and what is said before the close.
 */

import { PROTOCOL_FLAGS } from "./names.ts";
import { namesMessage, readReplyRule, replyProblem, replyReader } from "./messages/reply.ts";
import { isObject } from "./messages/rule.ts";
import { readText, scriptedCodec, scriptOptions } from "./messages/script.ts";
import { IN_MESSAGES, Template, templateProblem, templateText } from "./messages/template.ts";
import type { Message, Protocol } from "./types.ts";

/** Messages that are described, not programmed. */
export const messages: Protocol = {
  id: "messages",
  title: "Messages of your own",
  options: {
    ...scriptOptions,
    message: {
      about:
        "What is sent each time: a text or JSON with {sequence}, {connection}, {payload}, {random}",
      type: "json",
      flag: PROTOCOL_FLAGS.message,
      default: "{payload}",
      read: readText,
      problem: (value) => templateProblem(value, IN_MESSAGES),
    },
    reply: {
      about: "Which message is a reply, and to which: echo, in order, " +
        '{ "id": "/POINTER", "error"?: "/POINTER", "payload"?: "/POINTER" }, { "payload": "/POINTER" }, ' +
        '{ "pattern": "…(\\\\d+)…" } or { "contains": TEXT }',
      type: "json",
      flag: PROTOCOL_FLAGS.reply,
      default: "echo",
      read: readReplyRule,
      problem: replyProblem,
    },
  },
  problem({ message, reply }) {
    const text = templateText(message!);
    if (namesMessage(reply!) && !text.includes("{sequence}")) {
      return "The message must have {sequence}, as its reply is found by it";
    }
    if (isObject(reply) && "payload" in reply && !text.includes("{payload}")) {
      return "The message must have {payload}, as its reply is to have it";
    }
    return undefined;
  },
  codec(url, settings) {
    const { message, reply } = settings.options;
    const template = new Template(message!, settings.run);
    return {
      ...scriptedCodec(url, settings, template, (sent) => replyReader(reply!, template, sent)),
      ...(namesMessage(reply!) && { mayOvertake: true as const }),
      ...(reply === "echo" && { reply: (content: Message) => template.message(content) }),
    };
  },
};
