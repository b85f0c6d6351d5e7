/**
 * The script of the live view's page: shows as text what the server sends. It draws only when something new has come
 * and the page is visible, because the machine is measuring.
 */

export const SCRIPT = `"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const put = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const number = (value) => value.toLocaleString("en-US",
    value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
  const clock = (ms) => {
    const seconds = Math.round(ms / 1000);
    return Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  };

  const MOST_POINTS = 300;
  const LOST_MS = 1500;
  // In a shorter trial there are too few points for a line.
  const LEAST_SPAN_MS = 3000;
  let page;
  let points = [];
  let toldMs = 0; // When the state came.
  let heardMs = 0; // When points came.
  let lost = 0;

  const STATUS = {
    running: "Running",
    finished: "The run has finished",
    interrupted: "The run was stopped",
    failed: "The run has failed",
    ended: "The run has ended",
  };

  const showProgress = () => {
    const { status, total, ended, failed, failure, leftMs, isOver } = page;
    const isOn = status === "running";
    const left = leftMs === null || !isOn
      ? "" : " · " + clock(Math.max(0, leftMs - (performance.now() - toldMs))) + " left";
    put(at("status"), lost > 0 && !isOver ? "Connection lost: trying again"
      : STATUS[status] + (failure === "" ? "" : ": " + failure));
    at("state").dataset.status = status;
    put(at("counts"), ended + " of " + total + " trials" +
      (failed > 0 ? " · " + failed + " failed" : "") + left);
    at("progress").max = Math.max(1, total);
    at("progress").value = ended;
    document.title = (isOn ? ended + "/" + total : STATUS[status]) + " · wsmark";
  };

  const list = (id, texts) => {
    const element = at(id);
    element.hidden = texts.length === 0;
    const was = [...element.children].map((item) => item.textContent);
    if (was.join("\\n") === texts.join("\\n")) return;
    element.replaceChildren(...texts.map((text) => make("li", "", text)));
  };

  // Whether the browser keeps the report, so that the link works without the server.
  let isKept = false;
  const showEnd = () => {
    const { status, answer, isOver, hasReport, folder, resume } = page;
    at("end").hidden = status === "running";
    at("now").hidden = status !== "running";
    put(at("sofar"), status === "running" ? "The comparison so far" : "The comparison");
    list("answer", answer === null ? [] : answer.sentences);
    at("light").hidden = answer === null;
    if (answer !== null) {
      at("light").dataset.colour = answer.light.colour;
      put(at("light"), answer.light.title + (answer.light.reasons.length === 0 ? "" : ": ") + answer.light.reasons.join(" "));
    }
    at("report").hidden = !isKept;
    const rest = status === "interrupted" || status === "ended"
      ? ". Go on with: " + resume : "";
    put(at("where"), !isOver ? "The reports are being written …"
      : (hasReport ? (isKept ? "It is" : "The report is") + " the file report.html in " + folder
        : status === "ended" ? "Its program has ended without a word. What was measured is in " + folder
        : "The results are in " + folder) + rest);
  };

  const keepReport = async () => {
    try {
      await (await fetch("report.html", { cache: "reload" })).arrayBuffer();
      const kept = await fetch("report.html", { cache: "only-if-cached", mode: "same-origin" });
      isKept = kept.ok;
      await kept.arrayBuffer();
    } catch {
      // The path is shown all the same.
    }
    end();
  };

  // The tables are built once and then only changed, so that they keep where they were scrolled to.
  let shape = "";
  let places = [];
  const buildTables = () => {
    places = [];
    at("tables").replaceChildren(...page.tables.map(({ title, metric, key, columns, rows }) => {
      const table = make("table");
      const caption = table.appendChild(make("caption", "", title));
      caption.append(make("span", "muted", metric));
      const head = table.createTHead().insertRow();
      for (const [index, name] of [key, ...columns].entries()) {
        const cell = head.appendChild(make("th", index === 0 ? "name" : "number", name));
        cell.scope = "col";
      }
      const body = table.createTBody();
      for (const { title } of rows) {
        const row = body.insertRow();
        row.appendChild(make("th", "name", title)).scope = "row";
        for (const column of columns) places.push({ cell: row.appendChild(make("td")), column, was: "" });
      }
      if (key === "Server") table.className = columns.length === 1 ? "servers single" : "servers";
      const isWide = columns.length > (key === "Server" ? 2 : 3);
      const box = make("div", isWide ? "table scroll wide" : "table scroll");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", title);
      box.append(table);
      return box;
    }));
  };

  const showTables = () => {
    if (page.tables.length === 0) return;
    const now = JSON.stringify(page.tables.map(({ title, columns, rows }) =>
      [title, columns, rows.map(({ title }) => title)]));
    if (now !== shape) buildTables();
    shape = now;
    const cells = page.tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
    for (const [index, cell] of cells.entries()) {
      const place = places[index];
      const text = JSON.stringify(cell);
      if (place.was === text) continue;
      place.was = text;
      showCell(place, cell);
    }
  };

  const drawRounds = (points) => {
    const svg = at("rounds").content.firstElementChild.cloneNode(true);
    const path = svg.firstElementChild;
    path.setAttribute("d", points.map(([x, y]) =>
      "M" + (x * 100).toFixed(1) + " " + (20 - y * 18).toFixed(1) + "h0").join(""));
    return svg;
  };

  const showCell = ({ cell, column }, { value, interval, rounds, points, leads, isWrong, isRunning }) => {
    cell.className = isRunning ? "number running" : "number";
    const figure = make("span", leads ? "value best" : "value");
    if (isWrong) figure.append(make("span", "wrong", "✗ "));
    if (leads) figure.append(make("span", "sign", "★ "), make("span", "unseen", "clearly best: "));
    figure.append(value);
    if (isRunning) figure.append(make("span", "unseen", " running"));
    const notes = make("small");
    if (interval !== "") notes.append(make("span", "", interval), " ");
    notes.append(make("span", "", rounds));
    // On a phone the cells stand under each other, each with its heading.
    const all = make("div", "cell");
    all.append(make("span", "label", column), figure, drawRounds(points), notes);
    cell.replaceChildren(all);
  };

  const showWarnings = () => {
    const { warnings } = page;
    at("none").hidden = warnings.length > 0;
    at("folded").hidden = warnings.length === 0;
    put(at("warned-count"), warnings.length + (warnings.length === 1 ? " kind" : " kinds") + " of warning");
    list("warnings", warnings);
  };

  const drawRates = (spanMs) => {
    const startMs = Math.max(0, (points.at(-1)?.atMs ?? 0) - spanMs);
    const seen = points.filter(({ atMs }) => atMs >= startMs);
    const most = seen.reduce((most, { rate }) => Math.max(most, rate), 1e-9);
    const places = seen.map(({ atMs, rate }) =>
      ((atMs - startMs) / spanMs * 100).toFixed(1) + " " + (19 - rate / most * 18).toFixed(1));
    at("rates").classList.toggle("drawn", spanMs >= LEAST_SPAN_MS);
    at("rates").firstChild.setAttribute("d", places.length < 2 ? "" : "M" + places.join("L"));
  };

  let spanMs = 1000;
  const showTrial = () => {
    const { running } = page;
    const last = points.at(-1);
    if (running !== null) {
      put(at("trial"), running.title);
      put(at("rate-unit"), running.rateUnit);
      put(at("latency-title"), running.latencyTitle);
      spanMs = running.spanMs;
    }
    at("span").value = running === null && last ? 1 : Math.min(1, (last?.atMs ?? 0) / spanMs);
    drawRates(spanMs);
    // Between two trials the figures of the last one stay.
    if (last) {
      const { meanMs, maxMs } = last;
      put(at("rate"), number(last.rate));
      put(at("latency"), meanMs === null ? "–"
        : number(meanMs) + " ms mean, longest " + number(maxMs) + " ms");
    }
    showPhase();
  };

  const showPhase = () => {
    const last = points.at(-1);
    const silentMs = performance.now() - heardMs;
    const isStale = page.running !== null && last !== undefined && silentMs > LOST_MS;
    for (const id of ["rate", "latency"]) {
      at(id).parentElement.classList.toggle("stale", isStale || page.running === null || !last);
    }
    put(at("phase"), page.running === null ? "between two trials"
      : last === undefined ? "starting"
      : isStale ? "no reply for " + Math.round(silentMs / 1000) + " s"
      : last.isWarmup ? "warm-up: does not count" : "in the measured window");
  };

  let isDue = false;
  let hasNewPage = false;
  const show = () => {
    isDue = false;
    if (page === undefined) return;
    showProgress();
    if (hasNewPage) {
      list("alarms", page.alarms.map((alarm) => "✗ " + alarm));
      showEnd();
      showTables();
      showWarnings();
    }
    hasNewPage = false;
    if (page.status === "running") showTrial();
  };
  const plan = () => {
    if (isDue || document.hidden) return;
    isDue = true;
    requestAnimationFrame(show);
  };
  document.addEventListener("visibilitychange", plan);
  const beat = setInterval(() => {
    if (page === undefined || document.hidden) return;
    showProgress();
    if (page.status === "running") showPhase();
  }, 1000);

  const source = new EventSource("events");
  // Nothing more comes.
  const end = () => {
    source.close();
    clearInterval(beat);
    lost = 0;
    if (page === undefined) return put(at("status"), STATUS.ended);
    if (!page.isOver && page.status === "running") page.status = "ended";
    page.isOver = true;
    hasNewPage = true;
    plan();
  };
  let isEnding = false;
  source.addEventListener("message", ({ data }) => {
    const news = JSON.parse(data);
    lost = 0;
    if (news.page !== undefined) {
      page = news.page;
      hasNewPage = true;
      toldMs = performance.now();
      put(at("plan"), page.plan);
      points = [];
    }
    if (news.points.length > 0) heardMs = performance.now();
    points = [...points, ...news.points].slice(-MOST_POINTS);
    if (page.isOver && !isEnding) {
      isEnding = true;
      if (page.hasReport) keepReport();
      else end();
    }
    plan();
  });
  source.addEventListener("error", () => {
    lost++;
    // Its program was stopped before it could say so.
    if (source.readyState === EventSource.CLOSED || lost >= 5) end();
    else if (page !== undefined) showProgress();
  });
})();
`;
