/** What a server's opening handshake may look like, and what a client must refuse (RFC 6455 §4.1, §4.2.2). */

import { USUAL_ANSWER } from "../driver/client_opening.ts";
import type { Case, Group, Judgement } from "../types.ts";
import { answered, ended, OPEN, part, send, text } from "./judgements.ts";
import { ACCEPTED, changedHead, HELLO } from "./openings.ts";

const COMMON = { role: "client", steps: HELLO, deadlineMs: 4000 } as const;

/** The client must fail the connection: what follows is not answered. */
const FAILED: Judgement = { must: ended() };

/** It should; but some read more than they must. */
const SHOULD_FAIL: Judgement = { should: ended(), must: [...ended(), ...ACCEPTED.must] };

/** A user agent must make blanks of a fold (RFC 9112 §5.2), which RFC 6455 does not ask of a client. */
const SHOULD_ACCEPT: Judgement = { should: ACCEPTED.must, must: [...ACCEPTED.must, ...ended()] };

/** Nobody says which. */
const EITHER: Judgement = { must: [...ACCEPTED.must, ...ended()] };

function answer(
  title: string,
  changed: { readonly [name: string]: string | readonly string[] },
  ...more: readonly string[]
): Pick<Case, "title" | "opening"> {
  return { title, opening: { head: [...changedHead(USUAL_ANSWER, changed), ...more] } };
}

const names = (change: (name: string) => string): readonly string[] =>
  USUAL_ANSWER.map((line) => line.replace(/^[\w-]+(?=:)/, change));

const right = part("15.1", { ...COMMON, section: "RFC 6455 §4.1", judgement: ACCEPTED }, [
  { title: "the usual answer", opening: {} },
  {
    title: "names of fields in small letters",
    opening: { head: names((name) => name.toLowerCase()) },
  },
  { title: "names of fields in capitals", opening: { head: names((name) => name.toUpperCase()) } },
  answer("Upgrade: WebSocket", { Upgrade: "Upgrade: WebSocket" }),
  answer("Upgrade: WEBSOCKET", { Upgrade: "Upgrade: WEBSOCKET" }),
  answer("Connection: upgrade", { Connection: "Connection: upgrade" }),
  answer("Connection: UPGRADE", { Connection: "Connection: UPGRADE" }),
  answer("Connection: keep-alive, Upgrade", { Connection: "Connection: keep-alive, Upgrade" }),
  {
    ...answer("two lines of Connection", {
      Connection: ["Connection: keep-alive", "Connection: Upgrade"],
    }),
    section: "RFC 9110 §5.3",
  },
  {
    title: "the fields in the opposite order",
    opening: { head: [USUAL_ANSWER[0]!, ...USUAL_ANSWER.slice(1).reverse()] },
  },
  {
    title: "no blanks after the colons",
    opening: { head: USUAL_ANSWER.map((line) => line.replace(": ", ":")) },
  },
  {
    title: "blanks around values",
    opening: { head: USUAL_ANSWER.map((line) => line.replace(/: (.*)/, ":  $1 \t")) },
  },
  answer("fields that nobody knows", {}, "X-Unknown: 1", "Sec-WebSocket-Unknown: 2"),
  answer(
    "the fields of a usual server",
    {},
    "Server: suite",
    "Date: Tue, 03 Nov 2026 10:00:00 GMT",
  ),
  answer("a cookie", {}, "Set-Cookie: a=1; Path=/"),
  answer("another phrase after the status", { line: "HTTP/1.1 101 Web Socket Protocol Handshake" }),
  { ...answer("no phrase after the status", { line: "HTTP/1.1 101 " }), section: "RFC 9112 §4" },
  {
    ...answer("no blank after the status", { line: "HTTP/1.1 101" }),
    section: "RFC 9112 §4",
    judgement: EITHER,
  },
  { title: "byte by byte", opening: { pieceBytes: 1 } },
  { title: "in pieces of 7 bytes", opening: { pieceBytes: 7 } },
  {
    title: "50 more fields",
    opening: {
      head: [...USUAL_ANSWER, ...Array.from({ length: 50 }, (_, index) => `X-${index}: ${index}`)],
    },
  },
  answer("a field of 4,000 bytes", {}, `X-Long: ${"x".repeat(4000)}`),
  {
    ...answer("a field of 60,000 bytes", {}, `X-Long: ${"x".repeat(60_000)}`),
    section: "RFC 9110 §5.4",
    judgement: EITHER,
  },
  {
    ...answer("100 Continue before", {
      line: ["HTTP/1.1 100 Continue", "", "HTTP/1.1 101 Switching Protocols"],
    }),
    section: "RFC 9110 §15.2",
  },
]);

const early = part("15.2", { ...COMMON, section: "RFC 6455 §4.1", isEarly: true, opening: {} }, [
  { title: "a text in the same write", judgement: answered({ text: "Hello" }) },
  {
    title: "three texts in the same write",
    steps: [send(text("one"), text("two"), text("three"))],
    judgement: answered({ text: "one" }, { text: "two" }, { text: "three" }),
  },
  {
    title: "half of a text in the same write",
    steps: [
      send({ raw: Uint8Array.of(0x81, 5, 0x48) }),
      send({ raw: Uint8Array.of(0x65, 0x6c, 0x6c, 0x6f) }),
    ],
    judgement: answered({ text: "Hello" }),
  },
  {
    title: "a ping in the same write",
    steps: [send({ opcode: 9, payload: "Hello" })],
    judgement: answered({ pong: "Hello" }),
  },
  {
    title: "a close frame in the same write",
    section: "RFC 6455 §5.5.1",
    steps: [send({ opcode: 8, payload: Uint8Array.of(3, 232) })],
    judgement: {
      should: [{ ending: { is: "closed", codes: [1000, 1005] } }],
      must: [{ ending: { is: "closed" } }],
    },
  },
]);

const wrong = part("15.3", { ...COMMON, section: "RFC 6455 §4.1", judgement: FAILED }, [
  answer("no Upgrade", { Upgrade: [] }),
  answer("Upgrade: h2c", { Upgrade: "Upgrade: h2c" }),
  answer("Upgrade: websockets", { Upgrade: "Upgrade: websockets" }),
  answer("an empty Upgrade", { Upgrade: "Upgrade:" }),
  {
    ...answer("Upgrade: websocket, h2c", { Upgrade: "Upgrade: websocket, h2c" }),
    judgement: SHOULD_FAIL,
  },
  answer("no Connection", { Connection: [] }),
  answer("Connection: close", { Connection: "Connection: close" }),
  answer("Connection: Upgraded", { Connection: "Connection: Upgraded" }),
  answer("no Sec-WebSocket-Accept", { "Sec-WebSocket-Accept": [] }),
  answer("an empty Sec-WebSocket-Accept", { "Sec-WebSocket-Accept": "Sec-WebSocket-Accept:" }),
  answer("a wrong Sec-WebSocket-Accept", {
    "Sec-WebSocket-Accept": "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  }),
  answer("the client's key as Sec-WebSocket-Accept", {
    "Sec-WebSocket-Accept": "Sec-WebSocket-Accept: {key}",
  }),
  answer("Sec-WebSocket-Accept with a sign more", {
    "Sec-WebSocket-Accept": "Sec-WebSocket-Accept: {accept}=",
  }),
  answer("Sec-WebSocket-Accept in a list", {
    "Sec-WebSocket-Accept": "Sec-WebSocket-Accept: {accept}, other",
  }),
  {
    ...answer("two lines of Sec-WebSocket-Accept, the first of them right", {
      "Sec-WebSocket-Accept": ["Sec-WebSocket-Accept: {accept}", "Sec-WebSocket-Accept: other"],
    }),
    section: "RFC 6455 §11.3.3",
    judgement: SHOULD_FAIL,
  },
]);

const chosen = part("15.4", { ...COMMON, section: "RFC 6455 §4.1", judgement: FAILED }, [
  answer("a subprotocol that was not offered", {}, "Sec-WebSocket-Protocol: x-other"),
  answer("an extension that was not offered", {}, "Sec-WebSocket-Extensions: x-other"),
  answer(
    "an extension with a parameter that was not offered",
    {},
    "Sec-WebSocket-Extensions: x-other; a=1",
  ),
  {
    ...answer(
      "permessage-deflate with an unknown parameter",
      {},
      "Sec-WebSocket-Extensions: permessage-deflate; x-unknown",
    ),
    section: "RFC 7692 §7.1",
  },
  {
    ...answer(
      "permessage-deflate with a window of 2^16 bytes",
      {},
      "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16",
    ),
    section: "RFC 7692 §7.1.2.1",
  },
  {
    ...answer(
      "permessage-deflate with a value where none may be",
      {},
      "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover=1",
    ),
    section: "RFC 7692 §7.1.1.1",
  },
  {
    ...answer(
      "permessage-deflate with a parameter twice",
      {},
      "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; server_no_context_takeover",
    ),
    section: "RFC 7692 §7.1",
  },
  {
    ...answer(
      "permessage-deflate twice",
      {},
      "Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate",
    ),
    section: "RFC 7692 §5.1",
  },
  {
    ...answer("an extension that is no token", {}, "Sec-WebSocket-Extensions: permessage deflate"),
    section: "RFC 6455 §9.1",
  },
  {
    ...answer("an empty list of extensions", {}, "Sec-WebSocket-Extensions:"),
    section: "RFC 6455 §9.1",
    judgement: EITHER,
  },
  {
    ...answer("an empty subprotocol", {}, "Sec-WebSocket-Protocol:"),
    section: "RFC 6455 §11.3.4",
    judgement: SHOULD_FAIL,
  },
]);

const status = (line: string): Pick<Case, "title" | "opening"> => answer(line.slice(9), { line });

const statuses = part("15.5", { ...COMMON, section: "RFC 6455 §4.1", judgement: FAILED }, [
  ...[
    "HTTP/1.1 200 OK",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 400 Bad Request",
    "HTTP/1.1 401 Unauthorized",
    "HTTP/1.1 403 Forbidden",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 426 Upgrade Required",
    "HTTP/1.1 500 Internal Server Error",
    "HTTP/1.1 503 Service Unavailable",
  ].map(status),
  {
    ...status("HTTP/1.1 102 Processing"),
    section: "RFC 9110 §15.2",
    // Another answer may follow: who waits for it is right.
    judgement: { ...FAILED, may: [{ ending: OPEN }] },
  },
  status("HTTP/1.1 1010 Switching Protocols"),
  {
    ...status("HTTP/1.0 101 Switching Protocols"),
    title: "101 in HTTP/1.0",
    judgement: SHOULD_FAIL,
  },
  { ...status("HTTP/2 101 Switching Protocols"), title: "101 in HTTP/2", judgement: SHOULD_FAIL },
  { ...status("ICY 101 Switching Protocols"), title: "what is not HTTP" },
  { ...status("101 Switching Protocols"), title: "a status without HTTP" },
  { ...status(""), title: "an empty line first", judgement: SHOULD_FAIL },
]);

const bodies = part("15.6", { ...COMMON, section: "RFC 9112 §6", judgement: EITHER }, [
  answer("Content-Length: 0", {}, "Content-Length: 0"),
  {
    title: "a refusal with a body that looks like the first fragment of a text, and the second one",
    section: "RFC 6455 §4.1",
    steps: [send({ opcode: 0, payload: "!" })],
    opening: {
      head: ["HTTP/1.1 400 Bad Request", "Content-Length: 7"],
      body: "\x01\x05Hello",
    },
    judgement: FAILED,
  },
  {
    title: "a folded field",
    section: "RFC 9112 §5.2",
    opening: { head: [...USUAL_ANSWER, "X-Unknown: 1", " 2"] },
    judgement: SHOULD_ACCEPT,
  },
  {
    title: "a field without a colon",
    section: "RFC 9112 §5",
    opening: { head: [...USUAL_ANSWER, "X-Unknown"] },
    judgement: SHOULD_FAIL,
  },
  {
    title: "a blank before a colon",
    section: "RFC 9112 §5.1",
    opening: { head: [...USUAL_ANSWER, "X-Unknown : 1"] },
  },
  {
    title: "a NUL in a field",
    section: "RFC 9110 §5.5",
    opening: { head: [...USUAL_ANSWER, "X-Unknown: a\0b"] },
  },
  {
    title: "lines that end with LF alone",
    section: "RFC 9112 §2.2",
    opening: { lineEnd: "\n" },
  },
]);

/** Answers to clients. */
export const answers: Group = {
  id: "15",
  title: "Answers to clients",
  cases: [...right, ...early, ...wrong, ...chosen, ...statuses, ...bodies],
};
