import assert from "node:assert/strict";
import { DEFLATE_OFFERS, readDeflateAnswer } from "./deflate_offer.ts";
import { HandshakeError } from "./head.ts";

Deno.test("DEFLATE_OFFERS ask for both sides to forget, or for nothing but compression", () => {
  assert.equal(DEFLATE_OFFERS["takeover"], "permessage-deflate");
  assert.equal(
    DEFLATE_OFFERS["no-takeover"],
    "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
  );
});

const plain = { serverTakeover: true, serverWindowBits: 15 };

for (
  const [answer, agreed] of [
    ["permessage-deflate", plain],
    [" permessage-deflate\t", plain],
    ["permessage-deflate; client_no_context_takeover", plain],
    ["permessage-deflate;server_max_window_bits=8", { ...plain, serverWindowBits: 8 }],
    ['permessage-deflate ; server_max_window_bits = "10"', { ...plain, serverWindowBits: 10 }],
    ["permessage-deflate; server_no_context_takeover", { ...plain, serverTakeover: false }],
    [
      "permessage-deflate; server_no_context_takeover; server_max_window_bits=15; client_no_context_takeover",
      { ...plain, serverTakeover: false },
    ],
  ] as const
) {
  Deno.test(`readDeflateAnswer() of ${JSON.stringify(answer)}`, () => {
    assert.deepEqual(readDeflateAnswer([answer], "takeover"), agreed);
    if (!agreed.serverTakeover) {
      assert.deepEqual(readDeflateAnswer([answer], "no-takeover"), agreed);
    }
  });
}

const START = "permessage-deflate; ";

for (
  const [answer, says] of [
    ["", /^The server did not agree to compress$/],
    ["permessage-bzip2", /extension that was not offered: received "permessage-bzip2"$/],
    ["Permessage-Deflate", /extension that was not offered/],
    ["permessage-deflate=1", /extension that was not offered/],
    ["permessage-deflate, permessage-deflate", /to more than was offered/],
    ["permessage-deflate, foo", /to more than was offered/],
    [`${START}server_max_window_bits`, /with the parameter "server_max_window_bits", which it/],
    [`${START}server_max_window_bits=7`, /"server_max_window_bits=7"/],
    [`${START}server_max_window_bits=16`, /"server_max_window_bits=16"/],
    [`${START}server_max_window_bits=08`, /"server_max_window_bits=08"/],
    [`${START}server_max_window_bits=1e1`, /"server_max_window_bits=1e1"/],
    [`${START}client_max_window_bits=15`, /"client_max_window_bits=15"/],
    [`${START}client_max_window_bits`, /"client_max_window_bits"/],
    [`${START}server_no_context_takeover=true`, /"server_no_context_takeover=true"/],
    [`${START}client_no_context_takeover=1`, /"client_no_context_takeover=1"/],
    [`${START}unknown`, /"unknown"/],
    [`${START}toString`, /"toString"/],
    [`${START}server_no_context_takeover; server_no_context_takeover`, /" twice: received/],
    [`${START}server_max_window_bits=9; server_max_window_bits=9`, /" twice: received/],
    ["permessage-deflate;", /no list of extensions/],
    ["permessage-deflate; a=", /no list of extensions/],
    ['permessage-deflate; a="b', /no list of extensions/],
    ["permessage-deflate; a b", /no list of extensions/],
    [";", /no list of extensions/],
    [", permessage-deflate", /no list of extensions/],
  ] as const
) {
  Deno.test(`readDeflateAnswer() refuses ${JSON.stringify(answer)}`, () => {
    assert.throws(() => readDeflateAnswer([answer], "takeover"), (error) => {
      assert.ok(error instanceof HandshakeError);
      assert.equal(error.kind, "extension");
      assert.match(error.message, says);
      return true;
    });
  });
}

Deno.test("readDeflateAnswer() refuses takeover if it was to be left out", () => {
  for (const answer of ["permessage-deflate", `${START}client_no_context_takeover`]) {
    assert.throws(() => readDeflateAnswer([answer], "no-takeover"), {
      name: "HandshakeError",
      message: `The server agreed with takeover of its context, which was to be left out: ` +
        `received ${JSON.stringify(answer)}`,
    });
  }
});

Deno.test("readDeflateAnswer() refuses no field, and two of them", () => {
  assert.throws(() => readDeflateAnswer([], "takeover"), {
    message: "The server did not agree to compress",
  });
  assert.throws(() => readDeflateAnswer(["permessage-deflate", "permessage-deflate"], "takeover"), {
    kind: "extension",
  });
});
