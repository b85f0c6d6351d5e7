import assert from "node:assert/strict";
import { withOptionsForWords } from "./server_words.ts";

for (
  const [typed, read] of [
    [["ws://localhost:3000/chat"], ["--url", "mine=ws://localhost:3000/chat"]],
    [["WSS://a/?x=1", "--rounds", "5"], ["--url", "mine=WSS://a/?x=1", "--rounds", "5"]],
    [["node server.js {port}"], ["--command", "mine=node server.js {port}"]],
    [["a=node server.js {port}"], ["--command", "a=node server.js {port}"]],
    [["old=ws://a", "new=ws://b"], ["--url", "old=ws://a", "--url", "new=ws://b"]],
    [["ws://a", "go run . {port}"], ["--url", "mine=ws://a", "--command", "mine2=go run . {port}"]],
    [["--url", "ws://a"], ["--url", "ws://a"]],
    [["--rounds", "5", "ws://a"], ["--rounds", "5", "ws://a"]],
    [["results/a"], ["results/a"]],
    [["http://a"], ["--url", "mine=http://a"]],
    [["node server.js"], ["node server.js"]],
    [[], []],
  ] as const
) {
  Deno.test(`withOptionsForWords() reads ${JSON.stringify(typed)}`, () => {
    assert.deepEqual(withOptionsForWords(typed), read);
  });
}
