import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { foreignServer } from "../plan/own_servers/custom_server.ts";
import type { ForeignServer } from "../plan/run_options.ts";
import { type Guard, guardedServer, type Refusal } from "../testing/guarded_server.ts";
import { reach, targetOf } from "./reach.ts";

const signal = new AbortController().signal;

/** Redirects each path to the next one of a list. */
const leads = (...path: string[]): Guard => ({
  refuses({ url = "" }: IncomingMessage): Refusal | undefined {
    const next = path[path.indexOf(url) + 1];
    if (next === undefined) return undefined;
    return { status: "302 Found", fields: [`Location: ${next}`] };
  },
});

/** Where a server is reached in the end, or why it is not. */
async function reached(
  origin: string,
  options: Partial<ForeignServer>,
  follows = true,
): Promise<string> {
  const entry = foreignServer({ name: "mine", url: `${origin}/a`, ...options });
  const { target, answer, isRedirected } = await reach(targetOf(entry), follows, signal);
  return answer.isAccepted ? `${isRedirected} ${target.url} ${target.path}` : answer.reason;
}

Deno.test("reach() follows redirects on request, and names where they lead otherwise", async () => {
  await using server = await guardedServer(leads("/a", "/b?c=d", "/e"));
  const { origin } = server;
  assert.equal(await reached(origin, {}, false), "The server answered 302 Found to /b?c=d");
  assert.equal(await reached(origin, {}), `true ${origin}/ /e`);
  assert.equal(await reached(origin, { url: `${origin}/e` }), `false ${origin}/ /e`);
});

Deno.test("reach() keeps the credentials on the way to another path of the server", async () => {
  await using server = await guardedServer(leads("/a", "/e"));
  const url = `${server.origin.replace("//", "//user:pw@")}/a`;
  const where = await reached(server.origin, { url, headers: { Cookie: "sid=42" } });
  assert.equal(where, `true ${url.replace("/a", "/")} /e`);
  for (const { headers } of server.requests) {
    assert.equal(headers.authorization, `Basic ${btoa("user:pw")}`);
    assert.equal(headers.cookie, "sid=42");
  }
});

Deno.test("reach() follows a redirect to another server, but takes no credentials there", async () => {
  await using other = await guardedServer();
  await using server = await guardedServer(leads("/a", `${other.origin.replace("ws", "http")}/x`));
  const { origin } = server;
  assert.equal(await reached(origin, { headers: { Origin: "a" } }), `true ${other.origin}/ /x`);
  const refused =
    `it redirects to another server, at ${other.origin}, and the credentials are for this one`;
  assert.equal(await reached(origin, { headers: { Cookie: "sid=42" } }), refused);
  const url = `${origin.replace("//", "//user@")}/a`;
  assert.equal(await reached(origin, { url }), refused);
  assert.equal(other.requests.length, 1);
});

Deno.test("reach() ends where redirects go round in circles, or lead to no server", async () => {
  await using circle = await guardedServer({
    refuses: () => ({ status: "301 Moved", fields: ["Location: /a"] }),
  });
  assert.equal(await reached(circle.origin, {}), "more than 5 redirects, the last one to /a");
  assert.equal(circle.requests.length, 6);
  await using secure = await guardedServer(leads("/a", "https://127.0.0.1:1/"));
  assert.equal(
    await reached(secure.origin, {}),
    "it redirects to wss://127.0.0.1:1: give its URL as wss:",
  );
  await using mail = await guardedServer(leads("/a", "mailto:a@b.example"));
  assert.equal(await reached(mail.origin, {}), "it redirects to mailto:a@b.example");
});

Deno.test("targetOf() fills what the environment says into URL, path and headers", () => {
  const found = Deno.env.get("PATH")!;
  const encoded = encodeURIComponent(found);
  const entry = foreignServer({
    name: "mine",
    url: "ws://user:{env.PATH}@host/{connection}?token={env.PATH}",
    headers: { Cookie: "sid={env.PATH}; c={connection}" },
  });
  assert.deepEqual(targetOf(entry), {
    url: `ws://user:${encoded}@host/`,
    path: `/{connection}?token=${encoded}`,
    protocol: "websocket",
    connect: { headers: [["Cookie", `sid=${found}; c={connection}`]] },
  });
  const lacking = foreignServer({ name: "mine", url: "ws://host/?token={env.WSMARK_NEVER_SET}" });
  assert.throws(() => targetOf(lacking), {
    name: "UsageError",
    message:
      "The path of mine has {env.WSMARK_NEVER_SET}, and the environment has no variable WSMARK_NEVER_SET: set it",
  });
});
