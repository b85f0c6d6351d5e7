import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./junit.ts";
import { textOf } from "./testing/rendered.ts";

Deno.test("render() of junit tells wrong replies, failed trials and assertions apart", () => {
  const xml = textOf(render(RESULT, [{
    assertion: "echo.p99 < 5ms",
    server: "ws",
    scenario: "echo",
    case: "size=16",
    holds: false,
    said: "FAILED <echo>",
  }]));
  assert.match(
    xml,
    /name="echo.p99 &lt; 5ms: ws.echo\[size=16\]"><failure message="FAILED &lt;echo&gt;"/,
  );
  assert.match(xml, /<failure message="Wrong replies: 7 lost, 2 reordered">/);
  assert.match(xml, /<error message="2 of 2 trials failed: the server did not accept/);
  assert.doesNotMatch(textOf(render(RESULT)), /Assertions/);
});

Deno.test("render() of junit skips what was not run, with the reason", () => {
  const leftOut = [{
    id: "ws",
    title: "ws",
    reason: "it has no x",
    cases: [{ scenario: "connect", case: "concurrency=8" }],
  }];
  const trials = RESULT.trials.filter(({ server, scenario }) =>
    server !== "ws" || scenario !== "connect"
  );
  assert.match(
    textOf(render({ ...RESULT, leftOut, trials })),
    /classname="ws.connect"[^>]*><skipped message="it has no x"\/>/,
  );
});

Deno.test("render() of junit fails a server whose measurements cannot be trusted, not one that is not strict", () => {
  const found = { suite: "0123", cases: 9, ok: 7, nonStrict: 0, failed: 2, unimplemented: 0 };
  const of = (integrity: { what: string; cases: string[] }[]) => {
    const conformance = { ...found, informational: 0, integrity };
    const servers = RESULT.servers.map((server) => ({ ...server, conformance }));
    return textOf(render({ ...RESULT, servers }));
  };
  assert.match(of([]), /can be trusted"><system-out>2 of 9 cases failed<\/system-out>/);
  assert.match(
    of([{ what: "changes what it is sent", cases: ["1.1.1"] }]),
    /<failure message="it changes what it is sent \(1\.1\.1\)">2 of 9 cases failed<\/failure>/,
  );
});
