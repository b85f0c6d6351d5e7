import assert from "node:assert/strict";
import { masked, maskedField, maskedWords, withoutSecrets } from "./secrets.ts";

for (
  const [text, expected] of [
    ["ws://user:secret@host/chat", "ws://user:***@host/chat"],
    ["m=wss://user:p:a@ss@host:1/x@y", "m=wss://user:***@host:1/x@y"],
    ["ws://token@host/", "ws://***@host/"],
    ["ws://token:@host/", "ws://***@host/"],
    ["no URL: user:secret@host", "no URL: user:secret@host"],
    [
      "ws://host/?token=abc&a=b&access_token=d&X-Amz-Signature=e",
      [
        "ws://host/?token=***&a=b",
        "access_token=***",
        "X-Amz-Signature=***",
      ].join("&"),
    ],
    ['"ws://host/?apiKey=abc"', '"ws://host/?apiKey=***"'],
    ["--url 'm=ws://h/?token=a' --no-b", "--url 'm=ws://h/?token=***' --no-b"],
    ["'m=ws://h/?token=a'\\''b'", "'m=ws://h/?token=***'"],
    ["--url 'm=ws://h/?token={env.T}' --no-b", undefined],
    ["?key=a&sig=b&auth=c&monkey=d", "?key=***&sig=***&auth=***&monkey=d"],
    ["TOKEN=abc node s.js --port {port}", "TOKEN=*** node s.js --port {port}"],
    ["mine=env DB_PASSWORD='a b' node s.js", "mine=env DB_PASSWORD=*** node s.js"],
    ["node s.js --token abc --api-key=d -x", "node s.js --token *** --api-key=*** -x"],
    ["node s.js --key key.pem --author me --tokens 5", undefined],
    ["node s.js --token --port 1", undefined],
    ["psql postgres://u:p@h/db", "psql postgres://u:***@h/db"],
    ["Authorization: Bearer abc.def", "Authorization: Bearer ***"],
    ["Authorization: Basic dTpw", "Authorization: Basic ***"],
    ["--header 'a=Cookie: sid=42; b=c' -x", "--header 'a=Cookie: ***' -x"],
    ["Proxy-Authorization: Basic dTpw", "Proxy-Authorization: Basic ***"],
    ["ws://u:{env.PW}@host/?token={env.T}&key={random}{connection}", undefined],
    ["ws://u:%7Benv.PW%7D@host/", undefined],
    ["?token=a{env.T}", "?token=***"],
    ["Authorization: Bearer {env.T}", undefined],
    ["Cookie: sid={env.T}; a={connection}", undefined],
  ] as const
) {
  Deno.test(`masked() makes of ${text} ${expected ?? "the same"}`, () => {
    assert.equal(masked(text), expected ?? text);
    assert.equal(masked(expected ?? text), expected ?? text, "what is masked stays so");
  });
}

Deno.test("masked() reports each secret as it was in the text", () => {
  const found: string[] = [];
  masked("ws://u:p%40@h/?token=abc TOKEN='a b'", (secret) => found.push(secret));
  assert.deepEqual(found, ["p%40", "abc", "a b"]);
});

Deno.test("masked() is fast for a long text", () => {
  for (const piece of ["a", "://", "a.", "--a ", "a=", "ws://", "?a=", "@", "token="]) {
    masked(piece.repeat(100_000 / piece.length));
  }
});

Deno.test("maskedWords() masks what follows a flag, and all that is assigned", () => {
  assert.deepEqual(
    maskedWords(["env", "TOKEN=a b", "node", "--secret", "c d", "--password=e f", "--port", "1"]),
    ["env", "TOKEN=***", "node", "--secret", "***", "--password=***", "--port", "1"],
  );
  assert.deepEqual(maskedWords(["x", "--token", "--port"]), ["x", "--token", "--port"]);
});

Deno.test("withoutSecrets() takes the longest out first, and leaves what is too short", () => {
  assert.equal(
    withoutSecrets("secret-longer, secret, a", ["secret", "secret-longer", "a"]),
    [
      "***",
      "***",
      "a",
    ].join(", "),
  );
});

for (
  const [name, value, expected] of [
    ["Cookie", "sid=42", "***"],
    ["cookie", "sid={env.SID}; b={random}", undefined],
    ["Cookie", "sid={env.SID}; b=c", "***"],
    ["Authorization", "Bearer {env.TOKEN}", undefined],
    ["Authorization", "Bearer t", "***"],
    ["Proxy-Authorization", "Basic dTpw", "***"],
    ["X-Api-Key", "k", "***"],
    ["X-Auth-Token", "t", "***"],
    ["Origin", "https://app.example", undefined],
    ["Referer", "https://app.example/?token=t", "https://app.example/?token=***"],
  ] as const
) {
  Deno.test(`maskedField() makes of ${name}: ${value} ${expected ?? "the same"}`, () => {
    assert.equal(maskedField(name, value), expected ?? value);
  });
}
