/**
 * STOMP 1.2 (https://stomp.github.io/stomp-specification-1.2.html): each connection subscribes to the destination of its
 * group. A message is sent there, and answered when it comes back; or by its receipt, without any subscription.
 */

import { contentLength, enveloped } from "./common/envelope.ts";
import { groupProblem, GroupText, textProblem } from "./common/groups.ts";
import { escaped, frame } from "./stomp/frame.ts";
import { StompConversation, type StompShared, SUBSCRIBED } from "./stomp/conversation.ts";
import type { Hole, Message, Protocol } from "./types.ts";
import { bytesOf } from "./parts/bytes.ts";

/** By how much a frame may be longer than the content of a message. */
const LONGER = 1024 * 1024;
/** Digits of the receipt that a message asks for: its number. */
const RECEIPT_DIGITS = 10;
/** The end of a frame. */
const END = Uint8Array.of(0);

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** STOMP's messages. */
export const stomp: Protocol = {
  id: "stomp",
  title: "STOMP",
  hasGroups: ({ receipts }) => receipts === "subscription",
  options: {
    destination: {
      about: "Destination; {group} stands for a name that each connection has for itself",
      type: "text",
      default: "/topic/{group}",
      problem: groupProblem,
    },
    host: { about: "Virtual host", type: "text", default: "/", problem: textProblem },
    login: { about: "User name", type: "text", problem: textProblem },
    passcode: { about: "Password of the user", type: "text", isSecret: true, problem: textProblem },
    contentType: {
      about: "Media type of what is sent; left out if not given",
      type: "text",
      problem: textProblem,
    },
    receipts: {
      about: "What the server must confirm; messages: these are answered by their receipts alone",
      type: "text",
      default: "subscription",
      oneOf: ["none", "subscription", "messages"],
    },
    heartBeat: {
      about: "Milliseconds between two signs of life, of both sides; 0 for none",
      type: "number",
      default: 0,
      problem: (value) =>
        Number.isInteger(value) && Number(value) >= 0 ? undefined : "must be 0 or more",
    },
  },
  codec(url, settings) {
    const { destination: template, host, login, passcode, contentType, receipts, heartBeat } =
      settings.options as {
        readonly destination: string;
        readonly host: string;
        readonly login?: string;
        readonly passcode?: string;
        readonly contentType?: string;
        readonly receipts: "none" | "subscription" | "messages";
        readonly heartBeat: number;
      };
    const destination = new GroupText(escaped(template), settings);
    const needsReceipts = receipts === "messages";
    let content: Pick<Message, "isText" | "size"> = { isText: true, size: 0 };
    const shared: StompShared = {
      connect: frame("CONNECT", {
        "accept-version": "1.2",
        host,
        login,
        passcode,
        "heart-beat": `${heartBeat},${heartBeat}`,
      }),
      subscribe: (connection) =>
        needsReceipts ? undefined : frame("SUBSCRIBE", {
          id: "0",
          destination: decoder.decode(destination.of(connection)),
          ack: "auto",
          receipt: receipts === "subscription" ? SUBSCRIBED : undefined,
        }),
      isConfirmed: receipts === "subscription",
      get isText() {
        return content.isText;
      },
      get longest() {
        return content.size + LONGER;
      },
    };
    const type = contentType === undefined ? "" : `content-type:${escaped(contentType)}\n`;
    const receipt = needsReceipts ? `receipt:${"0".repeat(RECEIPT_DIGITS)}\n` : "";
    return {
      url: new URL(url),
      subprotocols: ["v12.stomp"],
      ...(heartBeat > 0 && { keepAliveMs: heartBeat }),
      ...(needsReceipts && { mayOvertake: true as const }),
      messages(given) {
        content = given;
        const before = "SEND\ndestination:";
        const until = `${before}${destination.text}\n${type}content-length:`;
        const asked = `\n${receipt}\n`;
        const head = bytesOf(until + asked);
        const lengthAt = bytesOf(until).length;
        const number: Hole = {
          at: lengthAt + asked.indexOf("0"),
          ...{ holds: "sequence", as: "padded", width: RECEIPT_DIGITS },
        };
        return [enveloped(given.isText, given, {
          head,
          holes: [
            ...destination.holes(before.length),
            contentLength(lengthAt, head, END),
            ...(needsReceipts ? [number] : []),
          ],
          tail: END,
        })];
      },
      conversation: (handlers, connection) => new StompConversation(shared, handlers, connection),
    };
  },
};
