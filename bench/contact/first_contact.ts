/** The first contact with a server that wsmark does not know: a run should not begin if it cannot end well. */

import { libraries, speaks } from "../../clients/mod.ts";
import type { Client, Message } from "../../clients/types.ts";
import { isMeasured } from "../../measure/model/result.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { hushed } from "../plan/own_servers/secrets.ts";
import { after } from "../process/delay.ts";
import { targetUrl } from "../process/reachability.ts";
import type { Ready } from "../process/ready.ts";
import { quoted, startServer } from "../process/server_process.ts";
import { UsageError } from "../usage.ts";

/** How long it may take to answer a message, in milliseconds, unless its entry says so. */
const REPLY_MS = 3000;
/** How long the opening of its protocol may take, and its close, in milliseconds. */
const OPENING_MS = 10_000;
const CLOSE_MS = 3000;
const MESSAGE = "wsmark";

/**
 * Starts a server, or looks for one that runs already, and sends it a message by the client whose frames are measured.
 *
 * @param client id of the client of its trials
 * @returns what its figures will lack, a sentence each
 * @throws {UsageError} if the client cannot do what turns out to be needed
 * @throws {Error} if it cannot be started or reached
 */
export async function firstContact(entry: ServerEntry, client = "wire"): Promise<string[]> {
  const server = await startServer(entry);
  try {
    if (server.ready.connect?.tls?.isCaItself) checkClient(entry, client);
    const { pid } = server.ready;
    const unmeasured = isMeasured(pid)
      ? []
      : [`${entry.id}: its CPU time and memory are not measured, as ${pid.absent}`];
    const { protocol, handshake } = entry;
    const { load } = libraries.find((client) => speaks(client, protocol))!;
    const waitMs = handshake?.replyTimeoutMs ?? REPLY_MS;
    const answer = await answerOf(await load(), server.ready, protocol, waitMs);
    const problem = problemOf(entry, answer, waitMs);
    return problem === undefined ? unmeasured : [...unmeasured, problem];
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

/** What is wrong with the answer to a message, as a sentence; undefined if it is the message itself. */
function problemOf(
  entry: ServerEntry,
  { isEcho, isOpen, first, ending }: Answer,
  waitMs: number,
): string | undefined {
  const { id } = entry;
  if (isEcho) return undefined;
  if (ending !== undefined) {
    return `${id} ended the first connection before it replied${
      quoted(hushed(entry, ending))
    }: its trials will fail`;
  }
  if (!isOpen) {
    return `${id} accepted a handshake, and was not ready for a message in ${
      OPENING_MS / 1000
    } s: its trials will fail`;
  }
  const said = first === undefined
    ? `no answer in ${waitMs / 1000} s`
    : `the answer is${quoted(hushed(entry, first)).replace(":", "") || " empty"}`;
  return `${id} does not return messages as they came (${said} to "${MESSAGE}"): its replies will count as wrong, unless --reply ${id}=… says what they are`;
}

/** The outcome of a message. */
interface Answer {
  /** Whether the message came back, or was answered as the protocol says. */
  isEcho: boolean;
  /** Whether it was sent at all. */
  isOpen: boolean;
  /** What came first. */
  first?: string;
  /** Why the connection ended before it came back. */
  ending?: string;
}

/** Sends a message and waits for it to come back; a server may say something else before. */
async function answerOf(
  client: Client,
  { url, path = "/echo", connect }: Ready,
  protocol: string,
  waitMs: number,
): Promise<Answer> {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { promise: answered, resolve: over } = Promise.withResolvers<void>();
  const { promise: end, resolve: ended } = Promise.withResolvers<void>();
  const answer: Answer = { isEcho: false, isOpen: false };
  const connection = client.connect(
    targetUrl(url, path),
    {
      opened() {
        answer.isOpen = true;
        connection.send(MESSAGE);
        open();
      },
      answered() {
        answer.isEcho = true;
        over();
      },
      received(message) {
        answer.first ??= textOf(message);
        answer.isEcho = message === MESSAGE;
        if (answer.isEcho) over();
      },
      closed(code, reason) {
        if (!answer.isEcho) answer.ending = reason || `closed with code ${code}`;
        open();
        over();
        ended();
      },
    },
    protocol,
    connect,
  );
  using opening = after(OPENING_MS);
  await Promise.race([opened, opening.over]);
  if (answer.isOpen) {
    using late = after(waitMs);
    await Promise.race([answered, late.over]);
  }
  const outcome = { ...answer };
  connection.close();
  using closing = after(CLOSE_MS);
  await Promise.race([end, closing.over]);
  return outcome;
}

function textOf(message: Message): string {
  return typeof message === "string" ? message : `<${message.length} bytes>`;
}
