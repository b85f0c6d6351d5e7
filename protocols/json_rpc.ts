/** JSON-RPC 2.0 (https://www.jsonrpc.org/specification): calls of one method, each answered by its id. */

import { JsonFields, pointerProblem } from "./json/fields.ts";
import type { ReadReply } from "./messages/reply.ts";
import { scriptedCodec, scriptOptions } from "./messages/script.ts";
import { IN_MESSAGES, Template, templateProblem, templateText } from "./messages/template.ts";
import type { OptionValue, Protocol } from "./types.ts";

// It tells of `messages`, where no protocol is named.
const { flag: _, ...open } = scriptOptions.open;

/** Calls over JSON-RPC. */
export const jsonRpc: Protocol = {
  id: "json-rpc",
  title: "JSON-RPC",
  isTextOnly: true,
  options: {
    open,
    method: { about: "The method that is called", type: "text", default: "echo" },
    params: {
      about: "Its parameters: JSON with {payload}, {sequence}, {connection}, {random}",
      type: "json",
      default: ["{payload}"],
      problem: paramsProblem,
    },
    result: {
      about: 'Where the result has the payload, which is then checked: "" for the whole, "/0" …',
      type: "text",
      problem: pointerProblem,
    },
  },
  problem: ({ params, result }) =>
    result === undefined || templateText(params!).includes("{payload}")
      ? undefined
      : "The params must have {payload}, as the result is to have it",
  codec(url, settings) {
    const { method, params, result } = settings.options;
    const call = `{"jsonrpc":"2.0","id":{sequence},"method":${JSON.stringify(method)},"params":`;
    const template = new Template(`${call}${templateText(params!)}}`, settings.run);
    const readReply = replyReader(result as string | undefined);
    return { ...scriptedCodec(url, settings, template, () => readReply), mayOvertake: true };
  },
};

function paramsProblem(params: OptionValue): string | undefined {
  if (typeof params !== "object" || params === null) return "must be a list or an object";
  return templateProblem(params, IN_MESSAGES);
}

const [METHOD, ID, ERROR, RESULT, PAYLOAD] = [0, 1, 2, 3, 4];

function replyReader(payload: string | undefined): ReadReply {
  const fields = new JsonFields(["/method", "/id", "/error", "/result", `/result${payload ?? ""}`]);
  return (handlers, _connection, isText, buffer, start, end) => {
    if (!fields.read(buffer, start, end)) return handlers.unreadable(isText, buffer, start, end);
    // Notifications, and calls of the server.
    if (fields.has(METHOD)) return handlers.pushed(isText, buffer, start, end);
    const number = fields.number(ID);
    if (number < 1) return handlers.unreadable(isText, buffer, start, end);
    const sequence = number - 1;
    if (fields.isSet(ERROR) || !fields.has(RESULT)) {
      handlers.wrong(sequence, isText, buffer, start, end);
    } else if (payload === undefined) handlers.answered(sequence, isText, buffer, start, end);
    else if (fields.readContent(PAYLOAD)) {
      handlers.reply(true, fields.content, fields.contentStart, fields.contentEnd, sequence);
    } else handlers.wrong(sequence, isText, buffer, start, end);
  };
}
