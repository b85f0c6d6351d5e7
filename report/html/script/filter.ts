/** What the page's script does with the box that narrows it, and with the button of each server. */

export const FILTER_SCRIPT = `
  const setUpTools = (tools) => {
    const box = tools.querySelector("input");
    const said = tools.querySelector("[role=status]");
    const all = tools.querySelector("[data-chip-all]");
    const chips = [...tools.querySelectorAll("[data-chip]")].map((chip) => (
      {
        chip,
        place: chip.dataset.chip,
        name: (chip.textContent + " " + chip.dataset.id).toLowerCase(),
      }
    ));
    const places = [...document.querySelectorAll("[data-scenario]")];
    const scenarios = [...new Set(places.map((one) => one.dataset.scenario))]
      .map((title) => ({ title, name: title.toLowerCase() }));

    // Those that have the most of the words; all if no word is in any.
    const found = (list, words) => {
      const counts = list.map(({ name }) => words.filter((word) => name.includes(word)).length);
      const most = Math.max(0, ...counts);
      return list.filter((_, index) => counts[index] === most);
    };
    const show = () => {
      let off = 0;
      for (const { chip, place } of chips) {
        const isOff = root.classList.contains("hide-" + place);
        off += isOff;
        chip.setAttribute("aria-pressed", String(!isOff));
      }
      all.hidden = off === 0;
    };
    const narrow = () => {
      const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const unknown = words.filter((word) =>
        ![...chips, ...scenarios].some(({ name }) => name.includes(word))
      );
      const [servers, own] = [found(chips, words), found(scenarios, words)];
      for (const one of chips) {
        const isMissed = !servers.includes(one);
        one.chip.classList.toggle("missed", isMissed);
        root.classList.toggle("miss-" + one.place, isMissed);
      }
      const titles = new Set(own.map(({ title }) => title));
      for (const one of places) one.hidden = !titles.has(one.dataset.scenario);
      said.textContent = words.length === 0
        ? ""
        : unknown.length > 0
        ? "No match: no server and no scenario is called " + unknown.join(" ") + "."
        : servers.length + " of " + chips.length + " servers, " + own.length + " of " +
          scenarios.length + " scenarios";
    };

    box.addEventListener("input", narrow);
    box.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      box.value = "";
      narrow();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest?.("input, textarea, select");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
    const changed = () => document.dispatchEvent(new CustomEvent("wsmark:servers"));
    for (const { chip, place } of chips) {
      chip.addEventListener("click", () => {
        root.classList.toggle("hide-" + place);
        changed();
      });
    }
    all.addEventListener("click", () => {
      for (const { place } of chips) root.classList.remove("hide-" + place);
      changed();
      chips[0].chip.focus();
    });
    document.addEventListener("wsmark:servers", show);
    tools.hidden = false;
  };
`;
