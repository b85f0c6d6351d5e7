import assert from "node:assert/strict";
import { planRun } from "./options.ts";

const own = { name: "mine", url: "ws://127.0.0.1:9000/chat" };

Deno.test("checkServers() refuses a scenario that sends to everybody for a server with one path", () => {
  assert.throws(() => planRun({ servers: ["native", own], scenarios: ["latency", "fanout"] }), {
    name: "UsageError",
    message: 'The server "mine" has one path, /chat, which returns messages to their sender, ' +
      'and the scenario "fanout" needs /broadcast, which sends them to everybody: ' +
      "leave one of the two out",
  });
});

Deno.test("checkServers() lets it go with the servers of the list, and other scenarios with any", () => {
  planRun({ servers: ["native", "socketio"], scenarios: ["fanout"] });
  planRun({ servers: [own], scenarios: ["burst"] });
});
