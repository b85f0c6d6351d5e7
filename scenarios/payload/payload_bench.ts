import { json, numbered, type Payload, tagged } from "./payload.ts";

/** Messages for each iteration, so that the clock's own cost does not count: divide by it. */
const MESSAGES = 64;
const CONNECTION = 17;
/** As a client in the middle of a trial. */
const FIRST = 123_456;

const encoder = new TextEncoder();

const payloads: Record<string, { payload: Payload; suffix?: string }> = {
  "json(64)": { payload: json(64) },
  "json(16384)": { payload: json(16384) },
  "numbered(16)": { payload: numbered(16) },
  'tagged("benchmark ")': { payload: tagged("benchmark "), suffix: " - 417" },
};

/** The right replies to messages one after another, and where each ends. */
function replies(payload: Payload, suffix: Uint8Array): { bytes: Uint8Array; ends: number[] } {
  const bytes = new Uint8Array(MESSAGES * (payload.size + suffix.length));
  const ends: number[] = [];
  let at = 0;
  for (let count = 0; count < MESSAGES; count++) {
    at = payload.write(bytes, at, CONNECTION, FIRST + count);
    bytes.set(suffix, at);
    at += suffix.length;
    ends.push(at);
  }
  return { bytes, ends };
}

for (const [name, { payload, suffix = "" }] of Object.entries(payloads)) {
  const group = `${MESSAGES} messages of ${name}`;
  const target = new Uint8Array(payload.size);
  const { bytes, ends } = replies(payload, encoder.encode(suffix));

  Deno.bench(`write(): ${name}`, { group }, () => {
    for (let count = 0; count < MESSAGES; count++) {
      payload.write(target, 0, CONNECTION, FIRST + count);
    }
  });

  Deno.bench(`check(): ${name}`, { group }, () => {
    let start = 0;
    for (let count = 0; count < MESSAGES; count++) {
      const end = ends[count]!;
      const answered = payload.check(bytes, start, end, CONNECTION, FIRST + count);
      if (answered !== FIRST + count) throw new Error(`A right reply was not taken: ${answered}`);
      start = end;
    }
  });
}
