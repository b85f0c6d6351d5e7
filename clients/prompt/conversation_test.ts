import assert from "node:assert/strict";
import { CLOSING_MS, Conversation, MOST_WAITING, PATIENCE_MS } from "./conversation.ts";
import type { Effect, Happening } from "./effects.ts";

const URL = "ws://example/echo";

/** A conversation with a given time, and the effects that it wanted. */
function begin(onTerminal: boolean) {
  const conversation = new Conversation({ url: URL, library: "ws 8", onTerminal });
  let atMs = 0;

  /** Lets something happen, and returns all that is to be done, except what goes to the journal. */
  function happens(happening: Happening, afterMs = 1): Effect[] {
    atMs += afterMs;
    const effects = conversation.handle(happening, atMs);
    for (;;) {
      const more = conversation.next(atMs);
      if (more.length === 0) break;
      effects.push(...more);
    }
    return effects.filter((effect) => effect.do !== "keep");
  }

  const says = (text: string): Effect[] => happens({ on: "line", text });
  const replies = (message: string, afterMs?: number): Effect[] =>
    happens({ on: "received", message }, afterMs);
  return { conversation, happens, says, replies };
}

const OPENED: Happening = { on: "opened" };
const LOST: Happening = { on: "closed", code: 1006, reason: "reset" };
const CLOSED: Happening = { on: "closed", code: 1000, reason: "" };
const PROMPT: Effect = { do: "ask", prompt: "> " };
const QUESTION: Effect = { do: "ask", prompt: "Reconnect? [Y/n] " };
const shown = (latency: string, text: string): Effect => ({ do: "show reply", latency, text });
const end = (code: number): Effect[] => [{ do: "stop waiting" }, { do: "end", code }];
const CLOSE: Effect[] = [{ do: "close" }, { do: "wait", ms: CLOSING_MS }];

const fates = ({ recorder }: Conversation): string[] =>
  recorder.session({ client: "", library: "", url: "", startedAt: "", machine: [] }, 0)
    .exchanges.map(({ fate }) => fate);

Deno.test("Conversation sends a line and shows its reply with the latency", () => {
  const { happens, says, replies } = begin(true);
  assert.deepEqual(happens(OPENED), [
    { do: "show", text: `Connected to ${URL} with ws 8; \`exit\` or Ctrl-C ends it.` },
    PROMPT,
  ]);
  assert.deepEqual(says("hi"), [{ do: "send", text: "hi" }, PROMPT]);
  assert.deepEqual(replies("hello", 2.5), [shown("2.500 ms", "hello"), PROMPT]);
  assert.deepEqual(replies("more"), [shown("unasked", "more"), PROMPT]);
});

Deno.test("Conversation shows nothing but replies off a terminal", () => {
  const { happens, says, replies } = begin(false);
  assert.deepEqual(happens(OPENED), []);
  assert.deepEqual(says("hi"), [{ do: "send", text: "hi" }]);
  assert.deepEqual(replies("hi"), [shown("1.000 ms", "hi")]);
});

Deno.test("Conversation sends nothing for an empty line, and says once how an empty message is sent", () => {
  const how: Effect = {
    do: "complain",
    text: "An empty line sends nothing; a line of \\ sends an empty message",
  };
  for (const [onTerminal, ask] of [[true, [PROMPT]], [false, []]] as const) {
    const { conversation, happens, says } = begin(onTerminal);
    happens(OPENED);
    assert.deepEqual(says(""), [how, ...ask]);
    assert.deepEqual(says(""), ask);
    assert.deepEqual(fates(conversation), []);
  }
});

Deno.test("Conversation sends an empty message, exit and backslashes by a backslash before them", () => {
  const { happens, says } = begin(false);
  happens(OPENED);
  const rows = [["\\", ""], ["\\exit", "exit"], ["\\\\", "\\"], ["\\n", "\\n"], [
    " ",
    " ",
  ]] as const;
  for (const [line, text] of rows) assert.deepEqual(says(line), [{ do: "send", text }]);
});

Deno.test("Conversation ends with exit, and sends nothing after it", () => {
  const { happens, says } = begin(false);
  happens(OPENED);
  assert.deepEqual(says("exit"), CLOSE);
  assert.deepEqual(says("more"), []);
  assert.deepEqual(happens(CLOSED), end(0));
  assert.deepEqual(happens(CLOSED), []);
});

Deno.test("Conversation waits at the end for the replies that are due, and starts the time again with each", () => {
  const { happens, says, replies } = begin(false);
  happens(OPENED);
  says("a");
  says("b");
  assert.deepEqual(happens({ on: "input ended" }), [{ do: "wait", ms: PATIENCE_MS }]);
  assert.deepEqual(replies("A").at(-1), { do: "wait", ms: PATIENCE_MS });
  assert.deepEqual(replies("B").slice(1), CLOSE);
  assert.deepEqual(happens(CLOSED), end(0));
});

Deno.test("Conversation ends with code 1 if replies do not come", () => {
  const { conversation, happens, says } = begin(false);
  happens(OPENED);
  says("a");
  happens({ on: "input ended" });
  assert.deepEqual(happens({ on: "timeout" }), [
    { do: "complain", text: "1 reply did not come within 5 s" },
    ...CLOSE,
  ]);
  // The server does not answer the close either.
  assert.deepEqual(happens({ on: "timeout" }), end(1));
  assert.deepEqual(fates(conversation), ["no reply"]);
});

Deno.test("Conversation ends at once when it is interrupted, the second time without the server", () => {
  const { happens, says } = begin(true);
  happens(OPENED);
  says("a");
  assert.deepEqual(happens({ on: "interrupted" }), CLOSE);
  assert.deepEqual(happens({ on: "interrupted" }), end(0));
});

Deno.test("Conversation says why it cannot connect, and ends with code 1", () => {
  for (const onTerminal of [true, false]) {
    assert.deepEqual(begin(onTerminal).happens(LOST), [
      { do: "complain", text: `Cannot connect to ${URL}: reset` },
      ...end(1),
    ]);
  }
});

Deno.test("Conversation ends with code 1 when a pipe loses the connection", () => {
  const { conversation, happens, says } = begin(false);
  happens(OPENED);
  says("a");
  assert.deepEqual(happens(LOST), [
    { do: "complain", text: `Lost the connection to ${URL}: reset (1 without a reply)` },
    ...end(1),
  ]);
  assert.deepEqual(fates(conversation), ["lost"]);
});

Deno.test("Conversation offers to reconnect on a terminal, again after each failure", () => {
  const { conversation, happens, says, replies } = begin(true);
  happens(OPENED);
  says("a");
  assert.deepEqual(happens(LOST).at(-1), QUESTION);
  assert.deepEqual(says(""), [{ do: "connect" }, PROMPT]);
  assert.deepEqual(happens(LOST), [
    { do: "complain", text: `Cannot connect to ${URL}: reset` },
    { do: "stop waiting" },
    QUESTION,
  ]);
  assert.deepEqual(says("Yes")[0], { do: "connect" });
  assert.match(JSON.stringify(happens(OPENED)), /Connected again/);
  says("b");
  replies("B");
  says("exit");
  assert.deepEqual(happens(CLOSED), end(0));
  assert.deepEqual(fates(conversation), ["lost", "answered"]);
});

Deno.test("Conversation keeps what is typed without a connection, and sends it after the reconnect", () => {
  const { happens, says } = begin(true);
  happens(OPENED);
  happens(LOST);
  assert.deepEqual(says("precious"), [
    { do: "complain", text: "Not connected; this is sent after a reconnect: precious" },
    QUESTION,
  ]);
  says("y");
  says("typed while it connects");
  const sent = happens(OPENED).filter((effect) => effect.do === "send");
  assert.deepEqual(sent.map(({ text }) => text), ["precious", "typed while it connects"]);
});

Deno.test("Conversation records what was typed and could not be sent", () => {
  for (const [answer, code] of [["n", 1], ["exit", 1]] as const) {
    const { conversation, happens, says } = begin(true);
    happens(OPENED);
    happens(LOST);
    says("precious");
    assert.deepEqual(says(answer), end(code));
    assert.deepEqual(fates(conversation), ["not sent"]);
  }
});

Deno.test("Conversation ends at the question when the input ends or it is interrupted", () => {
  for (const on of ["input ended", "interrupted"] as const) {
    const { happens } = begin(true);
    happens(OPENED);
    happens(LOST);
    assert.deepEqual(happens({ on }), end(1));
  }
});

Deno.test("Conversation does not read a pipe on while too many messages wait", () => {
  const { conversation, happens, says, replies } = begin(false);
  assert.equal(conversation.wantsLines, false);
  happens(OPENED);
  assert.equal(conversation.wantsLines, true);
  for (let index = 0; index < MOST_WAITING - 1; index++) says("x");
  assert.deepEqual(says("last"), [{ do: "send", text: "last" }, { do: "wait", ms: PATIENCE_MS }]);
  assert.equal(conversation.wantsLines, false);
  assert.deepEqual(says("held"), []);
  const effects = replies("X");
  assert.deepEqual(effects.map((effect) => effect.do), [
    "show reply",
    "stop waiting",
    "send",
    "wait",
  ]);
  // A server that does not answer is sent all the same.
  says("and this");
  assert.deepEqual(happens({ on: "timeout" }).map((effect) => effect.do), ["complain", "send"]);
  assert.equal(conversation.wantsLines, true);
});

Deno.test("Conversation reads a terminal always", () => {
  const { conversation, happens } = begin(true);
  happens(OPENED);
  happens(LOST);
  assert.equal(conversation.wantsLines, true);
});

Deno.test("Conversation keeps every message whole for the journal, before it shows it", () => {
  const conversation = new Conversation({ url: URL, library: "ws 8", onTerminal: false });
  conversation.handle(OPENED, 0);
  const long = "x".repeat(40_000);
  conversation.handle({ on: "line", text: long }, 1);
  const sent = conversation.next(2);
  assert.deepEqual(sent[1], { do: "keep", entry: { atMs: 2, what: "sent", message: long } });
  const message = new Uint8Array(1000);
  const received = conversation.handle({ on: "received", message }, 3);
  assert.deepEqual(received[0], { do: "keep", entry: { atMs: 3, what: "received", message } });
});
