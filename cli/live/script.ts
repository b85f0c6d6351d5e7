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
  let page;
  let points = [];
  let toldMs = 0; // When the state came.
  let heardMs = 0; // When points came.
  let lost = 0;

  const STATUS = {
    running: "Running",
    finished: "The run has finished",
    interrupted: "The run was interrupted",
    ended: "The run has ended",
  };

  const showProgress = () => {
    const { status, total, ended, failed, leftMs } = page;
    const isOn = status === "running";
    const left = leftMs === null || !isOn
      ? "" : " · " + clock(Math.max(0, leftMs - (performance.now() - toldMs))) + " left";
    put(at("status"), lost > 0 && isOn ? "Connection lost: trying again" : STATUS[status]);
    put(at("counts"), ended + " of " + total + " trials" +
      (failed > 0 ? " · " + failed + " failed" : "") + left);
    at("progress").max = Math.max(1, total);
    at("progress").value = ended;
    document.title = (isOn ? ended + "/" + total : STATUS[status]) + " · wsmark";
  };

  const showTrial = () => {
    const { running, status, folder } = page;
    if (running !== null) put(at("trial"), running.title);
    at("now").hidden = status !== "running";
    at("after").hidden = status === "running";
    put(at("after"), "This is its last state. The results are in " + folder);
  };

  // The table is built once and then only changed, so that it keeps where it was scrolled to.
  let shape = "";
  let places = [];
  const buildTables = () => {
    places = [];
    at("tables").replaceChildren(...page.tables.map(({ title, metric, servers, rows }) => {
      const table = make("table");
      const caption = table.appendChild(make("caption", "", title));
      caption.append(make("span", "muted", metric));
      const head = table.createTHead().insertRow();
      for (const name of ["Case", ...servers]) {
        const cell = head.appendChild(make("th", name === "Case" ? "key" : "number", name));
        cell.scope = "col";
      }
      const body = table.createTBody();
      for (const { title } of rows) {
        const row = body.insertRow();
        row.appendChild(make("th", "key", title)).scope = "row";
        const reasons = body.insertRow();
        reasons.className = "reasons";
        reasons.hidden = true;
        const list = reasons.appendChild(make("td"));
        list.colSpan = servers.length + 1;
        places.push({ cells: servers.map(() => row.appendChild(make("td"))), reasons, list, was: "" });
      }
      const box = make("div", "table scroll");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", title);
      box.append(table);
      return box;
    }));
  };

  const showTables = () => {
    const now = JSON.stringify(page.tables.map(({ title, servers, rows }) =>
      [title, servers, rows.map(({ title }) => title)]));
    if (now !== shape) buildTables();
    shape = now;
    const rows = page.tables.flatMap(({ servers, rows }) => rows.map(({ cells }) => [servers, cells]));
    for (const [index, [servers, cells]] of rows.entries()) {
      const place = places[index];
      const text = JSON.stringify(cells);
      if (place.was === text) continue;
      place.was = text;
      place.cells.forEach((cell, column) => showCell(cell, cells[column]));
      const reasons = cells.flatMap(({ troubles }, column) =>
        troubles.map((trouble) => make("div", "", "✗ " + servers[column] + ": " + trouble)));
      place.list.replaceChildren(...reasons);
      place.reasons.hidden = reasons.length === 0;
    }
  };

  const showCell = (cell, { value, rounds, troubles, isRunning }) => {
    cell.className = isRunning ? "number running" : "number";
    cell.replaceChildren(
      ...(troubles.length > 0 ? [make("span", "wrong", "✗ ")] : []),
      value,
      make("span", "rounds", rounds),
      ...(isRunning ? [make("span", "unseen", "running")] : []),
    );
  };

  let warned = "";
  const showWarnings = () => {
    const now = JSON.stringify([page.warnings, page.moreWarnings]);
    if (now === warned) return;
    warned = now;
    at("more").hidden = page.warnings.length > 0 && page.moreWarnings === 0;
    put(at("more"), page.moreWarnings > 0
      ? page.moreWarnings + " older ones are not listed" : "None so far");
    at("warnings").replaceChildren(...page.warnings.map(({ finding, where, times, isFailure }) => {
      const item = make("li", isFailure ? "failed" : "", finding);
      const place = times > 1 ? "in " + times + " trials, the last one: " + where : where;
      if (place !== "") item.append(make("span", "where", place));
      return item;
    }));
  };

  const ceiling = (value) => {
    const unit = 10 ** Math.floor(Math.log10(value));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= value) * unit;
  };

  const draw = (id, read, startMs, spanMs) => {
    const figure = at(id);
    const seen = points.filter((point) => point.atMs >= startMs && read(point) !== null);
    const most = ceiling(seen.reduce((most, one) => Math.max(most, read(one)), 1e-9));
    const x = (point) => ((point.atMs - startMs) / spanMs * 600).toFixed(1);
    const places = seen.map((point) => x(point) + " " + (100 - read(point) / most * 100).toFixed(1));
    // A path of one point is drawn as a dot.
    figure.querySelector(".line").classList.toggle("dot", places.length === 1);
    const line = places.length === 0 ? "" : "M" + [...places, places.at(-1)].join("L");
    figure.querySelector(".line").setAttribute("d", line);
    const warm = points.findLast((point) => point.isWarmup && point.atMs >= startMs);
    figure.querySelector(".warm").setAttribute("d", warm ? "M0 0H" + x(warm) + "V100H0Z" : "");
    put(figure.querySelector(".scale span"), seen.length === 0 ? "" : number(most));
    const [from, to] = figure.querySelectorAll(".times span");
    put(from, number(startMs / 1000) + " s");
    put(to, number((startMs + spanMs) / 1000) + " s");
  };

  const showPoints = () => {
    const { running } = page;
    const last = points.at(-1);
    if (running !== null) {
      put(at("rate").querySelector(".figure span"), running.rateUnit);
      put(at("latency").querySelector("h3"), running.latencyTitle);
      at("charts").dataset.span = running.spanMs;
    }
    const spanMs = Number(at("charts").dataset.span ?? 60_000);
    const startMs = Math.max(0, (last?.atMs ?? 0) - spanMs);
    draw("rate", ({ rate }) => rate, startMs, spanMs);
    draw("latency", ({ meanMs }) => meanMs, startMs, spanMs);
    put(at("rate").querySelector("b"), last ? number(last.rate) : "–");
    const mean = last?.meanMs ?? null;
    put(at("latency").querySelector("b"), mean === null ? "–" : number(mean));
    put(at("latency").querySelector(".figure span"),
      mean === null ? "ms" : "ms mean, longest " + number(last.maxMs) + " ms");
    showPhase();
  };

  const showPhase = () => {
    const last = points.at(-1);
    const silentMs = performance.now() - heardMs;
    const isStale = page.running !== null && last !== undefined && silentMs > LOST_MS;
    at("charts").classList.toggle("stale", isStale || page.running === null);
    put(at("phase"), page.running === null ? "Between two trials"
      : last === undefined ? "Server and client are starting"
      : isStale ? "No reply has been heard of for " + Math.round(silentMs / 1000) + " s"
      : last.isWarmup ? "Warm-up (shaded): it does not count" : "In the measured window");
  };

  let isDue = false;
  let hasNewPage = false;
  const show = () => {
    isDue = false;
    if (page === undefined) return;
    showProgress();
    if (hasNewPage) {
      showTrial();
      showTables();
      showWarnings();
    }
    hasNewPage = false;
    if (page.status === "running") showPoints();
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
  const end = (status) => {
    source.close();
    clearInterval(beat);
    if (page === undefined) return put(at("status"), STATUS[status]);
    page.status = status;
    hasNewPage = true;
    plan();
  };
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
    if (page.status !== "running") end(page.status);
    plan();
  });
  source.addEventListener("error", () => {
    lost++;
    // Its program was stopped before it could say so.
    if (source.readyState === EventSource.CLOSED || lost >= 5) end("ended");
    else if (page !== undefined) showProgress();
  });
})();
`;
