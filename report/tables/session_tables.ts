/** The tables of a session at a prompt. */

import { MOVING, runningFigures, sessionFigures } from "../../measure/model/session_figures.ts";
import type { ConnectionEvent, Exchange, Fate, Session } from "../../measure/model/session.ts";
import {
  type Cell,
  type Column,
  type FactRow,
  factsTable,
  measured,
  type Table,
  textColumns,
  words,
} from "./table.ts";

/** The columns of the messages. */
export const MESSAGE_COLUMNS: readonly Column[] = [
  { title: "Number", kind: "integer" },
  { title: "Time", unit: "UTC", kind: "time" },
  { title: "At", unit: "s", kind: "number", decimals: 3 },
  { title: "Message", kind: "text" },
  { title: "Reply", kind: "text" },
  { title: "Latency", unit: "ms", kind: "number", decimals: 3 },
  { title: "Running average", unit: "ms", kind: "number", decimals: 3 },
  { title: `Average of the last ${MOVING}`, unit: "ms", kind: "number", decimals: 3 },
  { title: "Throughput so far", unit: "messages/s", kind: "number", decimals: 2 },
  { title: "Size of message", unit: "bytes", kind: "integer" },
  { title: "Size of reply", unit: "bytes", kind: "integer" },
  { title: "Remark", kind: "text" },
];

export const MESSAGES_NOTE =
  "At: since the session began. A reply belongs to the oldest message that has none. Latency: from the send of a message to " +
  "its reply, as this client sees it; the first ones include code that runs for the first time. Throughput so far: replies " +
  "divided by the time since the first message. Of a person who types it tells how fast was typed. Of piped lines it tells " +
  "what client and server did together: several messages are in flight, and their latency includes waiting for one " +
  "another. Neither is a benchmark: deno task bench makes those.";

const REMARKS: Readonly<Record<Fate, string>> = {
  answered: "",
  unasked: "unasked",
  "no reply": "no reply",
  lost: "lost with the connection",
  "not sent": "not sent",
};

/** Values in the order of {@linkcode MESSAGE_COLUMNS}; times are in milliseconds since 1970. */
export type MessageRow = readonly (string | number | null)[];

/** A row for each exchange; one by one, because a pipe can make a million. */
export function* messageRows(session: Session): Generator<MessageRow> {
  const start = startMs(session);
  const running = runningFigures(session.exchanges);
  let number = 0;
  for (const exchange of session.exchanges) {
    const figures = running.next().value || undefined;
    const { atMs } = (exchange.message ?? exchange.reply)!;
    yield [
      ++number,
      start + atMs,
      atMs / 1000,
      exchange.message?.content.text ?? null,
      exchange.reply?.content.text ?? null,
      figures?.latencyMs ?? null,
      figures?.averageMs ?? null,
      figures?.movingMs ?? null,
      figures?.perSecond ?? null,
      exchange.message?.content.bytes ?? null,
      exchange.reply?.content.bytes ?? null,
      remarkOn(exchange),
    ];
  }
}

function remarkOn({ fate, message, reply }: Exchange): string | null {
  const of = (what: string, remarks: readonly string[] = []): string[] =>
    remarks.length === 0 ? [] : [`${what}: ${remarks.join(", ")}`];
  const all = [
    ...(REMARKS[fate] === "" ? [] : [REMARKS[fate]]),
    ...of("message", message?.content.remarks),
    ...of("reply", reply?.content.remarks),
  ];
  return all.length === 0 ? null : all.join("; ");
}

/** The session in figures. */
export function sessionTable(session: Session): Table {
  const { sent, received, fates, latencyMs, perSecond } = sessionFigures(session);
  const count = (value: number): Cell => ({ value, kind: "integer" });
  const ms = (figure: Parameters<typeof measured>[0]): Cell => (
    { ...measured(figure), kind: "number", decimals: 3 }
  );
  const time = (atMs: number): Cell => ({ value: isoOf(session, atMs), kind: "time" });
  const facts: readonly FactRow[] = [
    ["Client", words(session.client)],
    ["Library", words(session.library)],
    ["Server", words(session.url)],
    ["Started", time(0), "UTC"],
    ["Ended", time(session.durationMs), "UTC"],
    ["Duration", { value: session.durationMs / 1000, kind: "number" }, "s"],
    ["Sent", count(sent), "messages"],
    ["Received", count(received), "messages"],
    ["Received unasked", count(fates.unasked), "messages"],
    ["Without a reply", count(fates["no reply"]), "messages"],
    ["Lost with the connection", count(fates.lost), "messages"],
    ["Typed but not sent", count(fates["not sent"]), "messages"],
    ["Least latency", ms(latencyMs.min), "ms"],
    ["Mean latency", ms(latencyMs.mean), "ms"],
    ["Median latency", ms(latencyMs.median), "ms"],
    ["90th percentile of latency", ms(latencyMs.p90), "ms"],
    ["99th percentile of latency", ms(latencyMs.p99), "ms"],
    ["Largest latency", ms(latencyMs.max), "ms"],
    ["Throughput", { ...measured(perSecond), kind: "number", decimals: 2 }, "messages/s"],
  ];
  const note =
    "Throughput: answered messages divided by the time from the first message to the last reply. Of a person who " +
    "types it tells how fast was typed.";
  return factsTable({ id: "session", title: "Summary", note }, "Figure", facts);
}

const EVENTS: Readonly<Record<ConnectionEvent["what"], string>> = {
  opened: "opened",
  lost: "lost",
  "not opened": "could not be opened",
  closed: "closed by this client",
};

/** What happened to the connection. */
export function connectionTable(session: Session): Table {
  return {
    id: "connection",
    title: "Connection",
    columns: textColumns("Event", "Time (UTC)", "Reason"),
    keyColumns: 1,
    rows: session.connection.map(({ atMs, what, reason }) => [
      words(EVENTS[what]),
      { value: isoOf(session, atMs), kind: "time" },
      words(reason),
    ]),
    empty: "The connection was never open.",
  };
}

function startMs({ startedAt }: Session): number {
  const start = Date.parse(startedAt);
  return Number.isNaN(start) ? 0 : start;
}

function isoOf(session: Session, atMs: number): string {
  return new Date(startMs(session) + atMs).toISOString();
}
