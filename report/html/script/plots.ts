/** What a script does with the plots of a page: it says what the mark under the pointer shows, and legends hide servers. */

/** Part of the page's script. */
export const PLOT_SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  /** In pixels: marks farther from the pointer say nothing. */
  const REACH = 60;
  let tip;
  let shown;

  const hide = () => {
    shown?.classList.remove("shown");
    shown = undefined;
    tip.hidden = true;
  };
  const place = (x, y, isTouch) => {
    const { width, height } = tip.getBoundingClientRect();
    const gap = isTouch ? 30 : 14;
    const left = Math.max(8, Math.min(x + (isTouch ? -width / 2 : gap), root.clientWidth - width - 8));
    tip.style.left = left + "px";
    tip.style.top = (y - height - gap < 8 ? y + gap + 4 : y - height - gap) + "px";
  };
  const distance = ({ left, right, top, bottom }, x, y) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

  const setUpPlot = (svg, says) => {
    const marks = [...svg.querySelectorAll(".mark")];
    let boxes = [];
    const measure = () => {
      boxes = marks.flatMap((mark, index) =>
        mark.getClientRects().length === 0 ? [] : [{ mark, index, box: mark.getBoundingClientRect() }]
      );
    };
    const move = ({ clientX: x, clientY: y, pointerType }) => {
      let nearest;
      let least = REACH;
      let middle = Infinity;
      for (const one of boxes) {
        const { box } = one;
        const away = distance(box, x, y);
        const off = Math.hypot((box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y);
        if (away > least || (away === least && off >= middle)) continue;
        [nearest, least, middle] = [one, away, off];
      }
      if (nearest === undefined) return hide();
      if (nearest.mark !== shown) {
        hide();
        shown = nearest.mark;
        shown.classList.add("shown");
        tip.replaceChildren(...says[nearest.index].split("; ").map((part) => {
          const line = document.createElement("div");
          line.textContent = part.replaceAll(" %", "\\u00a0%");
          return line;
        }));
        tip.hidden = false;
      }
      place(x, y, pointerType !== "mouse");
    };
    svg.addEventListener("pointerenter", measure);
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerdown", (event) => (measure(), move(event)));
    // A finger leaves as soon as it is lifted: what it showed stays until the next touch elsewhere.
    svg.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && hide());
  };

  const setUpFigure = (figure) => {
    const plots = [...figure.querySelectorAll("svg.plot")];
    const titles = [...plots[0].querySelectorAll(".mark > title")];
    const says = titles.map((title) => title.textContent);
    // The browser would show them, too, late and far from the pointer.
    for (const title of titles) title.remove();
    for (const svg of plots) setUpPlot(svg, says);
  };

  const setUpLegend = (item) => {
    const name = "hide-" + item.dataset.legend;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    item.append(button);
    const show = () => button.setAttribute("aria-pressed", String(!root.classList.contains(name)));
    button.addEventListener("click", () => {
      root.classList.toggle(name);
      document.dispatchEvent(new CustomEvent("wsmark:servers"));
    });
    document.addEventListener("wsmark:servers", show);
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    document.body.append(tip);
    for (const figure of document.querySelectorAll("figure:has(svg.plot)")) setUpFigure(figure);
    document.querySelectorAll("[data-legend]").forEach(setUpLegend);
    addEventListener("scroll", hide, { passive: true, capture: true });
    addEventListener("pointerdown", ({ target }) => {
      if (!target.closest?.("svg.plot")) hide();
    });
  });
})();
`;
