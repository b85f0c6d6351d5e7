/**
 * What the page does with a script: themes, the filter, sorting, plots, the download.
 * Without it everything can be read.
 */

import { FLAME_SCRIPT } from "../../flame/script.ts";
import { FILTER_SCRIPT } from "./filter.ts";
import { PLOT_SCRIPT } from "./plots.ts";
import { TABLE_SCRIPT } from "./table.ts";

export const SCRIPT: string = scriptWith("");

/** The same for a page with flame graphs. */
export const SCRIPT_WITH_FLAMES: string = scriptWith(FLAME_SCRIPT);

function scriptWith(flames: string): string {
  return `${PLOT_SCRIPT}
(() => {
  const root = document.documentElement;
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const remembered = (theme) => {
    try {
      if (theme !== undefined) localStorage.setItem("wsmark-theme", theme);
      return localStorage.getItem("wsmark-theme");
    } catch {
      return null; // A page from a file may have no storage.
    }
  };
  const themeNow = () => root.dataset.theme ?? (darkness.matches ? "dark" : "light");
  const before = remembered();
  if (before === "light" || before === "dark") root.dataset.theme = before;

  const setUpTheme = (button) => {
    const show = () => {
      button.textContent = themeNow() === "dark" ? "Light theme" : "Dark theme";
    };
    button.addEventListener("click", () => {
      root.dataset.theme = themeNow() === "dark" ? "light" : "dark";
      remembered(root.dataset.theme);
      show();
    });
    darkness.addEventListener("change", show);
    show();
    button.hidden = false;
  };

  const setUpDownload = (button) => {
    if (!("DecompressionStream" in globalThis)) return;
    button.addEventListener("click", async () => {
      const packed = atob(document.getElementById("results").textContent);
      const bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
      const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      const { result, series } = await new Response(json).json();
      for (const [name, values] of Object.entries(series)) {
        values.forEach((value, at) => {
          if (value !== null) result.trials[at][name] = value;
        });
      }
      const file = new Blob([JSON.stringify(result)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = button.dataset.download;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    button.hidden = false;
  };

  const setUpCopy = (button) => {
    const code = button.previousElementSibling;
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected: press Ctrl C"; // The browser does not let pages copy.
      }
    });
    button.hidden = false;
  };

  // A link into folded content opens it, also where the browser does not do so.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folds = [];
    for (let one = target; one; one = one.parentElement) {
      if (one.localName === "details" && !one.open) folds.push(one);
    }
    for (const one of folds) one.open = true;
    if (folds.length > 0) target.scrollIntoView();
  };
${FILTER_SCRIPT}${TABLE_SCRIPT}${flames}
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-toggle]").forEach(setUpTheme);
    document.querySelectorAll("[data-download]").forEach(setUpDownload);
    document.querySelectorAll("[data-copy]").forEach(setUpCopy);
    document.querySelectorAll(".tools").forEach(setUpTools);
    document.querySelectorAll("table.figures").forEach(setUpTable);
    document.querySelectorAll("table.summary").forEach(setUpSides);
    document.querySelectorAll(".table > .scroll").forEach(setUpScroll);
${
    flames && `    document.querySelectorAll("[data-flame]").forEach(setUpFlame);
`
  }    addEventListener("hashchange", unfold);
    unfold();
  });
})();
`;
}
