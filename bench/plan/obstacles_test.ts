import { deepEqual, equal, match, throws } from "node:assert/strict";
import type { LeftOut } from "../../measure/model/result.ts";
import { servers } from "../../servers/mod.ts";
import { planRun } from "./options.ts";

const own = { name: "mine", url: "ws://127.0.0.1:9000/chat" };

Deno.test("obstacleTo() leaves out what sends to everybody for a server with one path", () => {
  const { leftOut, trials } = planRun({
    servers: ["native", own],
    scenarios: ["latency", "fanout"],
  });
  deepEqual(leftOut.map(({ id, title }) => [id, title]), [["mine", "mine in 6 cases"]]);
  match(
    leftOut[0]!.reason,
    /^fanout needs a path that sends to others, as \/broadcast does, .* one path, \/chat/,
  );
  equal(
    trials.some(({ server, scenario }) => server.id === "mine" && scenario.id === "fanout"),
    false,
  );
  equal(
    trials.some(({ server, scenario }) => server.id === "mine" && scenario.id === "latency"),
    true,
  );
});

Deno.test("obstacleTo() leaves out rooms for a server whose path and protocol know no groups", () => {
  const scenarios = ["latency", "rooms"];
  const refused = [
    { name: "mine", url: "ws://127.0.0.1:9000/chat" },
    { name: "mine", url: "ws://127.0.0.1:9000/chat", protocol: "json-rpc" },
  ];
  for (const server of refused) {
    const [{ title, reason }] = planRun({ servers: [server], scenarios }).leftOut as [LeftOut];
    equal(title, "mine in 6 cases");
    match(
      reason,
      /^rooms needs a path that sends to others, as \/room\/\{group\} does, .*, \/chat/,
    );
  }
  const able = [
    { name: "mine", url: "ws://127.0.0.1:9000/chat/{group}" },
    { name: "mine", url: "ws://127.0.0.1:9000/chat", protocol: "mqtt" },
  ];
  for (const server of able) deepEqual(planRun({ servers: [server], scenarios }).leftOut, []);
});

Deno.test("obstacleTo() lets everybody run what needs nothing", () => {
  deepEqual(planRun({ servers: ["native", "socketio"], scenarios: ["fanout"] }).leftOut, []);
  deepEqual(planRun({ servers: [own], scenarios: ["burst"] }).leftOut, []);
});

Deno.test("obstacleTo() leaves out compressed cases of a server that does not compress", () => {
  const { leftOut, trials } = planRun({
    servers: ["native", "ws"],
    scenarios: ["latency"],
    matrix: ["deflate"],
  });
  deepEqual(leftOut, [{
    id: "native",
    title: "Deno.serve in 2 cases",
    reason: "no compression, as Deno.upgradeWebSocket knows no extension",
    cases: ["no-takeover", "takeover"].map((mode) => ({
      scenario: "latency",
      case: `connections=1,inFlight=1,size=64,deflate=${mode}`,
    })),
  }]);
  const compressed = trials.filter((trial) => trial.case.parameters.deflate !== undefined);
  deepEqual(new Set(compressed.map(({ server }) => server.id)), new Set(["ws"]));
});

Deno.test("obstacleTo() leaves out the one way of compression that a server does not have", () => {
  const options = { servers: ["tornado"], scenarios: ["latency"], matrix: ["deflate"] };
  const { leftOut, trials } = planRun(options, () => undefined);
  deepEqual(leftOut.map(({ title, reason }) => [title, reason]), [[
    "Tornado in 1 case",
    "no compression without takeover, as it reads no parameter of an offer that has no value",
  ]]);
  deepEqual(
    new Set(trials.map((trial) => trial.case.parameters.deflate)),
    new Set([undefined, "takeover"]),
  );
});

Deno.test("obstacleTo() knows that a URL says whether there is TLS, and that a command has none", () => {
  const secure = { name: "secure", url: "wss://127.0.0.1:9000/chat" };
  const command = { name: "command", command: "program {port}" };
  const { leftOut } = planRun({
    servers: ["ws", own, secure, command],
    scenarios: ["latency"],
    overrides: { tls: "on" },
    clients: ["websocket"],
  });
  deepEqual(leftOut.map(({ id, reason }) => [id, reason]), [
    ["mine", "no TLS, as its URL begins with ws:"],
    [
      "command",
      "no TLS, as a command knows nothing of the certificate: start it yourself, and give its wss: URL",
    ],
  ]);
});

Deno.test("casesLeftOut() refuses a run with no case left", () => {
  throws(() => planRun({ servers: [own], scenarios: ["fanout"] }), {
    name: "UsageError",
    message: /^No case can run\. mine: fanout needs a path that sends to others/,
  });
  throws(() => planRun({ servers: ["native"], overrides: { deflate: "takeover" } }), {
    name: "UsageError",
    message:
      "No case can run. Deno.serve: no compression, as Deno.upgradeWebSocket knows no extension",
  });
});

Deno.test("every server of the list that lacks something says why", () => {
  for (const { lacks = {} } of servers) {
    for (const reason of Object.values(lacks)) match(reason, /^\S.*[^.]$/);
  }
});

Deno.test("obstacleTo() does not take a wss: URL for a plain connection next to cases over TLS", () => {
  const secure = { name: "secure", url: "wss://127.0.0.1:9000/chat" };
  const what = { servers: ["ws", secure], scenarios: ["latency"] };
  const { leftOut, trials } = planRun({ ...what, matrix: ["tls"] });
  deepEqual(leftOut.map(({ id, reason }) => [id, reason]), [
    ["secure", "no connection without TLS, as its URL begins with wss:"],
  ]);
  const own = trials.filter(({ server }) => server.id === "secure");
  deepEqual(new Set(own.map((trial) => trial.case.parameters.tls)), new Set(["on"]));
  deepEqual(planRun(what).leftOut, [], "it is measured as it is if there is nothing next to it");
});

Deno.test("planRun() drives a wss: URL with the wire client over tcp", () => {
  const secure = { name: "secure", url: "wss://127.0.0.1:9000/chat" };
  const { contenders, settings } = planRun({ servers: [secure], scenarios: ["latency"] });
  deepEqual([contenders[0]!.client, settings.engine.id], ["wire", "tcp"]);
});
