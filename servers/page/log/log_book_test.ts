import { deepEqual, equal } from "node:assert/strict";
import { LogBook, MOST_LINES } from "./log_book.ts";

Deno.test("LogBook keeps lines with what they are about", () => {
  const book = new LogBook();
  book.add("sent", "Hello Server 1", 5);
  book.add("received", "Hello Server 1 - 207", 7);
  book.add("note", "Connected", 9);
  deepEqual([0, 1, 2, 3].map((index) => book.line(index)?.text), [
    "Sent: Hello Server 1",
    "Received: Hello Server 1 - 207",
    "Connected",
    undefined,
  ]);
  deepEqual(book.line(0), { kind: "sent", atMs: 5, text: "Sent: Hello Server 1" });
  book.clear();
  equal(book.length, 0);
});

Deno.test("LogBook leaves out the oldest lines and counts them", () => {
  const book = new LogBook();
  const all = MOST_LINES + 25_000;
  for (let line = 0; line < all; line++) book.add("sent", String(line), line);
  equal(book.length + book.omitted, all);
  equal(book.length >= MOST_LINES, true);
  equal(book.line(0)?.atMs, book.omitted);
  equal(book.line(book.length - 1)?.atMs, all - 1);
});

Deno.test("LogBook cuts a long text", () => {
  const book = new LogBook();
  book.add("received", "x".repeat(1_048_576), 0);
  equal(book.line(0)?.text, `Received: ${"x".repeat(200)}… (1,048,576 characters)`);
});
