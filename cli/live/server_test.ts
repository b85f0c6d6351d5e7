import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { inFolder } from "../../bench/testing/folder.ts";
import { until } from "../../checks/testing/until.ts";
import { type LivePage, type LiveServer, startLiveServer } from "./server.ts";

/** A page whose state is a number; it ends with the number that is passed. */
function counter(last: number): LivePage<number> & { now: number; made: number } {
  return {
    html: "<!doctype html><title>counter</title>",
    policy: "default-src 'none'",
    now: 1,
    made: 0,
    hasNews(seen) {
      return seen !== this.now;
    },
    news() {
      this.made++;
      return { text: String(this.now), seen: this.now, isLast: this.now === last };
    },
    report: () => undefined,
  };
}

async function get(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port, pathname } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({ host: `${hostname}:${port}`, connection: "close", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  await connection.write(
    new TextEncoder().encode(`${method} ${pathname} HTTP/1.1\r\n${lines.join("")}\r\n`),
  );
  const text = await new Response(connection.readable).text();
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head: head.toLowerCase(), body };
}

async function withServer(
  page: LivePage<number>,
  fn: (server: LiveServer) => Promise<void>,
): Promise<void> {
  const server = startLiveServer(page, 0);
  try {
    await fn(server);
  } finally {
    await server.close();
  }
}

Deno.test("startLiveServer() serves its page with its policy, and lets nobody cache it", () =>
  withServer(counter(1), async ({ url }) => {
    const { status, head, body } = await get(url);
    assert.equal(status, 200);
    assert.ok(body.includes("<title>counter</title>"));
    for (
      const header of [
        "content-security-policy: default-src 'none'",
        "cache-control: no-store, no-transform",
        "x-content-type-options: nosniff",
        "content-type: text/html; charset=utf-8",
      ]
    ) assert.ok(head.includes(`\r\n${header}`), header);
    assert.equal((await get(`${url}other`)).status, 404);
  }));

Deno.test("startLiveServer() serves the report as soon as there is one, to be kept", () =>
  inFolder(async (folder) => {
    const path = `${folder}/report.html`;
    let hasReport = false;
    const page = { ...counter(1), report: () => hasReport ? path : undefined };
    await withServer(page as ReturnType<typeof counter>, async ({ url }) => {
      assert.equal((await get(`${url}report.html`)).status, 404);
      hasReport = true;
      assert.equal((await get(`${url}report.html`)).status, 404);
      Deno.writeTextFileSync(path, "<!doctype html>größe");
      const { status, head, body } = await get(`${url}report.html`);
      assert.equal(status, 200);
      assert.match(head, /\r\ncache-control: private, max-age=\d+\r\n/);
      assert.ok(body.includes("größe"));
      const other = { host: "evil.example" };
      assert.equal((await get(`${url}report.html`, other)).status, 403);
    });
  }));

Deno.test("startLiveServer() refuses other hosts, other origins, and what would change it", () =>
  withServer(counter(1), async ({ url }) => {
    const { port } = new URL(url);
    const statuses = async (headers: Record<string, string>): Promise<number[]> => [
      (await get(url, headers)).status,
      (await get(`${url}events`, headers)).status,
    ];
    assert.deepEqual(await statuses({ host: `localhost:${port}` }), [200, 200]);
    assert.deepEqual(await statuses({ origin: `http://127.0.0.1:${port}` }), [200, 200]);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `[::1]:${port}`]) {
      assert.deepEqual(await statuses({ host }), [403, 403], host);
    }
    for (
      const origin of [
        "http://evil.example",
        "null",
        "http://127.0.0.1",
        `https://127.0.0.1:${port}`,
        `http://127.0.0.1:${port}.evil.example`,
      ]
    ) assert.deepEqual(await statuses({ origin }), [403, 403], origin);
    assert.equal((await get(url, { "content-length": "0" }, "POST")).status, 405);
  }));

Deno.test("startLiveServer() listens on loopback only", () =>
  withServer(counter(1), async ({ url }) => {
    const { hostname, port } = new URL(url);
    assert.equal(hostname, "127.0.0.1");
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) {
      await assert.rejects(Deno.connect({ hostname: address, port: Number(port) }));
    }
  }));

Deno.test("startLiveServer() sends several pages news, each from the present state to the last one", async () => {
  const page = counter(3);
  page.now = 2;
  await withServer(page, async ({ url, changed }) => {
    const pages = [0, 1, 2].map(() => get(`${url}events`));
    await until("all pages", () => page.made === 3);
    page.now = 3;
    changed();
    for (const { head, body } of await Promise.all(pages)) {
      assert.ok(head.includes("content-type: text/event-stream"));
      assert.deepEqual(body.match(/data: \d+/g), ["data: 2", "data: 3"]);
    }
  });
});

Deno.test("startLiveServer() makes no message for a page that takes none", async () => {
  const page = counter(Infinity);
  const text = "x".repeat(1_000_000);
  const big: LivePage<number> = {
    html: page.html,
    policy: page.policy,
    hasNews: (seen) => page.hasNews(seen),
    news: (seen) => ({ ...page.news(seen), text }),
    report: () => undefined,
  };
  const server = startLiveServer(big, 0);
  const { hostname, port } = new URL(server.url);
  const stuck = await Deno.connect({ hostname, port: Number(port) });
  await stuck.write(
    new TextEncoder().encode(`GET /events HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`),
  );
  for (let turn = 0; turn < 300; turn++) {
    page.now++;
    server.changed();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  // The system buffers some megabytes of a socket; 300 messages are 300 MB.
  assert.ok(page.made < 100, `${page.made} messages were made`);
  // A page that takes nothing does not delay the end of the run either.
  await server.close();
  stuck.close();
});

Deno.test("startLiveServer() takes 32 pages at once, and forgets those that have gone", () =>
  withServer(counter(Infinity), async ({ url }) => {
    const open = async (): Promise<Response> => await fetch(`${url}events`);
    const pages = await Promise.all(Array.from({ length: 32 }, open));
    assert.deepEqual([...new Set(pages.map(({ status }) => status))], [200]);
    const refused = await open();
    assert.equal(refused.status, 503);
    await refused.body!.cancel();
    for (const { body } of pages) await body!.cancel();
    for (let status = 503; status !== 200;) {
      const late = await open();
      status = late.status;
      await late.body!.cancel();
    }
  }));

Deno.test("startLiveServer() sends a page no more than its share", async () => {
  const page = counter(Infinity);
  const server = startLiveServer(page, 60_000);
  const response = await fetch(`${server.url}events`);
  const reader = response.body!.getReader();
  await reader.read();
  for (let turn = 0; turn < 50; turn++) {
    page.now++;
    server.changed();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  assert.equal(page.made, 1);
  await reader.cancel();
  await server.close();
});
