import { deepEqual, equal, match } from "node:assert/strict";
import { document } from "./behaviours.ts";
import { type Session, Sessions } from "./sessions.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A connection, and what it was sent. */
function connect(
  sessions: Sessions<Bytes>,
  ...[behaviour, path]: ["/echo" | "/tag" | "/json" | "/broadcast" | "/push", string?]
): Session<Bytes> & { readonly sent: unknown[][] } {
  const sent: unknown[][] = [];
  const session = sessions.begin(
    { behaviour, path: path ?? behaviour },
    (...message) => void sent.push(message),
  );
  return { ...session, sent };
}

const bytes = new TextEncoder().encode("größe");

Deno.test("Sessions: /echo returns a message as it came", () => {
  const { received, sent } = connect(new Sessions(), "/echo");
  received("text");
  received(bytes, false);
  deepEqual(sent, [["text"], [bytes, false]]);
});

Deno.test("Sessions: /tag and /json answer with text", () => {
  const sessions = new Sessions<Bytes>();
  const tagged = connect(sessions, "/tag");
  tagged.received(bytes, true);
  match(String(tagged.sent[0]), /^größe - \d{1,3}$/);
  const json = connect(sessions, "/json");
  json.received(bytes);
  deepEqual(json.sent, [[document]]);
});

Deno.test("Sessions: /broadcast sends to all at the path that are still there", () => {
  const sessions = new Sessions<Bytes>();
  const [first, second, other] = ["/room/1", "/room/1", "/room/2"]
    .map((path) => connect(sessions, "/broadcast", path)) as [
      ReturnType<typeof connect>,
      ReturnType<typeof connect>,
      ReturnType<typeof connect>,
    ];
  first.received(bytes, true);
  second.closed();
  first.received("left");
  deepEqual(first.sent, [[bytes, true], ["left", undefined]]);
  deepEqual(second.sent, [[bytes, true]]);
  deepEqual(other.sent, []);
});

Deno.test("Sessions: /push sends by itself until the connection is closed", () => {
  const { closed, sent } = connect(new Sessions(), "/push", "/push/1/64");
  equal(JSON.parse(String(sent[0])).sequence, 0);
  closed();
});
