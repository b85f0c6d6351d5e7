/**
 * What flame graphs do: they are drawn by the page, the outermost function on top; a click or Enter zooms in, arrows move,
 * Escape zooms out. Compared with another profile, colours say by how much the share of a function differs.
 */

import { KINDS } from "../../measure/explain/profile/profile.ts";
import { KIND_WORDS } from "./flame.ts";

const WORDS = KINDS.map((kind) => KIND_WORDS[kind]);

export const FLAME_SCRIPT = `
  const setUpFlame = (box) => {
    const data = JSON.parse(box.parentElement.querySelector(".flame-data").textContent);
    const words = ${JSON.stringify(WORDS)};
    const steps = [[-3, "5 points less and beyond"], [-2, "1 point less"], [-1, "0.2 points less"], [0, "the same"],
      [1, "0.2 points more"], [2, "1 point more"], [3, "5 points more and beyond"]];
    const ROW = 18;
    const svg = box.querySelector("svg");
    const make = (name, attributes, ...inside) => {
      const element = document.createElement(name);
      Object.assign(element, attributes);
      element.append(...inside);
      return element;
    };
    const draw = (name, attributes) => {
      const element = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const percent = (share) => (share * 100).toFixed(share < 0.001 ? 2 : 1) + " %";

    // Trees of objects: a function with its shares in the profile that is shown, and in the other.
    const read = ([name, share, self, calls = []]) =>
      ({ name, share: share / 1e6, self: self / 1e6, other: 0, calls: calls.map(read) });
    const upsideDown = (tree) => {
      const root = { name: tree.name, share: 0, self: 0, other: 0, calls: [] };
      const path = [];
      const walk = (node) => {
        path.push(node);
        if (node.self > 0) {
          root.share += node.self;
          let at = root;
          for (const { name } of path.slice(1).reverse()) {
            let next = at.calls.find((one) => one.name === name);
            if (next === undefined) at.calls.push(next = { name, share: 0, self: 0, other: 0, calls: [] });
            next.share += node.self;
            if (at === root) next.self += node.self;
            at = next;
          }
        }
        node.calls.forEach(walk);
        path.pop();
      };
      walk(tree);
      const sort = (node) => {
        node.calls.sort((one, other) => other.share - one.share);
        node.calls.forEach(sort);
      };
      sort(root);
      return root;
    };
    const compare = (node, other) => {
      node.other = other?.share ?? 0;
      for (const one of node.calls) compare(one, other?.calls.find(({ name }) => name === one.name));
    };
    const link = (node, parent, depth) => {
      Object.assign(node, { parent, depth });
      node.calls.forEach((one) => link(one, node, depth + 1));
    };

    const titleOf = ({ title, group }) => title + (new Set(data.profiles.map((one) => one.group)).size > 1 ? ", " + group : "");
    const shown = make("select", {}, ...data.profiles.map((one, at) => make("option", { value: at, textContent: titleOf(one) })));
    const against = make("select", {});
    const search = make("input", { type: "search", placeholder: "name of a function" });
    const inverted = make("input", { type: "checkbox" });
    const reset = make("button", { type: "button", textContent: "Zoom out", disabled: true });
    const says = make("p", { className: "says" });
    says.setAttribute("aria-live", "polite");
    const kinds = make("ul", { className: "kinds" });
    const by = make("p", { className: "muted" });
    const changes = make("ol", { className: "heaviest" });
    let root, zoomed, current, isCompared = false;

    const fillAgainst = () => {
      const chosen = against.value;
      against.replaceChildren(make("option", { value: "", textContent: "nothing" }));
      const here = data.profiles[shown.value];
      data.profiles.forEach((one, at) => {
        if (one === here || one.group !== here.group) return;
        against.append(make("option", { value: at, textContent: one.title }));
      });
      against.value = chosen;
      if (against.selectedIndex < 0) against.value = "";
    };
    const load = () => {
      const { tree, by: how } = data.profiles[shown.value];
      const turn = inverted.checked ? upsideDown : (one) => one;
      root = turn(read(tree));
      isCompared = against.value !== "";
      if (isCompared) compare(root, turn(read(data.profiles[against.value].tree)));
      link(root, null, 0);
      zoomed = current = root;
      by.textContent = "By " + how + ". Widths are shares of the CPU time." +
        (isCompared ? " Red: a larger share than in the other profile; blue: a smaller one. The largest differences of functions themselves:" : "");
      kinds.replaceChildren(...(isCompared ? steps : words.map((word, at) => ["k" + at, word])).map(([step, word]) =>
        make("li", {}, make("span", { className: isCompared ? "d" + step : step }), word)));
      changes.replaceChildren(...(isCompared ? largest() : []).map(([name, one, other]) =>
        make("li", {}, percent(one) + " against " + percent(other) + " ",
          make("code", { textContent: data.names[name][0] }), " " + words[data.names[name][1]])));
      show();
    };
    // Own shares, whoever called.
    const ownShares = (tree) => {
      const shares = new Map();
      const add = ([name, , self, calls = []]) => {
        shares.set(name, (shares.get(name) ?? 0) + self / 1e6);
        calls.forEach(add);
      };
      add(tree);
      return shares;
    };
    const largest = () => {
      const [one, other] = [shown, against].map(({ value }) => ownShares(data.profiles[value].tree));
      return [...new Set([...one.keys(), ...other.keys()])]
        .map((name) => [name, one.get(name) ?? 0, other.get(name) ?? 0])
        .sort((a, b) => Math.abs(b[1] - b[2]) - Math.abs(a[1] - a[2])).slice(0, 8);
    };
    const describe = (node) => {
      const [name, kind, file] = data.names[node.name];
      const what = node === root ? "All CPU time" : name + (file ? " (" + file + ")" : "") + ": " + words[kind];
      const change = isCompared ? "; in the other profile " + percent(node.other) : "";
      return what + ", " + percent(node.share) + (node.self > 0 ? ", itself " + percent(node.self) : "") + change;
    };
    const stepOf = (change) => Math.sign(change) * (Math.abs(change) >= 0.05 ? 3 : Math.abs(change) >= 0.01 ? 2 : Math.abs(change) >= 0.002 ? 1 : 0);
    const wanted = () => search.value.trim().toLowerCase();
    const isFound = (node, text) => data.names[node.name][0].toLowerCase().includes(text);
    const foundShare = (node, text) => node !== root && isFound(node, text)
      ? node.share
      : node.calls.reduce((sum, one) => sum + foundShare(one, text), 0);

    const show = () => {
      const width = Math.max(200, svg.clientWidth || box.clientWidth);
      const text = wanted();
      const groups = [];
      let deepest = 0;
      const place = (node, x, wide) => {
        if (wide < 0.7) return;
        deepest = Math.max(deepest, node.depth);
        const group = draw("g", { tabindex: node === current ? 0 : -1, role: "button", "aria-label": describe(node) });
        const kind = isCompared ? "d" + stepOf(node.share - node.other) : "k" + data.names[node.name][1];
        group.append(draw("rect", { class: node === root ? "d0" : kind, x, y: node.depth * ROW, width: Math.max(0.5, wide), height: ROW }));
        const room = Math.floor((wide - 6) / 7.3);
        if (room >= 3) {
          const name = node === root ? "all" : data.names[node.name][0];
          const label = draw("text", { x: x + 3, y: node.depth * ROW + 13 });
          label.textContent = name.length > room ? name.slice(0, room - 1) + "…" : name;
          group.append(label);
        }
        if (text !== "" && node !== root && isFound(node, text)) group.classList.add("found");
        group.addEventListener("click", () => zoom(node));
        group.addEventListener("pointerenter", () => (says.textContent = describe(node)));
        group.addEventListener("focus", () => (current = node, says.textContent = describe(node)));
        node.group = group;
        groups.push(group);
        const isAbove = node !== zoomed && contains(node, zoomed);
        let left = x;
        for (const one of node.calls) {
          if (isAbove) {
            if (one === zoomed || contains(one, zoomed)) place(one, x, wide);
            continue;
          }
          const part = one.share / (zoomed.share || 1) * width;
          place(one, left, part);
          left += part;
        }
      };
      for (let all = [root]; all.length > 0;) {
        const node = all.pop();
        node.group = undefined;
        all.push(...node.calls);
      }
      place(root, 0, width);
      const height = (deepest + 1) * ROW;
      svg.setAttribute("viewBox", "0 0 " + width + " " + height);
      svg.setAttribute("height", height);
      svg.classList.toggle("searched", text !== "");
      svg.replaceChildren(...groups);
      reset.disabled = zoomed === root;
      says.textContent = text !== ""
        ? "Functions with “" + search.value.trim() + "” and what they call: " + percent(foundShare(root, text))
        : describe(zoomed);
    };
    const contains = (node, one) => {
      for (let at = one.parent; at; at = at.parent) if (at === node) return true;
      return false;
    };
    const zoom = (node) => {
      const hadFocus = svg.contains(document.activeElement);
      zoomed = current = node;
      show();
      if (hadFocus) node.group?.focus({ preventScroll: true });
    };
    const move = (node) => {
      if (!node?.group) return;
      current?.group?.setAttribute("tabindex", -1);
      node.group.setAttribute("tabindex", 0);
      node.group.focus();
    };
    svg.addEventListener("keydown", (event) => {
      const beside = (step) => {
        const all = current.parent?.calls.filter(({ group }) => group) ?? [];
        return all[all.indexOf(current) + step];
      };
      const keys = {
        ArrowUp: () => move(current.parent),
        ArrowDown: () => move(current.calls.find(({ group }) => group)),
        ArrowLeft: () => move(beside(-1)),
        ArrowRight: () => move(beside(1)),
        Enter: () => zoom(current),
        " ": () => zoom(current),
        Escape: () => zoom(root),
      };
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    });
    shown.addEventListener("change", () => (fillAgainst(), load()));
    against.addEventListener("change", load);
    inverted.addEventListener("change", load);
    search.addEventListener("input", show);
    reset.addEventListener("click", () => zoom(root));
    box.append(
      make("div", { className: "controls" },
        make("label", {}, "Profile of", shown),
        make("label", {}, "compared with", against),
        make("label", {}, "Search", search),
        make("label", { className: "check" }, inverted, "from the innermost function"),
        reset),
      kinds, says, svg, by, changes);
    box.hidden = false;
    fillAgainst();
    if (box.dataset.flame === "compared") against.selectedIndex = Math.min(1, against.options.length - 1);
    load();
    let before = 0;
    new ResizeObserver(() => {
      const now = svg.clientWidth;
      if (now > 0 && now !== before) show();
      before = now;
    }).observe(svg);
  };
`;
