/**
 * MQTT 3.1.1 and 5: each connection subscribes to the topic of its group. A message is a publication to it, and is
 * answered by that publication when it comes back.
 */

import { bytesOf } from "./parts/bytes.ts";
import { enveloped } from "./common/envelope.ts";
import { groupProblem, GroupText } from "./common/groups.ts";
import { identifierOf, MqttConversation, type MqttShared } from "./mqtt/conversation.ts";
import { connectPacket, subscribePacket } from "./mqtt/packets.ts";
import { joined, NOTHING } from "./parts/message.ts";
import type { Hole, Message, OptionValue, Protocol } from "./types.ts";

/** By how much a packet may be longer than the content of a message. */
const LONGER = 1024 * 1024;
const PUBLISH = 0x30;

/** MQTT's publications. */
export const mqtt: Protocol = {
  id: "mqtt",
  title: "MQTT",
  hasGroups: true,
  options: {
    version: { about: "Version of MQTT", type: "text", default: "3.1.1", oneOf: ["3.1.1", "5"] },
    qos: { about: "Quality of service, of both ways", type: "number", default: 0, oneOf: [0, 1] },
    username: { about: "User name", type: "text", problem: lengthProblem },
    password: {
      about: "Password of the user",
      type: "text",
      isSecret: true,
      problem: lengthProblem,
    },
    clientId: {
      about: "What the clients' identifiers begin with",
      type: "text",
      default: "wsmark",
      problem: lengthProblem,
    },
    topic: {
      about: "Topic; {group} stands for a name that each connection has for itself",
      type: "text",
      default: "wsmark/{group}",
      problem: topicProblem,
    },
    keepAlive: {
      about: "Seconds after which the server may give up a silent connection; 0 for never",
      type: "number",
      default: 0,
      problem: (value) =>
        Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff
          ? undefined
          : "must be a whole number from 0 to 65535",
    },
  },
  codec(url, settings) {
    const { version, qos, username, password, clientId, keepAlive } = settings.options as {
      readonly version: string;
      readonly qos: number;
      readonly username?: string;
      readonly password?: string;
      readonly clientId: string;
      readonly keepAlive: number;
    };
    const isVersion5 = version === "5";
    if (password !== undefined && username === undefined && !isVersion5) {
      throw new SyntaxError("MQTT 3.1.1 knows no password without a username: give both");
    }
    const topic = new GroupText(settings.options.topic as string, settings);
    let content: Pick<Message, "isText" | "size"> = { isText: true, size: 0 };
    const shared: MqttShared = {
      isVersion5,
      topic,
      connect: (connection) =>
        connectPacket({
          isVersion5,
          clientId: `${clientId}${settings.run}${connection}`,
          username,
          password,
          keepAlive,
        }),
      subscribe: (connection) => subscribePacket(isVersion5, topic.of(connection), qos),
      get isText() {
        return content.isText;
      },
      get longest() {
        return content.size + LONGER;
      },
    };
    return {
      url: new URL(url),
      subprotocols: ["mqtt"],
      ...(keepAlive > 0 && { keepAliveMs: keepAlive * 500 }),
      messages(given) {
        content = given;
        return [publication(given, topic, qos, isVersion5)];
      },
      ...(qos === 0 && { reply: (given: Message) => publication(given, topic, 0, isVersion5) }),
      conversation: (handlers, connection) => new MqttConversation(shared, handlers, connection),
    };
  },
};

/** PUBLISH (3.3) with some content, to the topic of a connection. */
function publication(
  content: Message,
  topic: GroupText,
  qos: number,
  isVersion5: boolean,
): Message {
  const { length } = topic;
  const identifier = qos === 0 ? [] : [0, 0];
  const properties = isVersion5 ? [0] : [];
  const start = Uint8Array.of(PUBLISH | qos << 1, length >> 8, length & 0xff);
  const head = joined([
    start,
    bytesOf(topic.text),
    Uint8Array.from([...identifier, ...properties]),
  ]);
  const identified: Hole = {
    ...{ at: start.length + length, holds: "sequence", of: identifierOf, as: "uint16", width: 2 },
  };
  return enveloped(false, content, {
    head,
    holes: [
      { at: 1, holds: "length", as: "varint", width: 0, counts: { from: 1, without: 0 } },
      ...topic.holes(start.length),
      ...(qos === 0 ? [] : [identified]),
    ],
    tail: NOTHING,
  });
}

function lengthProblem(value: OptionValue): string | undefined {
  return bytesOf(String(value)).length <= 0xff00 ? undefined : "must not be that long";
}

function topicProblem(value: OptionValue): string | undefined {
  const problem = groupProblem(value) ?? lengthProblem(value);
  return problem ?? (/[#+]/.test(String(value)) ? "must be one topic, without # and +" : undefined);
}
