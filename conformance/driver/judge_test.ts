import assert from "node:assert/strict";
import type { Case, Judgement, Verdict } from "../types.ts";
import { bytesOf } from "./bytes.ts";
import { breaksIntegrity, judge } from "./judge.ts";
import type { Transcript } from "./transcript.ts";

const caseOf = (judgement: Judgement): Case => ({
  ...{ id: "1.1.1", title: "text", section: "RFC 6455 §5", steps: [] },
  judgement,
});

const came = (texts: readonly string[], rest: Partial<Transcript> = {}): Transcript => ({
  frames: [],
  answers: texts.map((text) => ({ kind: "text", payload: bytesOf(text) })),
  ...rest,
});

const closed = (code: number): Partial<Transcript> => ({
  close: { code, reason: "" },
  end: "ended",
  isEarly: false,
});

const FAILS: Judgement = {
  should: [{ ending: { is: "closed", codes: [1002] } }],
  must: [{ ending: { is: "closed" } }, { ending: { is: "dropped" } }],
};
const OPEN: Judgement = { must: [{ answers: [{ text: "a" }], ending: { is: "open" } }] };
const ANY_ORDER: Judgement = {
  must: [{ answers: [{ text: "a" }, { text: "b" }], anyOrder: true, ending: { is: "open" } }],
};

const LAST: Judgement = {
  must: [{ answers: [{ text: "a" }, { text: "b" }], mayLack: true, ending: { is: "open" } }],
};
const REFUSED: Judgement = {
  should: [{
    ending: { is: "refused", statuses: [426], field: ["sec-websocket-version", "13"] },
  }],
  must: [{ ending: { is: "refused" } }],
};
const refusal = (status: number, version: string): Partial<Transcript> => ({
  refusal: { status, fields: new Map([["sec-websocket-version", [version]]]) },
});

for (
  const [what, judgement, transcript, expected] of [
    ["what should come", FAILS, came([], closed(1002)), "ok"],
    ["another code", FAILS, came([], closed(1000)), "non-strict"],
    ["a code that must not be sent", FAILS, came([], closed(1006)), "failed"],
    ["the end alone", FAILS, came([], { end: "reset" }), "non-strict"],
    ["nothing", FAILS, came([]), "failed"],
    ["an answer in place of a close", FAILS, came(["a"], closed(1002)), "failed"],
    ["an answer", OPEN, came(["a"]), "ok"],
    ["no answer", OPEN, came([]), "failed"],
    ["another answer", OPEN, came(["b"]), "failed"],
    ["an answer twice", OPEN, came(["a", "a"]), "failed"],
    ["an answer, then a close", OPEN, came(["a"], closed(1000)), "failed"],
    [
      "an answer to the suite's own close",
      OPEN,
      came(["a"], { ...closed(1000), isFarewell: true }),
      "ok",
    ],
    [
      "a failure while the suite closes",
      OPEN,
      came(["a"], { ...closed(1002), isFarewell: true }),
      "failed",
    ],
    ["what the protocol forbids", OPEN, came(["a"], { violation: "RSV1" }), "failed"],
    ["no connection", OPEN, came(["a"], { notOpened: "refused" }), "failed"],
    ["any order", ANY_ORDER, came(["b", "a"]), "ok"],
    ["one twice in any order", ANY_ORDER, came(["b", "b"]), "failed"],
    ["one of any order", ANY_ORDER, came(["b"]), "failed"],
    ["the last one alone", LAST, came(["b"]), "ok"],
    ["the last one first", LAST, came(["b", "a"]), "failed"],
    ["all but the last one", LAST, came(["a"]), "failed"],
    ["a refusal as it should be", REFUSED, came([], refusal(426, "8, 13")), "ok"],
    ["a refusal without the field", REFUSED, came([], refusal(426, "8")), "non-strict"],
    ["a refusal with another status", REFUSED, came([], refusal(400, "13")), "non-strict"],
    ["an open connection in place of a refusal", REFUSED, came([]), "failed"],
    ["a refusal in place of an open connection", OPEN, came([], refusal(400, "")), "failed"],
    [
      "no extension",
      { ...OPEN, lacks: [{ ending: { is: "declined" } }] },
      came([], { isDeclined: true }),
      "unimplemented",
    ],
    [
      "some of the answers",
      { must: [{ answers: [{ text: "a" }], atLeast: 0, ending: { is: "dropped" } }] },
      came([], { end: "ended" }),
      "ok",
    ],
    [
      "a limit",
      { ...OPEN, lacks: [{ ending: { is: "closed" } }] },
      came([], closed(1009)),
      "unimplemented",
    ],
    ["what is left open", { ...OPEN, may: "anything" }, came(["z"]), "informational"],
    [
      "one of what may come",
      { ...FAILS, may: [{ ending: { is: "open" } }] },
      came([]),
      "informational",
    ],
    [
      "a late close",
      { must: [{ ending: { is: "closed", isEarly: true } }] },
      came([], closed(1007)),
      "failed",
    ],
    [
      "an early close",
      { must: [{ ending: { is: "closed", isEarly: true } }] },
      came([], { ...closed(1007), isEarly: true }),
      "ok",
    ],
    [
      "a close without an end",
      { must: [{ ending: { is: "closed", isEnded: true } }] },
      came([], { close: { code: 1000, reason: "" } }),
      "failed",
    ],
    [
      "another reason",
      { must: [{ ending: { is: "closed", reason: "bye" } }] },
      came([], closed(1000)),
      "failed",
    ],
  ] as const satisfies readonly (readonly [string, Judgement, Transcript, Verdict])[]
) {
  Deno.test(`judge() calls ${what} ${expected}`, () => {
    assert.equal(judge(caseOf(judgement), transcript), expected);
  });
}

Deno.test("judge() tells a message of one type from one of another", () => {
  const transcript: Transcript = {
    frames: [],
    answers: [{ kind: "binary", payload: bytesOf("a") }],
  };
  assert.equal(judge(caseOf(OPEN), transcript), "failed");
});

Deno.test("breaksIntegrity() is for messages and frames that must not come; pongs and what is missing are none", () => {
  const one: Case = { ...caseOf(OPEN), integrity: "changes what it is sent" };
  const pong = { kind: "pong", payload: bytesOf("b") } as const;
  assert.equal(breaksIntegrity(one, came(["b"])), true);
  assert.equal(breaksIntegrity(one, came(["a"], { violation: "RSV1" })), true);
  assert.equal(breaksIntegrity(one, came([])), false);
  assert.equal(breaksIntegrity(one, { ...came([]), answers: [pong] }), false);
  assert.equal(breaksIntegrity(one, came(["b"], { notOpened: "refused" })), false);
  assert.equal(breaksIntegrity(one, came([], { violation: "key", isNotBegun: true })), false);
  const closed = { violation: "1006", close: { code: 1006, reason: "" } };
  assert.equal(breaksIntegrity(one, came([], closed)), false);
  assert.equal(breaksIntegrity(one, came([], { ...closed, hasGoneOn: true })), true);
  assert.equal(breaksIntegrity(caseOf(OPEN), came(["b"])), false);
});
