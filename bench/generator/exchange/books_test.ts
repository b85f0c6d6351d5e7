import { deepEqual, equal } from "node:assert/strict";
import type { Account } from "../../../measure/record/accounts/account.ts";
import { BATCHES } from "../../../measure/record/accounts/batches.ts";
import type { Pace, Traffic } from "../../../scenarios/traffic/types.ts";
import { numbered } from "../../../scenarios/payload/payload.ts";
import { Books } from "./books.ts";
import { Replies } from "./replies.ts";
import { Sending } from "./sending.ts";

/** What is noted of a traffic of two connections, and the replies that it was told of. */
function bookkeeping(parts: Partial<Traffic> = {}): {
  books: Books;
  sending: Sending;
  replies: Replies;
  heard: number[][];
} {
  const heard: number[][] = [];
  const traffic: Traffic = {
    connections: 2,
    slots: 2,
    depth: 1,
    phases: "any time",
    start() {},
    replied: (number, count) => heard.push([number, count]),
    stop() {},
    ...parts,
  };
  const payload = numbered(16);
  const options = { url: "", payload, timeline: "replies" as const, traffic: () => traffic };
  const books = new Books(traffic, options, false);
  const sending = new Sending(books, traffic);
  const replies = new Replies(books, sending, traffic, payload, () => {});
  return { books, sending, replies, heard };
}

Deno.test("Sending follows four times as many messages as may be outstanding", () => {
  const { sending } = bookkeeping();
  equal(sending.places, 8);
  sending.note(1, 2, 5);
  equal(sending.sentMs[sending.placeOfSent(1, 1, 1)], 5);
  sending.note(1, 4, 9);
  equal(sending.placeOfSent(1, 1, 1), sending.places, "message 5 has taken its place");
  equal(sending.placeOfSent(1, 1, -1), sending.places, "nothing is known of it");
});

Deno.test("Sending knows when messages were meant to be sent, and how many still are to be", () => {
  const pace: Pace = { of: "messages", nextMs: 3, intendedMs: 3 };
  const { sending } = bookkeeping({ pace });
  sending.offer(0, 2);
  equal(sending.unsent, 2);
  equal(sending.note(0, 1, 4), 0);
  equal(sending.unsent, 1);
  deepEqual([...sending.intendedMs.subarray(0, 2)], [3, 3]);
  equal(sending.sentMs[0], 4);
});

Deno.test("Replies tells the traffic of right ones together, and of a spoilt one alone", () => {
  const { books, sending, replies, heard } = bookkeeping();
  sending.note(0, 3, 1);
  replies.nowMs[0] = 2;
  replies.noteNext(0, 2, 32);
  const message = new Uint8Array(16);
  numbered(16).write(message, 0, 0, 2);
  message[15]! ^= 1;
  replies.noteMessage(0, true, message, 0, 16);
  equal(books.ledger.outstanding, 0);
  equal(books.ledger.counts().corrupted, 1);
  deepEqual(heard, [[0, 2], [0, 1]]);
});

Deno.test("Books waits for nothing on an abandoned connection, and tells an account what was unanswered", () => {
  const told: number[][] = [];
  const account: Account = {
    kind: BATCHES,
    histograms: {},
    counts: () => undefined,
    begin() {},
    end() {},
    abandoned: (connection, unanswered) => told.push([connection, unanswered]),
  };
  const { books, sending } = bookkeeping({ accounts: [account] });
  sending.note(1, 2, 1);
  books.abandon(1);
  equal(books.ledger.outstanding, 0);
  deepEqual(told, [[1, 2]]);
});
