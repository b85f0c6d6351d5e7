/** What the page does with a script: themes, plots, the download. */

import { PLOT_SCRIPT } from "./plot_script.ts";

export const SCRIPT = `${PLOT_SCRIPT}
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
    button.addEventListener("click", () => {
      const json = document.getElementById("results").textContent;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([json], { type: "application/json" }));
      link.download = button.dataset.download;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    button.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-toggle]").forEach(setUpTheme);
    document.querySelectorAll("[data-download]").forEach(setUpDownload);
  });
})();
`;
