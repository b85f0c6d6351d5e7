import assert from "node:assert/strict";
import { kindOfGo, kindOfJava, kindOfScript, kindOfSymbol } from "./kinds.ts";

Deno.test("kindOfSymbol() tells kernel, runtime, libraries and the server's own code apart", () => {
  for (
    const [kind, name, place] of [
      ["kernel", "tcp_sendmsg", "[kernel.kallsyms]"],
      ["kernel", "nf_hook", "[nf_conntrack]"],
      ["runtime", "__send", "/usr/lib/x86_64-linux-gnu/libc.so.6"],
      ["runtime", "uv_run", "/usr/bin/node"],
      ["runtime", "[unknown]", "/x/bun.exe"],
      ["library", "SSL_write", "/usr/lib/x86_64-linux-gnu/libssl.so.3"],
      ["runtime", "JS:*onStreamRead node:internal/stream_base_commons:166:22", "/tmp/perf-1.map"],
      ["runtime", "Builtin:ArrayPush", "/tmp/perf-1.map"],
      ["user", "JS:*socket.onmessage file:///app/native.ts:40:24", "/tmp/perf-1.map"],
      ["library", "JS:~send file:///app/node_modules/ws/lib/sender.js:3:1", "/tmp/perf-1.map"],
      ["runtime", "int sun.nio.ch.IOUtil.write(java.io.FileDescriptor, long)", "/tmp/perf-1.map"],
      ["library", "void io.netty.channel.Channel.flush(a.B)", "/tmp/perf-1.map"],
      ["user", "void wsmark.NettyServer$Messages.read(io.netty.X)", "/tmp/perf-1.map"],
      ["runtime", "Interpreter", "/tmp/perf-1.map"],
      ["library", "tokio::runtime::task::raw::poll", "/x/axum"],
      ["user", "<axum::Axum as wsmark_contract::Connection>::write::{{closure}}", "/x/axum"],
      ["library", "<axum::extract::ws::WebSocket as futures_core::Stream>::poll_next", "/x/axum"],
      ["runtime", "core::ops::function::FnOnce::call_once", "/x/axum"],
      ["library", "boost::asio::detail::scheduler::run", "/x/beast"],
      ["user", "(anonymous namespace)::Session<boost::beast::x>::write_frame", "/x/beast"],
      ["user", "wsmark::run", "/x/beast"],
      ["library", "github.com/gorilla/websocket.(*Conn).write", "/x/gorilla"],
      ["runtime", "net/http.(*conn).serve", "/x/gorilla"],
      ["user", "main.serve.func2", "/x/gorilla"],
    ] as const
  ) assert.equal(kindOfSymbol({ name, place }), kind, name);
});

Deno.test("kindOfScript(), kindOfGo() and kindOfJava() go by where the code is from", () => {
  assert.equal(kindOfScript("ext:core/01_core.js"), "runtime");
  assert.equal(kindOfScript(""), "runtime");
  assert.equal(kindOfScript("file:///a/deno/npm/registry.npmjs.org/ws/8.1/lib/x.js"), "library");
  assert.equal(kindOfScript("file:///a/server.ts"), "user");
  assert.equal(kindOfGo("wsmark/servers/go/contract.Converse[go.shape.*uint8]"), "user");
  assert.equal(kindOfGo("golang.org/x/net/websocket.Handler"), "library");
  assert.equal(kindOfGo("runtime.mallocgc"), "runtime");
  assert.equal(kindOfJava("java.lang.Thread.run"), "runtime");
  assert.equal(kindOfJava("Server.main"), "user");
});
