/** The first contact with a server that wsmark does not know: a run should not begin if it cannot end well. */

import { libraries, speaks } from "../../clients/mod.ts";
import type { Message } from "../../clients/types.ts";
import { isMeasured } from "../../measure/model/result.ts";
import { codecFor } from "../../protocols/mod.ts";
import { pushReader, type PushRule } from "../../protocols/messages/push.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { type Answer, MESSAGE, notesOn } from "./answer.ts";
import { after } from "../process/delay.ts";
import { targetUrl } from "../process/reachability.ts";
import type { Ready } from "../process/ready.ts";
import { startServer } from "../process/server_process.ts";
import { UsageError } from "../usage.ts";

/** How long it may take to answer a message, in milliseconds, unless its entry says so. */
const REPLY_MS = 3000;
/** How long the opening of its protocol may take, unless that says so, and its close, in milliseconds. */
const OPENING_MS = 10_000;
const CLOSE_MS = 3000;
/** How many kinds of messages are kept. */
const MOST_KINDS = 20;

/**
 * Starts a server, or looks for one that runs already, and sends it a message by the client whose frames are measured.
 *
 * @param client id of the client of its trials
 * @param isStream whether all its trials are of what it sends by itself: then nothing is sent
 * @returns what its figures will lack, a sentence each
 * @throws {UsageError} if the client cannot do what turns out to be needed, or the opening of its protocol fails
 * @throws {Error} if it cannot be started or reached
 */
export async function firstContact(
  entry: ServerEntry,
  client = "wire",
  isStream = false,
): Promise<string[]> {
  const server = await startServer(entry);
  try {
    if (server.ready.connect?.tls?.isCaItself) checkClient(entry, client);
    const { pid } = server.ready;
    const unmeasured = isMeasured(pid)
      ? []
      : [`${entry.id}: its CPU time and memory are not measured, as ${pid.absent}`];
    const waitMs = entry.handshake?.replyTimeoutMs ?? REPLY_MS;
    const answer = await answerOf(entry, server.ready, waitMs, isStream);
    return [...unmeasured, ...notesOn(entry, answer, waitMs)];
  } finally {
    await server.stop();
  }
}

function checkClient({ id }: ServerEntry, client: string): void {
  const reason = libraries.find((one) => one.id === client)?.cannot?.["a CA's own certificate"];
  if (reason === undefined) return;
  throw new UsageError(
    `The certificate of ${id} is a CA's own, and the client "${client}" cannot take it, as ${reason}: name the client wire`,
  );
}

/**
 * Sends a message and waits for it to come back, or for a message of its stream; a server may say something else before.
 */
async function answerOf(
  { protocol, handshake, push }: ServerEntry,
  { url, path = "/echo", connect }: Ready,
  waitMs: number,
  isStream: boolean,
): Promise<Answer> {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { promise: answered, resolve: over } = Promise.withResolvers<void>();
  const { promise: end, resolve: ended } = Promise.withResolvers<void>();
  const target = targetUrl(url, path);
  const codec = codecFor(protocol, target, connect?.protocolOptions);
  const { openingMs = OPENING_MS, subprotocols = [] } = codec;
  const offered = [...subprotocols, ...handshake?.subprotocols ?? []];
  let isEcho = false;
  let isOpen = false;
  let ending: Answer["ending"];
  const heard = new Map<string, string>();
  const hear = (message: Message): void => {
    const text = textOf(message);
    const kind = kindOf(text);
    if (heard.size < MOST_KINDS && !heard.has(kind)) heard.set(kind, text);
  };
  const reader = push && pushReader(push as PushRule);
  const isPush = (message: Message): boolean => {
    const bytes = typeof message === "string" ? new TextEncoder().encode(message) : message;
    return isStream && (reader?.read(bytes, 0, bytes.length) ?? true);
  };
  const { load } = libraries.find((client) => speaks(client, protocol))!;
  const connection = (await load()).connect(
    target,
    {
      opened() {
        isOpen = true;
        if (!isStream) connection.send(MESSAGE);
        open();
      },
      answered() {
        isEcho = true;
        over();
      },
      received(message) {
        hear(message);
        isEcho ||= isStream ? isPush(message) : message === MESSAGE;
        if (isEcho) over();
      },
      unasked: hear,
      pushed(message) {
        hear(message);
        isEcho ||= isPush(message);
        if (isEcho) over();
      },
      closed(code, reason) {
        ending = { code, reason };
        open();
        over();
        ended();
      },
    },
    protocol,
    connect,
  );
  using opening = after(openingMs);
  await Promise.race([opened, opening.over]);
  if (isOpen) {
    using late = after(waitMs);
    await Promise.race([answered, late.over]);
  }
  const { awaited, subprotocol } = connection;
  const outcome: Answer = {
    ...{ isEcho, isOpen, isStream, ending, awaited, openingMs, offered, subprotocol },
    said: tellingOf([...heard.values()]),
  };
  connection.close();
  using closing = after(CLOSE_MS);
  await Promise.race([end, closing.over]);
  return outcome;
}

/** Of what was said: what has the message in it, or else all of it, as a greeting cannot be told from an answer. */
function tellingOf(said: readonly string[]): readonly string[] {
  const repeating = said.filter((text) => text.includes(MESSAGE));
  return repeating.length > 0 ? repeating : said;
}

function textOf(message: Message): string {
  return typeof message === "string" ? message : `<${message.length} bytes>`;
}

/** What messages of one kind have in common: one that is sent again and again differs by a time or a number. */
function kindOf(text: string): string {
  return text.replace(/\d+/g, "0");
}
