// Sources: sha256-waVGI4cCIZbZRJI+hiDYVhWEl8/HmIyLap/wEMitO/o=
// deno-lint-ignore-file
/**
 * The page as a text: made by `deno task web`, not by hand.
 *
 * @module
 */

/** What the page may do: run its one script, use its one style sheet, and open WebSockets. */
export const POLICY: string = [
  "default-src 'none'",
  "script-src 'sha256-UhDwcZUAXNLG3SLL105FXnmR4FdD/Rc9Q13o6cLoeuU='",
  "style-src 'sha256-+rDfJoTswpp4i5a4xFWEkoakDpbT1F6fUEEdQJvgfls='",
  "img-src data:",
  "connect-src ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page; WSMARK_SERVER and WSMARK_PROTOCOL stand for the server that serves it. */
export const PAGE: string = `<!doctype html>
<html lang="en" data-protocol="WSMARK_PROTOCOL">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>wsmark: WSMARK_SERVER</title>
    <link rel="icon" href="data:,">
    <style>
:root {
  color-scheme: light;
  --ground: #fff;
  --raised: #f5f6f8;
  --ink: #1b1e24;
  --muted: #5a6170;
  --line: #d8dce3;
  --edge: #848b99;
  --accent: #1f55b5;
  --on-accent: #fff;
  --good: #116b3a;
  --wrong: #b3202c;
  --bar: #0072b2;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #16181d;
    --raised: #1f2229;
    --ink: #e7e9ed;
    --muted: #a3a9b6;
    --line: #363b46;
    --edge: #757d8c;
    --accent: #8ab4ff;
    --on-accent: #10131a;
    --good: #6fd39b;
    --wrong: #ff8087;
    --bar: #56b4e9;
  }
}
*,
::before,
::after {
  box-sizing: border-box;
}
html {
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  -webkit-text-size-adjust: 100%;
}
body {
  margin: 0 auto;
  max-width: 80rem;
  padding: 1.25rem 1rem 2.5rem;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
[hidden] {
  display: none !important;
}
h1,
h2 {
  line-height: 1.25;
  margin: 0;
  overflow-wrap: anywhere;
}
h1 {
  font-size: 1.7rem;
}
h2 {
  font-size: 1.15rem;
}
.server {
  color: var(--accent);
}
p,
dl,
dd,
figure {
  margin: 0;
  overflow-wrap: anywhere;
}
.muted {
  color: var(--muted);
  font-size: .875rem;
}
.wrong {
  color: var(--wrong);
}
header {
  display: grid;
  gap: .3rem;
  margin-bottom: 1.25rem;
}
main,
.controls {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 1.25rem;
  align-content: start;
}
section {
  display: grid;
  gap: .7rem;
  grid-template-columns: minmax(0, 1fr);
  align-content: start;
  border: 1px solid var(--line);
  border-radius: .5rem;
  padding: .9rem 1rem;
}
form {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: .7rem;
  align-items: end;
}
.wide {
  grid-column: 1 / -1;
}
.field {
  display: grid;
  gap: .2rem;
}
label {
  color: var(--muted);
  font-size: .875rem;
}
input,
select,
button {
  font: inherit;
  font-size: 1rem;
  color: var(--ink);
  background: var(--ground);
  border: 1px solid var(--edge);
  border-radius: .4rem;
  padding: .35rem .6rem;
  min-height: 2.5rem;
  width: 100%;
  min-width: 0;
}
select {
  text-overflow: ellipsis;
}
input:user-invalid {
  border-color: var(--wrong);
}
.buttons {
  display: flex;
  flex-wrap: wrap;
  gap: .6rem;
}
button {
  background: var(--raised);
  padding-inline: 1rem;
  width: auto;
  cursor: pointer;
}
button:hover {
  border-color: var(--ink);
}
button.main {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--on-accent);
}
:disabled,
button:disabled {
  background: var(--raised);
  border-color: var(--line);
  color: var(--muted);
  cursor: not-allowed;
}
.state {
  display: flex;
  gap: .6rem;
  align-items: baseline;
  font-weight: 600;
}
.state > :last-child {
  min-width: 0;
}
.dot {
  flex: none;
  width: .7rem;
  height: .7rem;
  border-radius: 50%;
  border: 2px solid var(--muted);
}
.state[data-phase="open"] {
  color: var(--good);
}
.state[data-phase="open"] .dot {
  background: var(--good);
  border-color: var(--good);
}
.state.wrong {
  color: var(--wrong);
}
.state.wrong .dot {
  border-color: var(--wrong);
}
.reply {
  max-height: 9rem;
  overflow-y: auto;
  white-space: pre-wrap;
}
.reply b {
  font-variant-numeric: tabular-nums;
  margin-inline-end: .4rem;
}
.progress {
  display: grid;
  gap: .3rem;
  font-variant-numeric: tabular-nums;
  font-size: .875rem;
}
progress {
  appearance: none;
  display: block;
  width: 100%;
  height: .6rem;
  border: 0;
  border-radius: .3rem;
  overflow: hidden;
  background: var(--line);
}
progress::-webkit-progress-bar {
  background: var(--line);
}
progress::-webkit-progress-value {
  background: var(--accent);
}
progress::-moz-progress-bar {
  background: var(--accent);
}
#result {
  display: grid;
  gap: .9rem;
  grid-template-columns: minmax(0, 1fr);
}
#facts {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr));
  gap: .7rem 1rem;
}
#facts dt {
  color: var(--muted);
  font-size: .875rem;
}
#facts dd {
  font-size: 1.15rem;
  font-weight: 600;
  font-variant-numeric: tabular-nums;
}
svg {
  display: block;
  max-width: 100%;
}
svg text {
  fill: var(--muted);
  font-size: 12px;
}
.bar {
  fill: var(--bar);
}
.axis {
  stroke: var(--edge);
  fill: none;
}
.heading {
  display: flex;
  flex-wrap: wrap;
  gap: .3rem .8rem;
  align-items: center;
}
.heading .muted {
  flex: 1 1 7rem;
}
.scroller {
  height: 22rem;
  overflow: hidden auto;
  overflow-anchor: none;
  border: 1px solid var(--line);
  border-radius: .4rem;
  background: var(--raised);
  contain: strict;
}
#log-spacer {
  overflow: hidden;
}
.line {
  height: 1.5rem;
  padding-inline-end: .6rem;
  overflow: hidden;
  font: .875rem/1.5rem ui-monospace, "DejaVu Sans Mono", monospace;
  white-space: pre;
  text-overflow: ellipsis;
}
.line .at,
.line.note {
  color: var(--muted);
}
.line.received > :last-child {
  color: var(--good);
}
@media (min-width: 56rem) {
  main {
    grid-template-columns: 24rem minmax(0, 1fr);
    grid-template-rows: auto 1fr;
  }
  .controls {
    grid-row: 1 / 3;
  }
  .log {
    grid-template-rows: auto minmax(18rem, 1fr);
  }
  .scroller {
    height: 100%;
  }
}
@media (max-width: 40rem) {
  h1 {
    font-size: 1.4rem;
  }
  body {
    padding-inline: .75rem;
  }
  input,
  select,
  button {
    min-height: 2.75rem;
  }
  .scroller {
    height: 16rem;
  }
  .line {
    padding-inline: .4rem;
  }
  .line .at {
    display: none;
  }
}
</style>
  </head>
  <body>
    <header>
      <h1>wsmark: server <span class="server">WSMARK_SERVER</span></h1>
      <p class="muted">
        Sends messages over one connection to this server, or to another one, and accounts for every
        reply.
      </p>
      <noscript>
        <p class="wrong">This page needs JavaScript to open a connection.</p>
      </noscript>
    </header>
    <main>
      <div class="controls">
        <section aria-labelledby="connection-title">
          <h2 id="connection-title">Connection</h2>
          <p id="state" class="state" role="status" data-phase="closed">
            <span class="dot" aria-hidden="true"></span>
            <span id="state-text">Not connected</span>
          </p>
          <form id="connect-form">
            <div class="field wide">
              <label for="url">Server URL</label>
              <input
                id="url"
                type="text"
                inputmode="url"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
              >
            </div>
            <div class="field wide">
              <label for="protocol">Protocol</label>
              <select id="protocol">
                <option value="websocket">WebSocket</option>
                <option value="socket.io">Socket.IO</option>
              </select>
            </div>
            <div class="field wide">
              <label for="behaviour">Server's answer</label>
              <select id="behaviour">
                <option value="/tag">/tag: the text with a number</option>
                <option value="/echo">/echo: the text as it came</option>
                <option value="/json">/json: a fixed document</option>
                <option value="/broadcast">/broadcast: the text, to all</option>
              </select>
            </div>
            <div class="buttons wide">
              <button id="connect" type="submit">Connect</button>
              <button id="disconnect" type="button" disabled>Disconnect</button>
            </div>
          </form>
        </section>
        <section aria-labelledby="one-title">
          <h2 id="one-title">One message</h2>
          <form id="one-form">
            <div class="field wide">
              <label for="text">Message</label>
              <input id="text" type="text" value="Hello Server" autocomplete="off">
            </div>
            <div class="buttons wide">
              <button id="send" type="submit" disabled>Send One Message</button>
            </div>
          </form>
          <p id="reply" class="reply" role="status" hidden><b></b> <span></span></p>
        </section>
        <section aria-labelledby="many-title">
          <h2 id="many-title">Many messages</h2>
          <form id="many-form">
            <div class="field">
              <label for="count">Messages</label>
              <input
                id="count"
                type="number"
                inputmode="numeric"
                autocomplete="off"
                value="10000"
                min="1"
                max="1000000"
                step="1"
                required
              >
            </div>
            <div class="field">
              <label for="size">Bytes each, at least</label>
              <input
                id="size"
                type="number"
                inputmode="numeric"
                autocomplete="off"
                value="0"
                min="0"
                max="1048576"
                step="1"
                required
              >
            </div>
            <div class="buttons wide">
              <button id="start" class="main" type="submit" disabled>Start 10,000 Messages</button>
              <button id="stop" type="button" disabled>Stop</button>
            </div>
          </form>
          <div class="progress">
            <progress id="progress" value="0" max="1" aria-label="Replies received"></progress>
            <p id="progress-text">No run yet</p>
          </div>
        </section>
      </div>
      <section class="results" aria-labelledby="results-title">
        <h2 id="results-title">Results</h2>
        <p id="summary" role="status">The results of a run appear here.</p>
        <div id="result" hidden>
          <dl id="facts"></dl>
          <figure id="figure"></figure>
          <p class="muted">
            Latency is the time from the send of a message to its reply, both in this page; the
            messages of a burst wait for each other. The longest frame is the longest time in which
            the page drew nothing. <span id="clock"></span>
          </p>
        </div>
      </section>
      <section class="log" aria-labelledby="log-title">
        <div class="heading">
          <h2 id="log-title">Log</h2>
          <p id="log-size" class="muted">0 lines</p>
          <div class="buttons">
            <button id="latest" type="button" hidden>Latest Line</button>
            <button id="clear" type="button">Clear Log</button>
          </div>
        </div>
        <div id="log" class="scroller" tabindex="0" role="region" aria-labelledby="log-title">
          <div id="log-spacer">
            <div id="log-rows" role="list" aria-label="Lines in sight"></div>
          </div>
        </div>
      </section>
    </main>
    <script>
(() => {
  // servers/page/socket_io.ts
  var PONG = "3";
  function prefix(namespace) {
    return namespace === "/" ? "" : \`\${namespace},\`;
  }
  function joinPacket(namespace) {
    return \`40\${prefix(namespace)}\`;
  }
  function messagePacket(namespace, text) {
    return \`42\${prefix(namespace)}["message",\${JSON.stringify(text)}]\`;
  }
  function readPacket(namespace, packet) {
    if (packet.startsWith("0")) return {
      kind: "opened"
    };
    if (packet === "2") return {
      kind: "ping"
    };
    const own = prefix(namespace);
    if (!packet.startsWith("4") || !packet.startsWith(own, 2)) return {
      kind: "other"
    };
    const content = packet.slice(2 + own.length);
    switch (packet[1]) {
      case "0":
        return {
          kind: "joined"
        };
      case "1":
        return {
          kind: "left"
        };
      case "2":
        return messageOf(content);
      case "4":
        return {
          kind: "refused",
          reason: String(Object(parsed(content)).message ?? content)
        };
      default:
        return {
          kind: "other"
        };
    }
  }
  function messageOf(content) {
    const event = parsed(content);
    return Array.isArray(event) && event[0] === "message" ? {
      kind: "message",
      text: String(event[1])
    } : {
      kind: "other"
    };
  }
  function parsed(json) {
    try {
      return JSON.parse(json);
    } catch {
      return void 0;
    }
  }

  // servers/page/protocols.ts
  var protocols = {
    "websocket": {
      socketPath: (path) => path,
      isOpenAtOnce: true,
      pack: (_path, text) => text,
      unpack: (_path, text) => ({
        kind: "message",
        text
      }),
      placeOf: (origin, path) => origin + path,
      remedy: "check that a server runs there and speaks plain WebSocket on this path"
    },
    "socket.io": {
      // One endpoint for all namespaces (Engine.IO, protocol 4).
      socketPath: () => "/socket.io/?EIO=4&transport=websocket",
      isOpenAtOnce: false,
      pack: messagePacket,
      unpack: readPacket,
      placeOf: (origin, path) => \`\${origin}, Socket.IO namespace \${path}\`,
      remedy: "check that a server runs there and speaks Socket.IO"
    }
  };

  // servers/page/address.ts
  var BEHAVIOURS = [
    "/tag",
    "/echo",
    "/json",
    "/broadcast"
  ];
  var SCHEMES = {
    "ws:": "ws:",
    "http:": "ws:",
    "wss:": "wss:",
    "https:": "wss:"
  };
  function targetOf(text, protocol2, behaviour2) {
    const url2 = parse(text.trim());
    const isBare = url2.pathname === "/" && url2.search === "";
    const path = isBare ? behaviour2 : url2.pathname + url2.search;
    const origin = \`\${url2.protocol}//\${url2.host}\`;
    return {
      protocol: protocol2,
      behaviour: BEHAVIOURS.find((one) => one === path) ?? behaviour2,
      path,
      socketUrl: origin + protocols[protocol2].socketPath(path)
    };
  }
  function parse(text) {
    const given = /^[a-z][a-z\\d+.-]*:\\/\\//i.test(text) ? text : \`ws://\${text}\`;
    const url2 = URL.parse(given);
    const scheme = url2 && SCHEMES[url2.protocol];
    if (!url2 || !scheme || text === "") {
      throw new SyntaxError(\`Cannot connect to '\${text}': no URL of a server; give one such as ws://localhost:8765\`);
    }
    return new URL(\`\${scheme}//\${url2.host}\${url2.pathname}\${url2.search}\`);
  }

  // servers/page/bars.ts
  var MOST_BARS = 32;
  var MOST_TICKS = 8;
  var NS_PER_MS = 1e6;
  function barsOf(histogram) {
    const values = [
      ...histogram.entries()
    ].map(([ns, count2]) => ({
      ms: ns / NS_PER_MS,
      count: count2
    }));
    const least = values[0]?.ms;
    const most = values.at(-1)?.ms;
    if (least === void 0 || most === void 0) return void 0;
    const widthMs = roundStep(Math.max((most - least) / (MOST_BARS - 2), most / 1e3, 1e-3));
    const first = Math.floor(least / widthMs);
    const counts = new Array(Math.floor(most / widthMs) - first + 1).fill(0);
    for (const { ms, count: count2 } of values) counts[Math.floor(ms / widthMs) - first] += count2;
    const last = first + counts.length;
    return {
      fromMs: tidy(first * widthMs),
      toMs: tidy(last * widthMs),
      widthMs,
      counts,
      ticksMs: ticks(first * widthMs, last * widthMs)
    };
  }
  function roundStep(least) {
    const power = 10 ** Math.floor(Math.log10(least));
    const factor = [
      1,
      2,
      5,
      10
    ].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
    return tidy(factor * power);
  }
  function ticks(from, to) {
    const step = roundStep((to - from) / (MOST_TICKS - 1));
    const first = Math.ceil(from / step - 1e-9);
    const count2 = Math.floor(to / step + 1e-9) - first + 1;
    return Array.from({
      length: count2
    }, (_, index) => tidy((first + index) * step));
  }
  function tidy(value) {
    return Number(value.toPrecision(12));
  }

  // servers/page/results.ts
  function factsOf(outcome2, longestFrameMs) {
    const { counts, received, tookMs, latency } = outcome2;
    const fact = (name, value, isWrong = false) => ({
      name,
      value,
      isWrong
    });
    const fault = (name, count2) => fact(name, whole(count2), count2 > 0);
    const percentile = (name, percent) => fact(name, latency.count === 0 ? NONE : duration(latency.percentile(percent) / NS_PER_MS2));
    const perSecond = tookMs ? whole(Math.round(counts.answered / (tookMs / 1e3))) : NONE;
    return [
      fact("Sent", whole(counts.sent), counts.sent < outcome2.count && outcome2.end !== "stopped"),
      fact("Received", whole(received)),
      fault("Lost", counts.lost),
      fault("Duplicated", counts.duplicated),
      fault("Reordered", counts.reordered),
      fault("Corrupted", counts.corrupted),
      fact("Time", tookMs === void 0 ? NONE : duration(tookMs)),
      fact("Messages/s", perSecond),
      percentile("Latency p50", 50),
      percentile("Latency p90", 90),
      percentile("Latency p99", 99),
      percentile("Latency max", 100),
      fact("Longest frame", longestFrameMs === void 0 ? "page hidden" : duration(longestFrameMs))
    ];
  }
  function summaryOf({ count: count2, counts, received, tookMs, end }) {
    const faults = [
      "lost",
      "duplicated",
      "reordered",
      "corrupted"
    ].filter((fault) => counts[fault] > 0).map((fault) => \`\${whole(counts[fault])} \${fault}\`);
    const time = tookMs === void 0 ? "" : \` in \${duration(tookMs)}\`;
    const account = \`\${whole(counts.sent)} sent, \${whole(received)} received\${time}: \${faults.join(", ") || "none lost, duplicated, reordered or corrupted"}.\`;
    switch (end) {
      case "closed":
        return \`The connection ended during the run. \${account}\`;
      case "silent":
        return \`Ended after 3 s without a reply. \${account}\`;
      case "stopped":
        return \`Stopped before \${whole(count2)} messages were through. \${account}\`;
      default:
        return account;
    }
  }
  var NS_PER_MS2 = 1e6;
  var NONE = "none";
  function progressText(sent, count2, received, isRunning) {
    const isWaiting = isRunning && sent === count2 && received < sent;
    return \`\${whole(sent)} of \${whole(count2)} sent, \${whole(received)} received\` + (isWaiting ? "; ends after 3\\xA0s without a reply" : "");
  }
  function whole(count2) {
    return count2.toLocaleString("en");
  }
  function duration(ms) {
    const [value, unit] = ms < 999.5 ? [
      ms,
      "ms"
    ] : [
      ms / 1e3,
      "s"
    ];
    const decimals = value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return \`\${value.toFixed(decimals)}\\xA0\${unit}\`;
  }

  // servers/page/chart.ts
  var HEIGHT = 150;
  var TOP = 20;
  var BOTTOM = 40;
  var SIDE = 18;
  function chartOf({ fromMs, toMs, widthMs, counts, ticksMs }, width) {
    const most = Math.max(...counts);
    const x = (ms) => SIDE + (ms - fromMs) / (toMs - fromMs) * (width - 2 * SIDE);
    const y = (count2) => HEIGHT - BOTTOM - count2 / most * (HEIGHT - BOTTOM - TOP);
    const ground = HEIGHT - BOTTOM;
    const latencies = \`Latencies from \${fromMs} to \${toMs} ms\`;
    return element("svg", {
      viewBox: \`0 0 \${width} \${HEIGHT}\`,
      width,
      height: HEIGHT,
      role: "img",
      "aria-label": \`\${latencies}; the highest bar has \${whole(most)} messages\`
    }, [
      ...counts.map((count2, index) => {
        const left = fromMs + index * widthMs;
        const bar2 = {
          class: "bar",
          x: x(left) + 0.5,
          y: y(count2),
          width: Math.max(1, x(left + widthMs) - x(left) - 1),
          height: ground - y(count2)
        };
        return element("rect", bar2, [
          element("title", {}, [
            \`\${whole(count2)} messages\`
          ])
        ]);
      }),
      element("path", {
        class: "axis",
        d: \`M\${SIDE} \${ground}H\${width - SIDE}\`
      }),
      ...ticksMs.flatMap((ms) => [
        element("path", {
          class: "axis",
          d: \`M\${x(ms)} \${ground}v5\`
        }),
        element("text", {
          x: x(ms),
          y: ground + 18,
          "text-anchor": "middle"
        }, [
          String(ms)
        ])
      ]),
      element("text", {
        x: width / 2,
        y: HEIGHT - 4,
        "text-anchor": "middle"
      }, [
        "Latency in ms"
      ]),
      element("text", {
        x: SIDE,
        y: 12
      }, [
        \`Messages in bars of \${widthMs} ms; the highest: \${whole(most)}\`
      ])
    ]);
  }
  function element(name, attributes, children = []) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.append(...children);
    return made;
  }

  // servers/page/frames.ts
  var FrameMeter = class {
    #last;
    #longest = 0;
    #wasHidden = false;
    /** @param now when the run begins */
    constructor(now) {
      this.#last = now;
    }
    /** Notes a frame, or the end of the run. */
    frame(now) {
      this.#longest = Math.max(this.#longest, now - this.#last);
      this.#last = now;
    }
    /** Notes that the page was hidden: it gets no frames then, even if it has nothing to do. */
    hide() {
      this.#wasHidden = true;
    }
    /** The longest time without a frame; undefined if the page was hidden meanwhile. */
    get longestMs() {
      return this.#wasHidden ? void 0 : this.#longest;
    }
  };

  // servers/page/log/log_book.ts
  var MOST_LINES = 1e5;
  var BATCH = 1e4;
  var MOST_CHARACTERS = 200;
  var WORD = {
    sent: "Sent: ",
    received: "Received: ",
    note: ""
  };
  var LogBook = class {
    #lines = [];
    #omitted = 0;
    get length() {
      return this.#lines.length;
    }
    /** How many lines before the first one were left out. */
    get omitted() {
      return this.#omitted;
    }
    line(index) {
      return this.#lines[index];
    }
    add(kind, text, atMs) {
      this.#lines.push({
        kind,
        atMs,
        text: WORD[kind] + shorten(text, MOST_CHARACTERS)
      });
      if (this.#lines.length < MOST_LINES + BATCH) return;
      this.#lines.splice(0, BATCH);
      this.#omitted += BATCH;
    }
    clear() {
      this.#lines = [];
      this.#omitted = 0;
    }
  };
  function shorten(text, most) {
    if (text.length <= most) return text;
    const start2 = [
      ...text.slice(0, most)
    ].join("");
    return \`\${start2}\\u2026 (\${text.length.toLocaleString("en")} characters)\`;
  }

  // servers/page/log/log_view.ts
  var OVERSCAN = 3;
  var TIME_WIDTH = 9;
  var KEYS_UP = [
    "ArrowUp",
    "PageUp",
    "Home"
  ];
  var LogView = class {
    #book;
    #elements;
    #drawSoon;
    #rowHeight = 0;
    #height = 0;
    #isAtEnd = true;
    #setTop = 0;
    #wasDrawn = "";
    /**
     * @param drawSoon called when {@linkcode LogView.draw} is due in the next frame: not at once, because drawing scrolls,
     * too, and a second layout takes most of the time of a frame
     */
    constructor(book2, elements, drawSoon2) {
      this.#book = book2;
      this.#elements = elements;
      this.#drawSoon = drawSoon2;
      const { scroller } = elements;
      this.#followReader(scroller);
      scroller.addEventListener("scroll", () => {
        const { scrollTop, scrollHeight, clientHeight } = scroller;
        if (Math.abs(scrollTop - this.#setTop) < 2) return;
        if (!this.#isAtEnd) this.#isAtEnd = scrollHeight - scrollTop - clientHeight < 2;
        drawSoon2();
      });
      new ResizeObserver(() => {
        this.#rowHeight = 0;
        this.#wasDrawn = "";
        drawSoon2();
      }).observe(scroller);
    }
    /** Whether it shows its end, and goes on to do so. */
    get isAtEnd() {
      return this.#isAtEnd;
    }
    /** Goes to the end and stays there. */
    toEnd() {
      this.#isAtEnd = true;
      this.#drawSoon();
    }
    /** Only the reader leaves the end, and only upwards: by a wheel, a key, a finger or the scroll bar. */
    #followReader(scroller) {
      const leave = () => {
        if (scroller.scrollTop === 0) return;
        this.#isAtEnd = false;
        this.#drawSoon();
      };
      const passive = {
        passive: true
      };
      scroller.addEventListener("wheel", ({ deltaY, ctrlKey }) => {
        if (deltaY < 0 && !ctrlKey) leave();
      }, passive);
      scroller.addEventListener("keydown", ({ key, shiftKey }) => {
        if (KEYS_UP.includes(key) || key === " " && shiftKey) leave();
        if (key === "End") this.toEnd();
      });
      scroller.addEventListener("pointerdown", ({ target, offsetX, pointerType }) => {
        const isOnBar = target === scroller && offsetX >= scroller.clientWidth;
        if (isOnBar && pointerType === "mouse") leave();
      });
      let fingerY = 0;
      scroller.addEventListener("touchstart", ({ touches }) => fingerY = touches[0].clientY, passive);
      scroller.addEventListener("touchmove", ({ touches }) => {
        if (touches[0].clientY > fingerY) leave();
        fingerY = touches[0].clientY;
      }, passive);
    }
    /** Shows what is in sight now: the end, unless the reader has scrolled away from it. */
    draw() {
      const { scroller, spacer, rows } = this.#elements;
      if (this.#rowHeight === 0) this.#measure();
      const height = this.#rowHeight;
      const { length, omitted } = this.#book;
      const end = Math.max(0, length * height - this.#height);
      if (end === 0) this.#isAtEnd = true;
      const top = this.#isAtEnd ? end : Math.min(scroller.scrollTop, end);
      const first = Math.max(0, Math.floor(top / height) - OVERSCAN);
      const inSight = Math.ceil(this.#height / height);
      const count2 = Math.min(length - first, inSight + 2 * OVERSCAN);
      const state = \`\${first} \${count2} \${length} \${omitted} \${top}\`;
      if (state === this.#wasDrawn && Math.abs(scroller.scrollTop - this.#setTop) < 2) return;
      this.#wasDrawn = state;
      spacer.style.height = \`\${length * height}px\`;
      rows.style.transform = \`translateY(\${first * height}px)\`;
      while (rows.childElementCount > count2) rows.lastElementChild.remove();
      while (rows.childElementCount < count2) rows.append(newRow());
      for (let index = 0; index < count2; index++) {
        const place = first + index;
        fill(rows.children[index], this.#book.line(place), omitted + place + 1);
      }
      if (!this.#isAtEnd) return;
      scroller.scrollTop = end;
      this.#setTop = end;
    }
    /** Measured once and remembered: each time the browser lays out what has changed since. */
    #measure() {
      const row = newRow();
      row.className = "line";
      this.#elements.rows.append(row);
      this.#rowHeight = Math.max(1, row.getBoundingClientRect().height);
      row.remove();
      this.#height = this.#elements.scroller.clientHeight;
    }
  };
  function newRow() {
    const row = document.createElement("div");
    row.setAttribute("role", "listitem");
    const time = document.createElement("span");
    time.className = "at";
    time.append("");
    const text = document.createElement("span");
    text.append("");
    row.append(time, text);
    return row;
  }
  function fill(row, { kind, atMs, text }, position) {
    const name = \`line \${kind}\`;
    if (row.className !== name) row.className = name;
    row.ariaPosInSet = String(position);
    write(row.firstChild, \`\${(atMs / 1e3).toFixed(3).padStart(TIME_WIDTH)}  \`);
    write(row.lastChild, text);
  }
  function write(node, text) {
    const held = node.firstChild;
    if (held.data !== text) held.data = text;
  }

  // servers/page/connection.ts
  var CONNECT_TIMEOUT_MS = 1e4;
  function connect(target, events) {
    const { path } = target;
    const protocol2 = protocols[target.protocol];
    const socket = openSocket(target);
    socket.binaryType = "arraybuffer";
    const late = setTimeout(() => end(\`\${cannot(target)}: no answer within \${CONNECT_TIMEOUT_MS / 1e3} s\`), CONNECT_TIMEOUT_MS);
    let isOpen = false;
    let isDone = false;
    socket.onopen = () => {
      if (protocol2.isOpenAtOnce) opened();
    };
    socket.onmessage = ({ data }) => {
      if (!isDone) obey(textOf(data));
    };
    socket.onclose = ({ code, reason }) => {
      const said = \`code \${code}\${reason && \`, \${reason}\`}\`;
      end(isOpen ? \`Connection closed (\${said})\` : \`\${cannot(target)} (\${said}): \${protocol2.remedy}\`);
    };
    function obey(text) {
      const packet = protocol2.unpack(path, text);
      switch (packet.kind) {
        case "opened":
          return socket.send(joinPacket(path));
        case "joined":
          return opened();
        case "ping":
          return socket.send(PONG);
        case "message":
          return events.received(packet.text);
        case "refused":
          return end(\`\${cannot(target)}: the server refused the namespace, \${packet.reason}\`);
        case "left":
          return end(\`Connection closed: the server ended the namespace \${path}\`);
      }
    }
    function opened() {
      if (isDone || isOpen) return;
      clearTimeout(late);
      isOpen = true;
      events.opened();
    }
    function end(why) {
      if (isDone) return;
      isDone = true;
      clearTimeout(late);
      socket.close();
      if (why !== void 0) events.closed(why);
    }
    return {
      send: (text) => socket.send(protocol2.pack(path, text)),
      buffered: () => socket.bufferedAmount,
      close: () => end()
    };
  }
  function placeOf({ protocol: protocol2, path, socketUrl }) {
    const { protocol: scheme, host } = new URL(socketUrl);
    return protocols[protocol2].placeOf(\`\${scheme}//\${host}\`, path);
  }
  function cannot(target) {
    return \`Cannot connect to \${placeOf(target)}\`;
  }
  function openSocket(target) {
    try {
      return new WebSocket(target.socketUrl);
    } catch (error) {
      throw new Error(\`\${cannot(target)}: \${error.message.replaceAll("\\n", " ")}\`);
    }
  }
  function textOf(data) {
    return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
  }

  // servers/page/messages.ts
  var HEAD = "Hello Server ";
  var FILLING = ".";
  function messagesOf(size2) {
    const filling = \` \${FILLING.repeat(Math.max(0, size2 - HEAD.length - 1))}\`;
    return (sequence) => {
      const text = \`\${HEAD}\${sequence + 1}\`;
      return text.length < size2 ? text + filling.slice(0, size2 - text.length) : text;
    };
  }
  function judgeOf(behaviour2, message) {
    switch (behaviour2) {
      case "/tag":
        return byText((reply, text) => reply.startsWith(text) && TAG.test(reply.slice(text.length)));
      case "/echo":
      case "/broadcast":
        return byText((reply, text) => reply === text);
      case "/json":
        return sameDocument();
    }
    function byText(isRight) {
      return (reply) => {
        const number = NUMBER.exec(reply);
        if (!number) return {
          sequence: -1,
          isRight: false
        };
        const sequence = Number(number[1]) - 1;
        return {
          sequence,
          isRight: isRight(reply, message(sequence))
        };
      };
    }
  }
  var NUMBER = new RegExp(\`^\${HEAD}([1-9]\\\\d{0,8})(?!\\\\d)\`);
  var TAG = /^ - (0|[1-9]\\d{0,2})$/;
  function sameDocument() {
    let document2;
    return (reply, expected) => {
      document2 ??= isObject(reply) ? reply : void 0;
      return reply === document2 ? {
        sequence: expected,
        isRight: true
      } : {
        sequence: -1,
        isRight: false
      };
    };
  }
  function isObject(json) {
    const value = parsed(json);
    return typeof value === "object" && value !== null;
  }

  // measure/record/histogram.ts
  var LINEAR = 2048;
  var PER_OCTAVE = LINEAR / 2;
  var HIGHEST_NS = 2 ** 36 - 1;
  var BUCKETS = bucketOf(HIGHEST_NS) + 1;
  function bucketOf(ns) {
    if (ns < LINEAR) return ns | 0;
    const drop = ns < 2 ** 31 ? 0 : 16;
    const low = drop === 0 ? ns | 0 : Math.floor(ns / 2 ** 16);
    const shift = 21 - Math.clz32(low);
    return LINEAR + (drop + shift - 1) * PER_OCTAVE + (low >>> shift) - PER_OCTAVE;
  }
  function lowestOf(bucket) {
    if (bucket < LINEAR) return bucket;
    return (PER_OCTAVE + (bucket & PER_OCTAVE - 1)) * widthOf(bucket);
  }
  function widthOf(bucket) {
    return bucket < LINEAR ? 1 : 1 << ((bucket - LINEAR) / PER_OCTAVE | 0) + 1;
  }
  function highestOf(bucket) {
    return lowestOf(bucket) + widthOf(bucket) - 1;
  }
  function middleOf(bucket) {
    return lowestOf(bucket) + (widthOf(bucket) >> 1);
  }
  function rankOf(percentile, total) {
    return Math.max(1, Math.ceil(Number((percentile / 100 * total).toPrecision(12))));
  }
  var Histogram = class _Histogram {
    #counts = new Float64Array(BUCKETS);
    #first = BUCKETS;
    #last = -1;
    #total = 0;
    /** Values recorded. */
    get count() {
      return this.#total;
    }
    /**
     * Counts a value; one above {@linkcode HIGHEST_NS} counts as that.
     *
     * @param ns a duration in nanoseconds; a fraction is cut off
     * @param count how often it occurred
     * @throws {RangeError} for a negative duration or NaN, which only a faulty clock can give
     */
    record(ns, count2 = 1) {
      if (!(ns >= 0)) throw new RangeError(\`Cannot record a duration below zero: received \${ns} ns\`);
      this.#count(bucketOf(ns > HIGHEST_NS ? HIGHEST_NS : ns), count2);
    }
    #count(bucket, count2) {
      this.#counts[bucket] += count2;
      this.#total += count2;
      if (bucket < this.#first) this.#first = bucket;
      if (bucket > this.#last) this.#last = bucket;
    }
    /** Adds the counts of another histogram to this one. */
    merge(other) {
      for (let bucket = other.#first; bucket <= other.#last; bucket++) {
        const count2 = other.#counts[bucket];
        if (count2 > 0) this.#count(bucket, count2);
      }
    }
    /**
     * Adds all values to another histogram and forgets them here: in one pass, because a generator makes it ten times a
     * second between two messages.
     *
     * @returns the statistics of what was moved, the same as those of the getters and of
     * {@linkcode Histogram.percentile}
     */
    moveTo(other) {
      const [from, to] = [
        this.#counts,
        other.#counts
      ];
      const [total, last, max] = [
        this.#total,
        this.#last,
        this.max
      ];
      const [middleRank, highRank] = [
        rankOf(50, total),
        rankOf(99, total)
      ];
      let [middle, high] = [
        NaN,
        NaN
      ];
      let seen = 0;
      let sum = 0;
      for (let bucket = this.#first; bucket <= last; bucket++) {
        const count2 = from[bucket];
        if (count2 === 0) continue;
        from[bucket] = 0;
        to[bucket] += count2;
        sum += count2 * middleOf(bucket);
        if (seen < middleRank && seen + count2 >= middleRank) middle = highestOf(bucket);
        if (seen < highRank && seen + count2 >= highRank) high = highestOf(bucket);
        seen += count2;
      }
      other.#total += total;
      other.#first = Math.min(other.#first, this.#first);
      other.#last = Math.max(other.#last, last);
      this.clear();
      return {
        mean: sum / total,
        p50: middle,
        p99: high,
        max
      };
    }
    /** Forgets all values. */
    clear() {
      if (this.#last >= 0) this.#counts.fill(0, this.#first, this.#last + 1);
      this.#first = BUCKETS;
      this.#last = -1;
      this.#total = 0;
    }
    /**
     * The smallest value that at least \`percentile\` per cent of the values do not exceed (nearest rank), as the largest
     * value of its bucket.
     *
     * @param percentile above 0, up to 100
     * @returns nanoseconds; NaN for an empty histogram
     */
    percentile(percentile) {
      if (this.#total === 0) return NaN;
      const rank = rankOf(percentile, this.#total);
      let seen = 0;
      for (let bucket = this.#first; bucket <= this.#last; bucket++) {
        seen += this.#counts[bucket];
        if (seen >= rank) return highestOf(bucket);
      }
      return highestOf(this.#last);
    }
    /** The largest value in nanoseconds, as the largest of its bucket; NaN for an empty histogram. */
    get max() {
      return this.#last < 0 ? NaN : highestOf(this.#last);
    }
    /** The smallest value in nanoseconds, as the smallest of its bucket; NaN for an empty histogram. */
    get min() {
      return this.#last < 0 ? NaN : lowestOf(this.#first);
    }
    /** The arithmetic mean in nanoseconds; NaN for an empty histogram. */
    get mean() {
      let sum = 0;
      for (let bucket = this.#first; bucket <= this.#last; bucket++) {
        sum += this.#counts[bucket] * middleOf(bucket);
      }
      return sum / this.#total;
    }
    /** The standard deviation of the values (divided by n) in nanoseconds; NaN for an empty histogram. */
    get standardDeviation() {
      const mean = this.mean;
      let sum = 0;
      for (let bucket = this.#first; bucket <= this.#last; bucket++) {
        sum += this.#counts[bucket] * (middleOf(bucket) - mean) ** 2;
      }
      return Math.sqrt(sum / this.#total);
    }
    /** Pairs of a bucket's smallest value in nanoseconds and its count, ascending, without the empty ones. */
    *entries() {
      for (let bucket = this.#first; bucket <= this.#last; bucket++) {
        const count2 = this.#counts[bucket];
        if (count2 > 0) yield [
          lowestOf(bucket),
          count2
        ];
      }
    }
    /**
     * Adds pairs as {@linkcode Histogram.entries} gives them.
     *
     * @throws {RangeError} for a value outside 0…{@linkcode HIGHEST_NS} or a count that is not a positive integer
     */
    add(entries) {
      for (const [ns, count2] of entries) {
        if (!(ns >= 0 && ns <= HIGHEST_NS)) {
          throw new RangeError(\`Cannot place a duration outside 0\\u2026\${HIGHEST_NS} ns: received \${ns}\`);
        }
        if (!Number.isSafeInteger(count2) || count2 < 1) {
          throw new RangeError(\`Cannot count what is not a positive integer: received \${count2}\`);
        }
        this.#count(bucketOf(ns), count2);
      }
    }
    /** Makes a histogram of pairs: see {@linkcode Histogram.add}. */
    static from(entries) {
      const histogram = new _Histogram();
      histogram.add(entries);
      return histogram;
    }
  };

  // measure/record/integrity.ts
  var MOST_STRAYS = 4096;
  var MOST_EARLY = 4096;
  var IntegrityLedger = class {
    #sent;
    #next;
    #missing;
    /** Messages that are settled though one before them is not: only where replies may overtake one another. */
    #early;
    /** Messages that came while a reply was due and may have been one, by connection, in the order in which they came. */
    #strays = /* @__PURE__ */ new Map();
    /** Replies that name a message that was never sent, by connection: only where replies may overtake one another. */
    #misnamed = /* @__PURE__ */ new Map();
    #unasked = 0;
    #answered = 0;
    #altered = 0;
    #corrupted = 0;
    #duplicated = 0;
    #reordered = 0;
    #outstanding = 0;
    #abandoned = 0;
    /**
     * @param connections the most connections that there are
     * @param mayOvertake whether replies may come in any order
     */
    constructor(connections, mayOvertake = false) {
      this.#early = mayOvertake ? new Array(connections) : void 0;
      this.#sent = new Float64Array(connections);
      this.#next = new Float64Array(connections);
      this.#missing = new Array(connections);
    }
    /** Messages that were sent and not yet answered or passed over, on all connections. */
    get outstanding() {
      return this.#outstanding;
    }
    /** Number of the message whose reply is due next on a connection. */
    expected(connection) {
      return this.#next[connection];
    }
    /** How many messages of a connection are sent and not settled. */
    due(connection) {
      const early = this.#early?.[connection]?.size ?? 0;
      return this.#sent[connection] - this.#next[connection] - early;
    }
    /** How many messages of a connection were sent. */
    sent(connection) {
      return this.#sent[connection];
    }
    /** Messages that nobody asked for: those of which it is known, and those for which no reply is missing. */
    get unasked() {
      let strays = 0;
      for (const all of this.#strays.values()) strays += countOf(all);
      return this.#unasked + strays - this.#spoilt;
    }
    /** Messages that were passed over, on all connections, and did not come. */
    get missing() {
      return this.#missing.reduce((sum, passed) => sum + (passed?.size ?? 0), 0);
    }
    /** Notes messages as sent and returns the number of the first. */
    send(connection, count2 = 1) {
      this.#outstanding += count2;
      const first = this.#sent[connection];
      this.#sent[connection] = first + count2;
      return first;
    }
    /** Notes correct replies to the messages that are due next, of which there are as many. */
    answerNext(connection, count2) {
      this.#next[connection] += count2;
      this.#answered += count2;
      this.#outstanding -= count2;
      if (this.#early !== void 0) this.#passEarly(connection);
    }
    /** Goes past the messages that were settled before their turn. */
    #passEarly(connection) {
      const early = this.#early[connection];
      if (early === void 0) return;
      while (early.delete(this.#next[connection])) this.#next[connection]++;
    }
    /**
     * Notes a correct reply.
     *
     * @returns how many messages are settled by it: 1 in order; more if messages before it were passed over; 0 if it had
     * been settled before
     */
    answer(connection, sequence) {
      const next = this.#next[connection];
      if (sequence === next && sequence < this.#sent[connection]) {
        this.answerNext(connection, 1);
        return 1;
      }
      return this.#answerOutOfOrder(connection, sequence, next);
    }
    #answerOutOfOrder(connection, sequence, next) {
      const sent = this.#sent[connection];
      if (sequence === next && next === sent) {
        this.#duplicated++;
        return 0;
      }
      if (sequence < 0 || sequence >= sent) {
        if (this.#early === void 0) return this.corrupt(connection, -1);
        this.#corrupted++;
        this.#misnamed.set(connection, (this.#misnamed.get(connection) ?? 0) + 1);
        return 0;
      }
      if (sequence > next) {
        if (this.#early?.[connection]?.has(sequence)) {
          this.#duplicated++;
          return 0;
        }
        this.#answered++;
        return this.#passOver(connection, sequence);
      }
      if (this.#missing[connection]?.delete(sequence)) {
        this.#answered++;
        if (this.#early === void 0) this.#reordered++;
      } else {
        this.#duplicated++;
      }
      return 0;
    }
    /**
     * Settles a message and, unless replies may overtake one another, all before it, which count as missing until a late
     * reply comes.
     */
    #passOver(connection, sequence) {
      if (this.#early !== void 0) return this.#settleEarly(this.#early, connection, sequence);
      const next = this.#next[connection];
      const missing = this.#missing[connection] ??= /* @__PURE__ */ new Set();
      for (let passed = next; passed < sequence; passed++) missing.add(passed);
      this.#next[connection] = sequence + 1;
      const settled = sequence + 1 - next;
      this.#outstanding -= settled;
      return settled;
    }
    #settleEarly(early, connection, sequence) {
      this.#outstanding--;
      const settled = early[connection] ??= /* @__PURE__ */ new Set();
      if (sequence === this.#next[connection]) this.#next[connection]++;
      else settled.add(sequence);
      if (settled.size > MOST_EARLY) {
        (this.#missing[connection] ??= /* @__PURE__ */ new Set()).add(this.#next[connection]++);
        this.#outstanding--;
      }
      this.#passEarly(connection);
      return 1;
    }
    /**
     * Notes something that names no message and is like none: nobody asked for it, unless the reply to a message that was
     * on its way is still missing in the end, which it then was. It settles nothing, so that it never makes the load grow.
     */
    stray(connection) {
      if (this.due(connection) === 0) {
        this.#unasked++;
        return;
      }
      const sent = this.#sent[connection];
      const strays = this.#strays.get(connection);
      const last = strays?.at(-1);
      if (last?.sent === sent) last.count++;
      else if (strays === void 0) this.#strays.set(connection, [
        {
          sent,
          count: 1
        }
      ]);
      else {
        const areAnswered = this.#next[connection] >= last.sent && (this.#missing[connection]?.size ?? 0) === 0;
        const kept = areAnswered ? 0 : MOST_STRAYS - 1;
        this.#unasked += countOf(strays.splice(0, strays.length - kept));
        strays.push({
          sent,
          count: 1
        });
      }
    }
    /** How many of the first messages of a connection have no reply. */
    #missingBefore(connection, sequence) {
      const next = this.#next[connection];
      const isBefore = (one) => one < sequence;
      const missing = this.#missing[connection]?.values().filter(isBefore);
      const early = this.#early?.[connection]?.values().filter(isBefore);
      const due = Math.max(0, Math.min(sequence, this.#sent[connection]) - next);
      return due + lengthOf(missing) - lengthOf(early);
    }
    /** Notes something that nobody asked for. */
    addUnasked() {
      this.#unasked++;
    }
    /** How many messages of a connection have no reply. */
    #missingOf(connection) {
      return this.due(connection) + (this.#missing[connection]?.size ?? 0);
    }
    /** How many strays were replies. */
    get #spoilt() {
      let spoilt = 0;
      for (const [connection, strays] of this.#strays) {
        let own = 0;
        for (const { sent, count: count2 } of strays) {
          own += Math.min(count2, this.#missingBefore(connection, sent) - own);
        }
        spoilt += Math.min(own, this.#missingOf(connection) - this.#mistakenOf(connection));
      }
      return spoilt;
    }
    /** How many messages of a connection have replies that name others, which were never sent. */
    #mistakenOf(connection) {
      return Math.min(this.#misnamed.get(connection) ?? 0, this.#missingOf(connection));
    }
    /**
     * Notes a reply with the wrong content. It settles the message that it names if that is unanswered, otherwise the one
     * that is due next.
     *
     * @param sequence the message that the reply seems to answer, or -1
     * @returns how many messages are settled by it
     */
    corrupt(connection, sequence) {
      this.#corrupted++;
      const next = this.#next[connection];
      const sent = this.#sent[connection];
      if (this.#missing[connection]?.delete(sequence)) {
        this.#altered++;
        return 0;
      }
      if (next === sent || this.#early?.[connection]?.has(sequence)) return 0;
      this.#altered++;
      return this.#passOver(connection, sequence >= next && sequence < sent ? sequence : next);
    }
    /**
     * Notes that a connection may stay without its remaining replies: they do not count as lost.
     *
     * @returns how many messages are unanswered
     */
    abandon(connection) {
      const unanswered = this.due(connection);
      this.#early?.[connection]?.clear();
      this.#next[connection] = this.#sent[connection];
      this.#outstanding -= unanswered;
      this.#abandoned += unanswered;
      return unanswered;
    }
    /** The account so far; a message without a reply counts as lost, unless its connection was abandoned. */
    counts() {
      const sent = this.#sent.reduce((sum, count2) => sum + count2, 0);
      const spoilt = this.#spoilt;
      let mistaken = 0;
      for (const connection of this.#misnamed.keys()) mistaken += this.#mistakenOf(connection);
      return {
        sent,
        answered: this.#answered,
        lost: sent - this.#answered - this.#altered - this.#abandoned - spoilt - mistaken,
        duplicated: this.#duplicated,
        reordered: this.#reordered,
        corrupted: this.#corrupted + spoilt
      };
    }
  };
  function countOf(strays) {
    return strays.reduce((sum, { count: count2 }) => sum + count2, 0);
  }
  function lengthOf(some) {
    return some?.reduce((count2) => count2 + 1, 0) ?? 0;
  }

  // servers/page/run.ts
  var SLICE_MS = 8;
  var MOST_BUFFERED = 1024 * 1024;
  var LOOK_MS = 100;
  var QUIET_LOOKS = 30;
  var Run = class {
    #options;
    #ledger = new IntegrityLedger(1);
    #latency = new Histogram();
    #sentMs;
    #toSend;
    #sent = 0;
    #received = 0;
    #firstMs = 0;
    #lastMs = 0;
    #quietLooks = 0;
    #buffered = 0;
    #end;
    #wasStopped = false;
    /** Nothing is sent before {@linkcode Run.sendSlice}. */
    constructor(options) {
      this.#options = options;
      this.#toSend = options.count;
      this.#sentMs = new Float64Array(options.count);
    }
    /** How it ended; undefined while it goes on. */
    get end() {
      return this.#end;
    }
    get sent() {
      return this.#sent;
    }
    get received() {
      return this.#received;
    }
    /**
     * Sends for {@linkcode SLICE_MS}.
     *
     * @returns \`more\` for another slice at once; \`full\` for one later, because the connection takes no more now; \`done\`
     */
    sendSlice() {
      const { now, buffered } = this.#options;
      let time = now();
      const until = time + SLICE_MS;
      if (this.#sent === 0) this.#firstMs = time;
      while (this.#sent < this.#toSend && this.#end === void 0) {
        if (buffered() >= MOST_BUFFERED) return "full";
        if (time >= until) return "more";
        this.#send(time);
        time = now();
      }
      return "done";
    }
    #send(time) {
      const sequence = this.#ledger.send(0);
      this.#sentMs[sequence] = time;
      this.#sent++;
      this.#quietLooks = 0;
      this.#options.send(this.#options.message(sequence));
    }
    receive(reply) {
      if (this.#end !== void 0) return;
      const time = this.#options.now();
      this.#received++;
      this.#lastMs = time;
      this.#quietLooks = 0;
      const { sequence, isRight } = this.#options.judge(reply, this.#ledger.expected(0));
      if (isRight) {
        this.#ledger.answer(0, sequence);
        this.#record(sequence, time);
      } else {
        this.#ledger.corrupt(0, sequence);
      }
      this.#endWhenComplete();
    }
    /** The latency of a message counts once, however many replies it gets. */
    #record(sequence, time) {
      if (!(sequence < this.#sent)) return;
      const sentMs = this.#sentMs[sequence];
      if (Number.isNaN(sentMs)) return;
      this.#sentMs[sequence] = NaN;
      this.#latency.record(Math.max(0, Math.round((time - sentMs) * 1e6)));
    }
    /** Not while a message was passed over: its reply may be late. */
    #endWhenComplete() {
      if (this.#sent < this.#toSend || this.#ledger.outstanding > 0) return;
      if (this.#ledger.counts().lost === 0) this.#finish("complete");
    }
    /**
     * Checks for progress since the last look; to be called every {@linkcode LOOK_MS}. Looks are counted and not time: a
     * page that was frozen has not waited.
     */
    look() {
      const buffered = this.#options.buffered();
      if (buffered !== this.#buffered) this.#quietLooks = 0;
      this.#buffered = buffered;
      if (++this.#quietLooks > QUIET_LOOKS) this.#finish("silent");
    }
    /** Sends no more and waits for the outstanding replies; the second time it waits no longer. */
    stop() {
      if (this.#wasStopped || this.#sent === this.#toSend) return this.#finish("stopped");
      this.#wasStopped = true;
      this.#toSend = this.#sent;
      this.#endWhenComplete();
    }
    /** The connection is gone: outstanding replies are lost. */
    closed() {
      this.#finish("closed");
    }
    #finish(end) {
      this.#end ??= this.#wasStopped && end === "complete" ? "stopped" : end;
    }
    /** What it has shown so far; a message without a reply counts as lost. */
    outcome() {
      return {
        count: this.#options.count,
        received: this.#received,
        counts: this.#ledger.counts(),
        tookMs: this.#received === 0 ? void 0 : this.#lastMs - this.#firstMs,
        latency: this.#latency,
        end: this.#end
      };
    }
  };

  // servers/page/turns.ts
  var FRAME_MS = 8;
  var NO_FRAME_MS = 100;
  var onNextFrame = globalThis.requestAnimationFrame;
  var Turns = class {
    // A timer would wait for 4 ms each time, and for 1 s while the page is hidden.
    #channel = new MessageChannel();
    #timer;
    #frameMs = 0;
    #isClosed = false;
    constructor(work) {
      this.#channel.port1.onmessage = () => {
        if (!this.#isClosed) work();
      };
    }
    /** Asks for a turn: at once, or, if the page has not drawn for a while, after its next frame. */
    next() {
      if (!onNextFrame || performance.now() - this.#frameMs < FRAME_MS) return this.#give();
      let isGiven = false;
      const give = () => {
        if (isGiven) return;
        isGiven = true;
        clearTimeout(this.#timer);
        this.#frameMs = performance.now();
        this.#give();
      };
      onNextFrame(give);
      this.#timer = setTimeout(give, NO_FRAME_MS);
    }
    /** Asks for a turn in a while, in milliseconds. */
    later(ms) {
      this.#timer = setTimeout(() => this.#give(), ms);
    }
    /** Gives no more turns. */
    close() {
      clearTimeout(this.#timer);
      this.#isClosed = true;
      this.#channel.port1.close();
      this.#channel.port2.close();
    }
    #give() {
      if (this.#isClosed) return;
      this.#channel.port2.postMessage(void 0);
    }
  };

  // servers/page/session.ts
  var FULL_MS = 4;
  var Session = class {
    #events;
    #state = {
      phase: "closed",
      text: "Not connected",
      isWrong: false
    };
    #target;
    #connection;
    /** Replies that the connection still owes; below 0 if it gave too many. */
    #owed = 0;
    /** When the single messages were sent that wait for a reply, the oldest first. */
    #sentMs = [];
    #run;
    #requested;
    #endPump = () => {
    };
    constructor(events) {
      this.#events = events;
    }
    get state() {
      return this.#state;
    }
    /** Whether there is a run, or one is about to begin. */
    get isRunning() {
      return this.#run !== void 0 || this.#requested !== void 0;
    }
    /** What the run has sent and received so far; undefined if there is no run. */
    get progress() {
      return this.#run && {
        sent: this.#run.sent,
        received: this.#run.received
      };
    }
    /** Connects, after closing the connection that there is. */
    connect(target) {
      this.#drop();
      this.#target = target;
      this.#owed = 0;
      this.#sentMs = [];
      this.#become({
        phase: "connecting",
        text: \`Connecting to \${placeOf(target)}\`,
        isWrong: false
      });
      try {
        this.#connection = connect(target, {
          opened: () => this.#opened(target),
          received: (text) => this.#received(text),
          closed: (why) => this.#closed(why)
        });
      } catch (error) {
        this.#closed(error.message);
      }
    }
    disconnect() {
      this.#drop();
      this.#become({
        phase: "closed",
        text: "Disconnected",
        isWrong: false
      });
    }
    /** Shows why it cannot connect to what was typed. */
    refuse(why) {
      this.#drop();
      this.#become({
        phase: "closed",
        text: why,
        isWrong: true
      });
    }
    /** Sends a message that belongs to no run. */
    sendOne(text) {
      this.#sentMs.push(performance.now());
      this.#send(text);
    }
    #send(text) {
      this.#owed++;
      this.#connection?.send(text);
      this.#events.logged("sent", text);
    }
    /**
     * Starts a run. A reply that the connection owes, or gave too many, could be mistaken for one of the run: then the run
     * begins on a new connection.
     */
    start(request) {
      if (this.#state.phase !== "open" || this.isRunning || !this.#target) return;
      if (this.#owed === 0) return this.#begin(request, this.#target);
      this.#events.logged("note", "New connection, as replies on the old one do not add up");
      this.connect(this.#target);
      this.#requested = request;
      this.#events.changed();
    }
    /** Sends no more and waits for replies; the second time it waits no longer. */
    stop() {
      this.#requested = void 0;
      this.#run?.stop();
      this.#settle();
      this.#events.changed();
    }
    #opened(target) {
      this.#become({
        phase: "open",
        text: "WebSocket connection established",
        isWrong: false
      });
      const request = this.#requested;
      this.#requested = void 0;
      if (request) this.#begin(request, target);
    }
    #received(text) {
      const nowMs = performance.now();
      this.#owed--;
      this.#events.logged("received", text);
      const sentMs = this.#run === void 0 ? this.#sentMs.shift() : void 0;
      if (sentMs !== void 0) this.#events.replied(text, nowMs - sentMs);
      else if (this.#run === void 0 && this.#owed < 0) this.#events.replied(text, void 0);
      this.#run?.receive(text);
      this.#settle();
    }
    #closed(why) {
      this.#connection = void 0;
      this.#become({
        phase: "closed",
        text: why,
        isWrong: true
      });
      this.#loseRun();
    }
    #drop() {
      this.#connection?.close();
      this.#connection = void 0;
      this.#loseRun();
    }
    #loseRun() {
      this.#requested = void 0;
      this.#run?.closed();
      this.#settle();
    }
    #begin({ count: count2, size: size2 }, { behaviour: behaviour2 }) {
      const message = messagesOf(size2);
      const run = new Run({
        count: count2,
        message,
        judge: judgeOf(behaviour2, message),
        now: () => performance.now(),
        send: (text) => this.#send(text),
        buffered: () => this.#connection?.buffered() ?? 0
      });
      this.#run = run;
      this.#events.began();
      this.#events.changed();
      this.#endPump = pump(run, () => this.#settle());
    }
    #settle() {
      const run = this.#run;
      if (run?.end === void 0) return;
      this.#run = void 0;
      this.#endPump();
      this.#events.ended(run.outcome());
      this.#events.changed();
    }
    #become(state) {
      this.#state = state;
      this.#events.logged("note", state.text);
      this.#events.changed();
    }
  };
  function pump(run, looked) {
    const turns = new Turns(() => {
      const what = run.sendSlice();
      if (what === "more") turns.next();
      if (what === "full") turns.later(FULL_MS);
    });
    turns.next();
    const looks = setInterval(() => {
      run.look();
      looked();
    }, LOOK_MS);
    return () => {
      turns.close();
      clearInterval(looks);
    };
  }

  // servers/page/main.ts
  var MOST_SHOWN = 2e3;
  function find(id) {
    return document.getElementById(id);
  }
  var url = find("url");
  var protocol = find("protocol");
  var behaviour = find("behaviour");
  var connect2 = find("connect");
  var disconnect = find("disconnect");
  var send = find("send");
  var count = find("count");
  var size = find("size");
  var start = find("start");
  var stop = find("stop");
  var bar = find("progress");
  var figure = find("figure");
  var latest = find("latest");
  var book = new LogBook();
  var log = new LogView(book, {
    scroller: find("log"),
    spacer: find("log-spacer"),
    rows: find("log-rows")
  }, drawSoon);
  var meter = new FrameMeter(0);
  var outcome;
  var isFrameDue = false;
  var urlThen = "";
  var session = new Session({
    changed: showState,
    logged(kind, text) {
      book.add(kind, text, performance.now());
      drawSoon();
    },
    replied(text, latencyMs) {
      const [latency, reply] = find("reply").children;
      latency.textContent = latencyMs === void 0 ? "unasked" : duration(latencyMs);
      reply.textContent = shorten(text, MOST_SHOWN);
      find("reply").hidden = false;
    },
    began() {
      meter = new FrameMeter(performance.now());
      noteHidden();
      bar.max = count.valueAsNumber;
      find("summary").textContent = \`Sending \${whole(bar.max)} messages \\u2026\`;
      find("result").hidden = true;
    },
    ended(result) {
      meter.frame(performance.now());
      outcome = result;
      bar.value = result.received;
      showProgress(result.counts.sent, result.received);
      showOutcome(result);
    }
  });
  function showState() {
    const { state, isRunning } = session;
    const isOpen = state.phase === "open";
    const focused = document.activeElement;
    const element2 = find("state");
    element2.dataset.phase = state.phase;
    element2.classList.toggle("wrong", state.isWrong);
    find("state-text").textContent = state.text;
    disconnect.disabled = state.phase === "closed";
    send.disabled = start.disabled = !isOpen || isRunning;
    stop.disabled = !isRunning;
    for (const field of [
      url,
      protocol,
      behaviour,
      count,
      size
    ]) field.disabled = isRunning;
    showConnect();
    keepFocus(focused);
    if (isRunning) drawSoon();
  }
  function showConnect() {
    const isThere = session.state.phase !== "closed" && url.value === urlThen;
    connect2.disabled = session.isRunning || isThere;
  }
  function keepFocus(focused) {
    if (!focused?.matches(":disabled")) return;
    if (focused === disconnect) connect2.focus();
    else if (focused === connect2) disconnect.focus();
    else if (!stop.disabled) stop.focus();
    else if (!start.disabled) start.focus();
    else connect2.focus();
  }
  function drawSoon() {
    if (isFrameDue) return;
    isFrameDue = true;
    requestAnimationFrame(draw);
  }
  function draw() {
    isFrameDue = false;
    meter.frame(performance.now());
    log.draw();
    if (!log.isAtEnd) latest.hidden = false;
    else if (!latest.hidden) hideLatest();
    const { length, omitted } = book;
    find("log-size").textContent = \`\${whole(length + omitted)} \${length === 1 ? "line" : "lines"}\` + (omitted > 0 ? \`; the first \${whole(omitted)} are left out\` : "");
    const { progress } = session;
    if (progress) {
      bar.value = progress.received;
      showProgress(progress.sent, progress.received);
    }
    if (session.isRunning) drawSoon();
  }
  function hideLatest() {
    if (document.activeElement === latest) find("log").focus({
      preventScroll: true
    });
    latest.hidden = true;
  }
  function showProgress(sent, received) {
    find("progress-text").textContent = progressText(sent, bar.max, received, session.isRunning);
  }
  function showOutcome(result) {
    find("summary").textContent = summaryOf(result);
    find("facts").replaceChildren(
      ...factsOf(result, meter.longestMs).map(({ name, value, isWrong }) => {
        const pair = document.createElement("div");
        const term = document.createElement("dt");
        const description = document.createElement("dd");
        term.textContent = name;
        description.textContent = value;
        description.classList.toggle("wrong", isWrong);
        pair.append(term, description);
        return pair;
      })
    );
    find("result").hidden = false;
    showChart();
  }
  function showChart() {
    const bars = outcome && barsOf(outcome.latency);
    figure.hidden = !bars;
    figure.replaceChildren(...bars ? [
      chartOf(bars, figure.clientWidth || 320)
    ] : []);
  }
  function noteHidden() {
    if (document.hidden) meter.hide();
  }
  function connectNow() {
    urlThen = url.value;
    try {
      const target = targetOf(url.value, protocol.value, behaviour.value);
      behaviour.value = target.behaviour;
      session.connect(target);
    } catch (error) {
      session.refuse(error.message);
    }
  }
  function showCount() {
    const messages = count.validity.valid ? \`\${whole(count.valueAsNumber)} \` : "";
    start.textContent = \`Start \${messages}\${messages === "1 " ? "Message" : "Messages"}\`;
  }
  function onSubmit(form, act) {
    find(form).addEventListener("submit", (event) => {
      event.preventDefault();
      act();
    });
  }
  onSubmit("connect-form", connectNow);
  onSubmit("one-form", () => {
    const isReady = session.state.phase === "open" && !session.isRunning;
    if (isReady) session.sendOne(find("text").value);
  });
  onSubmit("many-form", () => {
    session.start({
      count: count.valueAsNumber,
      size: size.valueAsNumber
    });
  });
  disconnect.addEventListener("click", () => session.disconnect());
  stop.addEventListener("click", () => session.stop());
  latest.addEventListener("click", () => log.toEnd());
  find("clear").addEventListener("click", () => {
    book.clear();
    drawSoon();
  });
  for (const choice of [
    protocol,
    behaviour
  ]) {
    choice.addEventListener("change", () => {
      if (session.state.phase !== "closed") connectNow();
    });
  }
  count.addEventListener("input", showCount);
  url.addEventListener("input", showConnect);
  document.addEventListener("visibilitychange", noteHidden);
  addEventListener("resize", showChart);
  url.value = \`\${location.protocol === "https:" ? "wss" : "ws"}://\${location.host}\`;
  protocol.value = document.documentElement.dataset.protocol ?? "websocket";
  find("clock").textContent = \`The browser's clock has steps of \${crossOriginIsolated ? "5\\xA0\\xB5s" : "0.1\\xA0ms or more"}.\`;
  showCount();
  connectNow();
})();
</script>
  </body>
</html>
`;
