import { doesNotMatch, equal, match } from "node:assert/strict";
import { page } from "./page.ts";

Deno.test("page() names the server and its protocol", () => {
  const { body, headers } = page("socketio", "socket.io");
  match(body, /^<!doctype html>\n<html lang="en" data-protocol="socket\.io">/);
  match(body, /<h1>wsmark: server <span class="server">socketio<\/span><\/h1>/);
  doesNotMatch(body, /WSMARK_/);
  equal(headers["content-type"], "text/html; charset=utf-8");
});

Deno.test("page() shows a name as it is", () => {
  const { body } = page(`$&<img src="x" onerror='alert(1)'>`, "websocket");
  doesNotMatch(body, /<img/);
  match(body, /<title>wsmark: \$&amp;&lt;img src=&quot;x&quot; onerror=&#39;alert\(1\)&#39;&gt;</);
});
