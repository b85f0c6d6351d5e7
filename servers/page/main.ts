/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The page's script: it shows a session. `deno task web` bundles it. */

import { type Behaviour, targetOf } from "./address.ts";
import { barsOf } from "./bars.ts";
import { chartOf } from "./chart.ts";
import { FrameMeter } from "./frames.ts";
import { LogBook, shorten } from "./log/log_book.ts";
import { LogView } from "./log/log_view.ts";
import type { Protocol } from "./protocols.ts";
import { duration, factsOf, progressText, summaryOf, whole } from "./results.ts";
import type { SessionOutcome } from "./run.ts";
import { Session } from "./session.ts";

/** Characters of a single reply that are shown; the log shows fewer. */
const MOST_SHOWN = 2000;

function find<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

const url = find<HTMLInputElement>("url");
const protocol = find<HTMLSelectElement>("protocol");
const behaviour = find<HTMLSelectElement>("behaviour");
const connect = find<HTMLButtonElement>("connect");
const disconnect = find<HTMLButtonElement>("disconnect");
const send = find<HTMLButtonElement>("send");
const count = find<HTMLInputElement>("count");
const size = find<HTMLInputElement>("size");
const start = find<HTMLButtonElement>("start");
const stop = find<HTMLButtonElement>("stop");
const bar = find<HTMLProgressElement>("progress");
const figure = find("figure");
const latest = find<HTMLButtonElement>("latest");

const book = new LogBook();
const log = new LogView(book, {
  scroller: find("log"),
  spacer: find("log-spacer"),
  rows: find("log-rows"),
}, drawSoon);

let meter = new FrameMeter(0);
let outcome: SessionOutcome | undefined;
let isFrameDue = false;
/** What the URL field held when the page connected. */
let urlThen = "";

const session = new Session({
  changed: showState,
  logged(kind, text) {
    book.add(kind, text, performance.now());
    drawSoon();
  },
  replied(text, latencyMs) {
    const [latency, reply] = find("reply").children;
    latency!.textContent = latencyMs === undefined ? "unasked" : duration(latencyMs);
    reply!.textContent = shorten(text, MOST_SHOWN);
    find("reply").hidden = false;
  },
  began() {
    meter = new FrameMeter(performance.now());
    noteHidden();
    bar.max = count.valueAsNumber;
    find("summary").textContent = `Sending ${whole(bar.max)} messages …`;
    find("result").hidden = true;
  },
  ended(result) {
    meter.frame(performance.now());
    outcome = result;
    bar.value = result.received;
    showProgress(result.counts.sent, result.received);
    showOutcome(result);
  },
});

function showState(): void {
  const { state, isRunning } = session;
  const isOpen = state.phase === "open";
  const focused = document.activeElement;
  const element = find("state");
  element.dataset.phase = state.phase;
  element.classList.toggle("wrong", state.isWrong);
  find("state-text").textContent = state.text;
  disconnect.disabled = state.phase === "closed";
  send.disabled = start.disabled = !isOpen || isRunning;
  stop.disabled = !isRunning;
  for (const field of [url, protocol, behaviour, count, size]) field.disabled = isRunning;
  showConnect();
  keepFocus(focused);
  if (isRunning) drawSoon();
}

/** There is something to connect to without a connection, or as soon as another URL is typed. */
function showConnect(): void {
  const isThere = session.state.phase !== "closed" && url.value === urlThen;
  connect.disabled = session.isRunning || isThere;
}

/** For those who use the keyboard: an element that is disabled hands the focus to the next one. */
function keepFocus(focused: Element | null): void {
  if (!focused?.matches(":disabled")) return;
  if (focused === disconnect) connect.focus();
  else if (focused === connect) disconnect.focus();
  else if (!stop.disabled) stop.focus();
  else if (!start.disabled) start.focus();
  else connect.focus();
}

/** Everything that messages change is drawn once a frame, however many there are. */
function drawSoon(): void {
  if (isFrameDue) return;
  isFrameDue = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  isFrameDue = false;
  meter.frame(performance.now());
  log.draw();
  if (!log.isAtEnd) latest.hidden = false;
  else if (!latest.hidden) hideLatest();
  const { length, omitted } = book;
  find("log-size").textContent = `${whole(length + omitted)} ${length === 1 ? "line" : "lines"}` +
    (omitted > 0 ? `; the first ${whole(omitted)} are left out` : "");
  const { progress } = session;
  if (progress) {
    bar.value = progress.received;
    showProgress(progress.sent, progress.received);
  }
  if (session.isRunning) drawSoon();
}

/** For those who use the keyboard, as above. */
function hideLatest(): void {
  if (document.activeElement === latest) find("log").focus({ preventScroll: true });
  latest.hidden = true;
}

function showProgress(sent: number, received: number): void {
  find("progress-text").textContent = progressText(sent, bar.max, received, session.isRunning);
}

function showOutcome(result: SessionOutcome): void {
  find("summary").textContent = summaryOf(result);
  find("facts").replaceChildren(
    // deno-lint-ignore wsmark/no-spread-arguments -- a few facts
    ...factsOf(result, meter.longestMs).map(({ name, value, isWrong }) => {
      const pair = document.createElement("div");
      const term = document.createElement("dt");
      const description = document.createElement("dd");
      term.textContent = name;
      description.textContent = value;
      description.classList.toggle("wrong", isWrong);
      pair.append(term, description);
      return pair;
    }),
  );
  find("result").hidden = false;
  showChart();
}

function showChart(): void {
  const bars = outcome && barsOf(outcome.latency);
  figure.hidden = !bars;
  // deno-lint-ignore wsmark/no-spread-arguments -- one at most
  figure.replaceChildren(...(bars ? [chartOf(bars, figure.clientWidth || 320)] : []));
}

function noteHidden(): void {
  if (document.hidden) meter.hide();
}

function connectNow(): void {
  urlThen = url.value;
  try {
    const target = targetOf(url.value, protocol.value as Protocol, behaviour.value as Behaviour);
    behaviour.value = target.behaviour;
    session.connect(target);
  } catch (error) {
    session.refuse((error as Error).message);
  }
}

function showCount(): void {
  const messages = count.validity.valid ? `${whole(count.valueAsNumber)} ` : "";
  start.textContent = `Start ${messages}${messages === "1 " ? "Message" : "Messages"}`;
}

/** A form is submitted by its button and by Enter in each of its fields. */
function onSubmit(form: string, act: () => void): void {
  find(form).addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

onSubmit("connect-form", connectNow);
onSubmit("one-form", () => {
  const isReady = session.state.phase === "open" && !session.isRunning;
  if (isReady) session.sendOne(find<HTMLInputElement>("text").value);
});
onSubmit("many-form", () => {
  session.start({ count: count.valueAsNumber, size: size.valueAsNumber });
});
disconnect.addEventListener("click", () => session.disconnect());
stop.addEventListener("click", () => session.stop());
latest.addEventListener("click", () => log.toEnd());
find("clear").addEventListener("click", () => {
  book.clear();
  drawSoon();
});
for (const choice of [protocol, behaviour]) {
  choice.addEventListener("change", () => {
    if (session.state.phase !== "closed") connectNow();
  });
}
count.addEventListener("input", showCount);
url.addEventListener("input", showConnect);
document.addEventListener("visibilitychange", noteHidden);
addEventListener("resize", showChart);

url.value = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
protocol.value = document.documentElement.dataset.protocol ?? "websocket";
find("clock").textContent = `The browser's clock has steps of ${
  crossOriginIsolated ? "5\u00A0µs" : "0.1\u00A0ms or more"
}.`;
showCount();
connectNow();
