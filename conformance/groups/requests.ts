/** What a client's opening handshake may look like, and what must be refused (RFC 6455 §4.1, §4.2; RFC 9110; RFC 9112). */

import { USUAL_REQUEST } from "../driver/server_opening.ts";
import type { Case, Group, Judgement } from "../types.ts";
import { answered, part, send, text } from "./judgements.ts";
import {
  ACCEPTED,
  ACCEPTED_OR_LONG,
  ANYTHING,
  EITHER,
  EITHER_OR_SILENCE,
  HELLO,
  MAY_ACCEPT,
  NOT_ACCEPTED,
  refused,
  request,
  SHOULD_ACCEPT,
  SHOULD_REFUSE,
} from "./openings.ts";

const COMMON = { role: "server", steps: HELLO, deadlineMs: 3000 } as const;

/** A case that is all in its head. */
const headed = (title: string, head: readonly string[]): Pick<Case, "title" | "opening"> => ({
  title,
  opening: { head },
});

const names = (change: (name: string) => string): readonly string[] =>
  USUAL_REQUEST.map((line) => line.replace(/^[\w-]+(?=:)/, change));

const spelling = part("11.1", { ...COMMON, section: "RFC 6455 §4.2.1", judgement: ACCEPTED }, [
  headed("names of fields in small letters", names((name) => name.toLowerCase())),
  headed("names of fields in capitals", names((name) => name.toUpperCase())),
  headed("Upgrade: WebSocket", request({ Upgrade: "Upgrade: WebSocket" })),
  headed("Upgrade: WEBSOCKET", request({ Upgrade: "Upgrade: WEBSOCKET" })),
  headed("Connection: upgrade", request({ Connection: "Connection: upgrade" })),
  headed("Connection: UPGRADE", request({ Connection: "Connection: UPGRADE" })),
  headed("no blank after the colons", USUAL_REQUEST.map((line) => line.replace(": ", ":"))),
  headed("many blanks after the colons", USUAL_REQUEST.map((line) => line.replace(": ", ":    "))),
  headed("tabs after the colons", USUAL_REQUEST.map((line) => line.replace(": ", ":\t"))),
  headed(
    "blanks at the ends of fields",
    request({
      Upgrade: "Upgrade: websocket  ",
      Connection: "Connection: Upgrade \t",
      "Sec-WebSocket-Key": "Sec-WebSocket-Key: {key} ",
      "Sec-WebSocket-Version": "Sec-WebSocket-Version: 13 ",
    }),
  ),
  headed("the fields in the opposite order", [
    USUAL_REQUEST[0]!,
    ...USUAL_REQUEST.slice(1).reverse(),
  ]),
]);

/** A server may leave an offer of several protocols aside (RFC 9110 §7.8). */
const lists = part("11.2", { ...COMMON, section: "RFC 6455 §4.2.1", judgement: ACCEPTED }, [
  headed(
    "Connection: keep-alive, Upgrade",
    request({ Connection: "Connection: keep-alive, Upgrade" }),
  ),
  headed(
    "Connection: Upgrade, keep-alive",
    request({ Connection: "Connection: Upgrade, keep-alive" }),
  ),
  headed(
    "Connection: keep-alive,Upgrade",
    request({ Connection: "Connection: keep-alive,Upgrade" }),
  ),
  {
    ...headed(
      "Connection with empty elements",
      request({ Connection: "Connection: , Upgrade, ," }),
    ),
    section: "RFC 9110 §5.6.1",
  },
  {
    ...headed(
      "two lines of Connection",
      request({
        Connection: ["Connection: keep-alive", "Connection: Upgrade"],
      }),
    ),
    section: "RFC 9110 §5.3",
  },
  {
    ...headed("Upgrade: h2c, websocket", request({ Upgrade: "Upgrade: h2c, websocket" })),
    section: "RFC 9110 §7.8",
    judgement: MAY_ACCEPT,
  },
  {
    ...headed("Upgrade: websocket, h2c", request({ Upgrade: "Upgrade: websocket, h2c" })),
    section: "RFC 9110 §7.8",
    judgement: MAY_ACCEPT,
  },
  {
    ...headed("two lines of Upgrade", request({ Upgrade: ["Upgrade: h2c", "Upgrade: websocket"] })),
    section: "RFC 9110 §7.8",
    judgement: MAY_ACCEPT,
  },
]);

const more = part("11.3", { ...COMMON, section: "RFC 6455 §4.1", judgement: ACCEPTED }, [
  headed("fields that nobody knows", request({}, "X-Unknown: 1", "Sec-WebSocket-Unknown: 2")),
  headed("an empty field", request({}, "X-Empty:")),
  headed(
    "the fields of a browser",
    request(
      {},
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
      "Accept-Language: en",
      "Cache-Control: no-cache",
      "Pragma: no-cache",
      "Cookie: a=1; b=2",
    ),
  ),
  headed("two lines of a field that nobody knows", request({}, "X-Unknown: 1", "X-Unknown: 2")),
  {
    ...headed("an origin", request({}, "Origin: http://{host}")),
    section: "RFC 6455 §4.2.1, §10.2",
    judgement: MAY_ACCEPT,
  },
  {
    ...headed("the origin null", request({}, "Origin: null")),
    section: "RFC 6455 §4.2.1, §10.2",
    judgement: MAY_ACCEPT,
  },
  {
    ...headed("a query", request({ line: "GET {path}?a=1&b=%20 HTTP/1.1" })),
    section: "RFC 6455 §3",
    judgement: MAY_ACCEPT,
  },
  {
    ...headed("an absolute URI", request({ line: "GET http://{host}{path} HTTP/1.1" })),
    section: "RFC 6455 §4.2.1",
    judgement: SHOULD_ACCEPT,
  },
  {
    ...headed("a field with bytes above ASCII", request({}, "X-Unknown: ä")),
    section: "RFC 9110 §5.5",
    judgement: MAY_ACCEPT,
  },
]);

/** A client must wait for the answer before it sends more (RFC 6455 §4.1): what becomes of that is not said. */
const delivered = part("11.4", { ...COMMON, section: "RFC 6455 §4.2.1", judgement: ACCEPTED }, [
  { title: "byte by byte", opening: { pieceBytes: 1 } },
  { title: "in pieces of 7 bytes", opening: { pieceBytes: 7 } },
  { title: "in pieces of 100 bytes", opening: { pieceBytes: 100 } },
  {
    title: "an empty line before the request",
    section: "RFC 9112 §2.2",
    opening: { head: ["", ...USUAL_REQUEST] },
    judgement: SHOULD_ACCEPT,
  },
  {
    title: "lines that end with LF alone",
    section: "RFC 9112 §2.2",
    opening: { lineEnd: "\n" },
    judgement: EITHER_OR_SILENCE,
  },
  {
    title: "a text in the same write",
    section: "RFC 6455 §4.1",
    opening: {},
    isEarly: true,
    judgement: ANYTHING,
  },
  {
    title: "two texts in the same write",
    section: "RFC 6455 §4.1",
    opening: {},
    isEarly: true,
    steps: [send(text("one"), text("two"))],
    judgement: { ...answered({ text: "one" }, { text: "two" }), may: "anything" },
  },
  {
    title: "half of a text in the same write",
    section: "RFC 6455 §4.1",
    opening: {},
    isEarly: true,
    steps: [
      send({ raw: Uint8Array.of(0x81, 0x85, 1, 2) }),
      send({
        raw: Uint8Array.from([
          3,
          4,
          ...[0x48, 0x65, 0x6c, 0x6c, 0x6f].map((byte, at) => byte ^ [1, 2, 3, 4][at % 4]!),
        ]),
      }),
    ],
    judgement: ANYTHING,
  },
]);

const long = (bytes: number): string => "x".repeat(bytes);

const length = part("11.5", { ...COMMON, section: "RFC 9110 §5.4", judgement: ACCEPTED_OR_LONG }, [
  ...[1, 3, 7, 15, 60].map((kib) =>
    headed(`a field of ${kib} KiB`, request({}, `X-Long: ${long(kib * 1024)}`))
  ),
  ...[50, 90, 150, 1000].map((count) =>
    headed(
      `${count} more fields`,
      [...request({}), ...Array.from({ length: count }, (_, index) => `X-${index}: ${index}`)],
    )
  ),
  ...[1, 4, 30].map((kib) => ({
    ...headed(
      `a query of ${kib} KiB`,
      request({ line: `GET {path}?${long(kib * 1024)} HTTP/1.1` }),
    ),
    section: "RFC 9112 §3",
  })),
]);

const missing = part("11.6", { ...COMMON, section: "RFC 6455 §4.2.1", judgement: refused(400) }, [
  headed("no Host", request({ Host: [] })),
  { ...headed("no Upgrade", request({ Upgrade: [] })), judgement: NOT_ACCEPTED },
  { ...headed("no Connection", request({ Connection: [] })), judgement: NOT_ACCEPTED },
  headed("no Sec-WebSocket-Key", request({ "Sec-WebSocket-Key": [] })),
  {
    ...headed("no Sec-WebSocket-Version", request({ "Sec-WebSocket-Version": [] })),
    judgement: refused(400, 426),
  },
  {
    ...headed("Upgrade: h2c", request({ Upgrade: "Upgrade: h2c" })),
    judgement: NOT_ACCEPTED,
  },
  {
    ...headed("Upgrade: websockets", request({ Upgrade: "Upgrade: websockets" })),
    judgement: NOT_ACCEPTED,
  },
  {
    ...headed("an empty Upgrade", request({ Upgrade: "Upgrade:" })),
    judgement: NOT_ACCEPTED,
  },
  {
    ...headed("Connection: close", request({ Connection: "Connection: close" })),
    judgement: NOT_ACCEPTED,
  },
  {
    ...headed("Connection: Upgraded", request({ Connection: "Connection: Upgraded" })),
    judgement: NOT_ACCEPTED,
  },
]);

/** A server that does not speak a version must say which it does (§4.2.2, §4.4). */
const OTHER_VERSION: Judgement = {
  should: [{
    ending: { is: "refused", statuses: [400, 426], field: ["sec-websocket-version", "13"] },
  }],
  must: [{ ending: { is: "refused", field: ["sec-websocket-version", "13"] } }],
};

const version = (value: string): Pick<Case, "title" | "opening"> =>
  headed(
    `Sec-WebSocket-Version: ${value}`,
    request({ "Sec-WebSocket-Version": `Sec-WebSocket-Version: ${value}` }),
  );

const versions = part("11.7", {
  ...COMMON,
  section: "RFC 6455 §4.2.2, §4.4",
  judgement: OTHER_VERSION,
}, [
  ...["0", "12", "14", "255"].map(version),
  ...["7", "8"].map((value) => ({
    ...version(value),
    // Drafts, which some still speak.
    judgement: { ...OTHER_VERSION, may: ACCEPTED.must },
  })),
  ...["013", "13.0", "-13", "thirteen", "256"].map((value) => ({
    ...version(value),
    judgement: refused(400, 426),
  })),
  {
    ...headed(
      "two lines of Sec-WebSocket-Version",
      request({
        "Sec-WebSocket-Version": ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"],
      }),
    ),
    section: "RFC 6455 §4.2.1, §11.3.5",
    judgement: refused(400, 426),
  },
]);

const key = (title: string, value: string): Pick<Case, "title" | "opening"> =>
  headed(title, request({ "Sec-WebSocket-Key": `Sec-WebSocket-Key: ${value}` }));

/** A server need not decode the key (§4.2.2), so it may take a wrong one. */
const keys = part("11.8", {
  ...COMMON,
  section: "RFC 6455 §4.2.1, §4.2.2",
  steps: [send(text("Hello"))],
  judgement: SHOULD_REFUSE,
}, [
  { ...key("an empty key", ""), judgement: refused(400) },
  key("a key of 15 bytes", "AAAAAAAAAAAAAAAAAAAA"),
  key("a key of 17 bytes", "AAAAAAAAAAAAAAAAAAAAAAA="),
  key("a key of 1 byte", "AA=="),
  key("a key that is no Base64", "this is no base 64 !!!=="),
  key("a key in the Base64 of URLs", "__________________8A__"),
  key("a key without its padding", "dGhlIHNhbXBsZSBub25jZQ"),
  {
    ...headed(
      "two lines of Sec-WebSocket-Key",
      request({
        "Sec-WebSocket-Key": [
          "Sec-WebSocket-Key: {key}",
          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        ],
      }),
    ),
    section: "RFC 6455 §4.2.1, §11.3.1",
    judgement: refused(400),
  },
]);

const lines = part("11.9", {
  ...COMMON,
  section: "RFC 6455 §4.2.1",
  judgement: refused(400, 405, 501, 505),
}, [
  ...["POST", "PUT", "HEAD", "OPTIONS", "DELETE"].map((method) => ({
    ...headed(`the method ${method}`, request({ line: `${method} {path} HTTP/1.1` })),
    judgement: NOT_ACCEPTED,
  })),
  {
    ...headed("HTTP/1.0", request({ line: "GET {path} HTTP/1.0" })),
    section: "RFC 9110 §7.8",
    judgement: NOT_ACCEPTED,
  },
  { ...headed("HTTP/0.9", request({ line: "GET {path} HTTP/0.9" })), judgement: refused(400, 505) },
  headed("http/1.1 in small letters", request({ line: "GET {path} http/1.1" })),
  headed("no version of HTTP", request({ line: "GET {path}" })),
  {
    ...headed("two blanks in the first line", request({ line: "GET {path}  HTTP/1.1" })),
    section: "RFC 9112 §3",
    judgement: EITHER,
  },
  {
    ...headed("get in small letters", request({ line: "get {path} HTTP/1.1" })),
    section: "RFC 9110 §9.1",
  },
]);

/** Of folded fields and NULs a server may make blanks (RFC 9112 §5.2, RFC 9110 §5.5). */
const broken = part("11.10", { ...COMMON, section: "RFC 9112 §2.2", judgement: refused(400) }, [
  {
    ...headed("a blank before a colon", request({ Upgrade: "Upgrade : websocket" })),
    section: "RFC 9112 §5.1",
  },
  {
    ...headed("a field without a colon", request({}, "X-Unknown")),
    judgement: SHOULD_REFUSE,
  },
  {
    ...headed("a field without a name", request({}, ": 1")),
    judgement: SHOULD_REFUSE,
  },
  {
    ...headed("a blank in the name of a field", request({}, "X Unknown: 1")),
    judgement: SHOULD_REFUSE,
  },
  {
    ...headed("a folded field", request({}, "X-Unknown: 1", " 2")),
    section: "RFC 9112 §5.2",
    judgement: EITHER,
  },
  {
    ...headed("two lines of Host", request({ Host: ["Host: {host}", "Host: other.example"] })),
    section: "RFC 9112 §3.2",
  },
  {
    ...headed("a Host that is none", request({ Host: "Host: a b" })),
    section: "RFC 9112 §3.2",
  },
  {
    ...headed("a NUL in a field", request({}, "X-Unknown: a\0b")),
    section: "RFC 9110 §5.5",
    judgement: EITHER,
  },
]);

/** A body of a GET means nothing, and who does not know it may take it for frames. */
const BODY: Judgement = { ...EITHER, may: "anything" };

const bodies = part("11.11", { ...COMMON, section: "RFC 9110 §9.3.1", judgement: BODY }, [
  { ...headed("Content-Length: 0", request({}, "Content-Length: 0")) },
  {
    title: "a body of 5 bytes",
    opening: { head: request({}, "Content-Length: 5"), body: "Hello" },
  },
  {
    title: "a body in chunks",
    opening: {
      head: request({}, "Transfer-Encoding: chunked"),
      body: "5\r\nHello\r\n0\r\n\r\n",
    },
  },
]);

/** Requests. */
export const requests: Group = {
  id: "11",
  title: "Requests",
  cases: [
    ...[...spelling, ...lists, ...more, ...delivered, ...length, ...missing, ...versions, ...keys],
    ...[...lines, ...broken, ...bodies],
  ],
};
