/**
 * Tells those who count inside of a server of its window, and hears what they counted. They connect at their start, to
 * loopback, and say who they are; from then on nothing is said but at the ends of the window, so that nobody polls.
 *
 * They send `{"token": …, "pid": …}`; they are sent `ready` (the server is ready, no connection is open), `start` and
 * `end`; they answer the last with a {@linkcode Report}. A line each.
 */

import { z } from "zod";
import { after } from "../../process/delay.ts";
import { readLines } from "../../process/lines.ts";
import { Report } from "./report.ts";

/** What they are told. */
export type Told = "ready" | "start" | "end";

/** Where to connect, and what to say. */
export interface Place {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Others on this machine do not know it. */
  readonly token: string;
}

const Hello = z.object({ token: z.string(), pid: z.int().positive() });

/** How long they may take to answer, in milliseconds: the queue of a server may be long. */
const ANSWER_MS = 3000;
/** How long a line may be, in characters. */
const LONGEST_LINE = 4096;

interface Member {
  readonly pid: number;
  readonly connection: Deno.Conn;
  /** Undefined if it ended, or answered something else. */
  readonly answer: Promise<Report | undefined>;
  /** Set if it was there when the window started. */
  counts: boolean;
}

/** What a process answered; undefined if it did not, or not in time. */
export interface Answer {
  readonly pid: number;
  readonly report: Report | undefined;
}

/** See the file. */
export interface Hub {
  readonly place: Place;
  /** Tells all who are there. */
  tell(what: Told): void;
  /** Ids of the processes that are there; one may be there a few times, one a thread. */
  pids(): number[];
  /** The answers to the end, of those who were there at the start; a process may have a few, one a thread. */
  answers(): Promise<Answer[]>;
  close(): void;
}

/** Opens one. */
export function openHub(): Hub {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const place = { port: listener.addr.port, token: crypto.randomUUID() };
  const members = new Set<Member>();
  const open = new Set<Deno.Conn>();
  const encoder = new TextEncoder();

  async function welcome(connection: Deno.Conn): Promise<void> {
    open.add(connection);
    const lines = readLines(connection.readable, LONGEST_LINE);
    const { value = "" } = await lines.next();
    const hello = Hello.safeParse(parsed(value));
    if (!hello.success || hello.data.token !== place.token) return close(connection);
    const answer = lines.next().then(({ value = "" }) => Report.safeParse(parsed(value)).data);
    const member: Member = {
      pid: hello.data.pid,
      connection,
      answer: answer.catch(() => undefined),
      counts: false,
    };
    members.add(member);
    // One that ended before the window has nothing to say of it.
    if (await member.answer === undefined && !member.counts) members.delete(member);
  }

  function close(connection: Deno.Conn): void {
    open.delete(connection);
    try {
      connection.close();
    } catch {
      // The other side was first.
    }
  }

  (async () => {
    for await (const connection of listener) welcome(connection).catch(() => close(connection));
  })().catch(() => {});

  return {
    place,
    tell(what) {
      const line = encoder.encode(what + "\n");
      for (const member of members) {
        if (what === "start") member.counts = true;
        member.connection.write(line).catch(() => {});
      }
    },
    pids: () => [...members].map(({ pid }) => pid),
    async answers() {
      using late = after(ANSWER_MS);
      const none = late.over.then(() => undefined);
      const counting = [...members].filter(({ counts }) => counts);
      return await Promise.all(counting.map(async ({ pid, answer }) => ({
        pid,
        report: await Promise.race([answer, none]),
      })));
    },
    close() {
      listener.close();
      open.forEach(close);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
