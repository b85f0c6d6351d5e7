import assert from "node:assert/strict";
import { answerTo, checkDeflateAnswer, readExtensions } from "./deflate_answer.ts";

const NAME = "permessage-deflate";

for (
  const [offers, answer, agreed] of [
    [NAME, NAME, { clientTakeover: true, serverTakeover: true, serverWindowBits: 15 }],
    [NAME, `${NAME}; server_no_context_takeover`, {
      clientTakeover: true,
      serverTakeover: false,
      serverWindowBits: 15,
    }],
    [
      NAME,
      `${NAME}; client_no_context_takeover`,
      { clientTakeover: false, serverTakeover: true, serverWindowBits: 15 },
    ],
    [
      `${NAME}; server_max_window_bits=10`,
      `${NAME}; server_max_window_bits="9"`,
      { clientTakeover: true, serverTakeover: true, serverWindowBits: 9 },
    ],
    [
      `x-other, ${NAME}; client_max_window_bits`,
      `${NAME}; client_max_window_bits=9`,
      { clientTakeover: true, serverTakeover: true, serverWindowBits: 15 },
    ],
  ] as const
) {
  Deno.test(`checkDeflateAnswer() agrees to '${answer}' for '${offers}'`, () => {
    assert.deepEqual(checkDeflateAnswer(offers, [answer]), agreed);
  });
}

for (
  const [offers, answer, reason] of [
    [NAME, `${NAME}; client_max_window_bits=9`, /a window of the client, which was not offered/],
    [NAME, `${NAME}, ${NAME}`, /to more than was offered/],
    [NAME, "x-other", /to more than was offered/],
    [NAME, `${NAME}; server_max_window_bits=16`, /"server_max_window_bits=16", which is none/],
    [NAME, `${NAME}; other`, /the parameter "other", which is none/],
    [`${NAME}; server_no_context_takeover`, NAME, /with takeover of its context/],
    [`${NAME}; server_max_window_bits=10`, NAME, /with a larger window than was offered/],
    [`${NAME}; client_max_window_bits=10`, `${NAME}; client_max_window_bits=11`, /larger window/],
    [`${NAME}; server_max_window_bits=7`, NAME, /to an offer that is none/],
    [NAME, `${NAME};`, /in what is no list of extensions/],
  ] as const
) {
  Deno.test(`checkDeflateAnswer() does not agree to '${answer}' for '${offers}'`, () => {
    assert.throws(() => checkDeflateAnswer(offers, [answer]), { message: reason });
  });
}

Deno.test("checkDeflateAnswer() finds no extension in an answer without one", () => {
  assert.equal(checkDeflateAnswer(NAME, []), undefined);
  assert.equal(checkDeflateAnswer(NAME, [" "]), undefined);
});

Deno.test("readExtensions() refuses what is no list", () => {
  for (const value of ["", "a;", "a=1", "a; b=", "a b", 'a; b="1', "a; b; b"]) {
    assert.equal(readExtensions(value), undefined, value);
  }
});

Deno.test("answerTo() answers the first offer that is one, with no more than it asks for", () => {
  assert.equal(answerTo("x-other"), undefined);
  assert.equal(answerTo(`${NAME}; other, ${NAME}; client_max_window_bits`), NAME);
  assert.equal(
    answerTo(`${NAME}; server_no_context_takeover; server_max_window_bits=9`),
    `${NAME}; server_no_context_takeover; server_max_window_bits=9`,
  );
});
