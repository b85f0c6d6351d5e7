/**
 * Servers of the protocols with topics, right and wrong: whatever they send must be read the same however it is cut, if
 * the protocol is a stream, and be refused with a reason that fits one line if it is refused.
 */

import { ProtocolError } from "../../protocols/common/protocol_error.ts";
import { connected } from "../../protocols/testing/connect.ts";
import type { Told } from "../../protocols/testing/handlers.ts";
import { Finding, type Random, type Target } from "./target.ts";

/** A server that is imitated. */
interface Imitated {
  readonly protocol: string;
  readonly options: Readonly<Record<string, string | number | Readonly<Record<string, string>>>>;
  /** What it says until the connection is ready. */
  readonly opening: readonly (string | Uint8Array)[];
  /** What it may say. */
  readonly seeds: readonly (string | Uint8Array)[];
  /** What changes are made of. */
  readonly grit: string;
  /** Whether messages may be cut anywhere. */
  readonly isStream: boolean;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);
const ROOM = '{"channel":"RoomChannel"}';

function mqttOf(version: "3.1.1" | "5"): Imitated {
  const after = version === "5" ? [0] : [];
  const publish = (first: number, ...rest: readonly number[]): Uint8Array =>
    Uint8Array.of(first, 3 + rest.length, 0, 1, 0x74, ...rest);
  return {
    protocol: "mqtt",
    options: { version, qos: 1, topic: "t" },
    opening: [
      Uint8Array.of(0x20, 2 + after.length, 0, 0, ...after),
      Uint8Array.of(0x90, 3 + after.length, 0, 1, ...after, 1),
    ],
    seeds: [
      publish(0x30, ...after, 1, 2, 3),
      publish(0x32, 0, 7, ...after, 1, 2, 3),
      publish(0x31, ...after),
      Uint8Array.of(0x40, 2, 0, 1),
      Uint8Array.of(0x40, 3, 0, 2, 0x87),
      Uint8Array.of(0xd0, 0),
      Uint8Array.of(0xe0, 1, 0x8b),
      Uint8Array.of(0x20, 2, 0, 5),
      Uint8Array.of(0x90, 3, 0, 1, 0x80),
    ],
    grit: "\x00\x01\x02\x30\x32\x7f",
    isStream: true,
  };
}

const IMITATED: readonly Imitated[] = [
  mqttOf("3.1.1"),
  mqttOf("5"),
  {
    protocol: "nats",
    options: { subject: "s" },
    opening: ['INFO {"server_id":"x"}\r\n', "PONG\r\n"].map(bytesOf),
    seeds: [
      ...["MSG s 1 5\r\nhello\r\n", "MSG s 1 0\r\n\r\n", "MSG other 1 2\r\nab\r\n"],
      ...["MSG s 1 reply 1\r\na\r\n", "PING\r\n", "PONG\r\n", "+OK\r\n", "INFO {}\r\n"],
      "-ERR 'Stale Connection'\r\n",
    ].map(bytesOf),
    grit: "0123456789 \r\nMSGs-'\x00",
    isStream: true,
  },
  {
    protocol: "stomp",
    options: { destination: "/d" },
    opening: ["CONNECTED\nversion:1.2\n\n\0", "RECEIPT\nreceipt-id:subscribed\n\n\0"].map(bytesOf),
    seeds: [
      "MESSAGE\nsubscription:0\nmessage-id:1\ncontent-length:5\n\nhello\0",
      "MESSAGE\r\nsubscription:0\r\n\r\nhello\0\r\n",
      ...["MESSAGE\nsubscription:1\n\n\0", "\n\n", "RECEIPT\nreceipt-id:0000000001\n\n\0"],
      ...["ERROR\nmessage:no\n\nbecause\0", "CONNECTED\nversion:1.2\n\n\0", "OTHER\n\n\0"],
    ].map(bytesOf),
    grit: "0123456789:\r\n\0acs\\",
    isStream: true,
  },
  {
    protocol: "phoenix",
    options: { topic: "t", answer: "echoed" },
    opening: ['["join","join","t","phx_reply",{"status":"ok","response":{}}]'],
    seeds: [
      '["join","000000001","t","phx_reply",{"status":"ok","response":{"body":"hello"}}]',
      '["join","000000002","t","phx_reply",{"status":"error","response":{}}]',
      '[null,null,"t","new_msg",{"body":"a"}]',
      '["join","join","t","phx_error",{}]',
      '["join","join","t","phx_close",{}]',
      '["join","join","t","phx_reply",{"status":"ok","response":{}}]',
      Uint8Array.of(2, 1, 7, 0x74, ...bytesOf("new_msg"), 1, 2),
      Uint8Array.of(1, 4, 9, 1, 2, ...bytesOf("join000000001tok"), 1, 2),
      Uint8Array.of(0, 4, 1, 7, ...bytesOf("jointnew_msg"), 1, 2),
    ],
    grit: '0123456789"[]{},:\\nul\x00',
    isStream: false,
  },
  {
    protocol: "action-cable",
    options: { params: {} },
    opening: [
      '{"type":"welcome"}',
      JSON.stringify({ type: "confirm_subscription", identifier: ROOM }),
    ],
    seeds: [
      JSON.stringify({ identifier: ROOM, message: { message: "hello" } }),
      JSON.stringify({ identifier: ROOM, message: "hello" }),
      JSON.stringify({ identifier: "{}", message: "hello" }),
      JSON.stringify({ identifier: ROOM, type: "reject_subscription" }),
      '{"type":"ping","message":1}',
      '{"type":"disconnect","reason":"server_restart"}',
      "[1]",
      Uint8Array.of(1),
    ],
    grit: '0123456789"[]{},:\\nul\x00',
    isStream: false,
  },
];

/** A message of a server, as it should be or damaged. */
function messageOf(random: Random, { opening, seeds, grit }: Imitated): string | Uint8Array {
  const seed = random.chance(0.05) ? random.pick(opening) : random.pick(seeds);
  if (random.chance(0.4)) return seed;
  const isText = typeof seed === "string";
  const bytes = [...(isText ? bytesOf(seed) : seed)];
  const pieces = bytesOf(grit);
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const added = Array.from(
      { length: random.below(3) },
      () => random.chance(0.1) ? random.below(256) : pieces[random.below(pieces.length)]!,
    );
    bytes.splice(random.below(bytes.length + 1), random.below(3), ...added);
  }
  const damaged = Uint8Array.from(bytes);
  return isText ? new TextDecoder().decode(damaged) : damaged;
}

/** What is reported of messages; the last thing may be the error. */
function heard(imitated: Imitated, messages: readonly (string | Uint8Array)[]): {
  readonly told: readonly Told[];
  readonly error: unknown;
} {
  const connection = connected(imitated.protocol, imitated.options, 0);
  connection.conversation.open();
  let error: unknown;
  try {
    for (const message of imitated.opening) connection.receive(message);
    for (const message of messages) connection.receive(message);
  } catch (caught) {
    error = caught;
  }
  return { told: connection.told(), error };
}

/** The calls that carry what the server said, without the answers, which go out for each WebSocket message. */
function reported(told: readonly Told[]): string {
  return JSON.stringify(
    told.filter(([call]) => call !== "send"),
    (_, value) => value instanceof Uint8Array ? [...value] : value,
  );
}

function targetOf(imitated: Imitated): Target {
  const { protocol, options, isStream } = imitated;
  return {
    name: [protocol, ...(protocol === "mqtt" ? [options["version"]] : [])].join(" "),
    run(random) {
      const messages = Array.from(
        { length: 1 + random.below(5) },
        () => messageOf(random, imitated),
      );
      const input = JSON.stringify(
        messages,
        (_, value) => value instanceof Uint8Array ? [...value] : value,
      );
      const { told, error } = heard(imitated, messages);
      if (isStream) {
        const all = Uint8Array.from(
          messages.flatMap((message) => [...message as Uint8Array]),
        );
        const cut: Uint8Array[] = [];
        for (let at = 0; at < all.length;) {
          const end = Math.min(all.length, at + 1 + random.below(20));
          cut.push(all.subarray(at, end));
          at = end;
        }
        const other = heard(imitated, cut);
        if (reported(other.told) !== reported(told) || `${other.error}` !== `${error}`) {
          throw new Finding("is read another way when it is cut", input);
        }
      }
      if (error === undefined) return "accepted";
      if (!(error instanceof ProtocolError)) {
        throw new Finding("is refused with another error", input, { cause: error });
      }
      if (/[\p{Cc}]/u.test(error.message) || error.message.length > 500) {
        throw new Finding("is refused in more than a line", input, { cause: error });
      }
      return error.message.replace(/ received .*| bytes.*|: .*/s, "").replaceAll(/\d+/g, "N");
    },
  };
}

/** A target for each of these protocols. */
export const conversationTargets: readonly Target[] = IMITATED.map(targetOf);
