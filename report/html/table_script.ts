/** What the page's script does with tables: it sorts them, and says which have more than is seen. */

export const TABLE_SCRIPT = `
  const NUMBER = /^[<±~]?-?[\\d,]*\\.?\\d+$/;
  // What a cell is sorted by: its text without marks, notes and what follows the figure.
  const textIn = (cell) => {
    const copy = cell.cloneNode(true);
    for (const one of copy.querySelectorAll(".sign, .unseen, sup, .detail")) one.remove();
    const text = copy.textContent.trim();
    return text === "–" ? "" : text;
  };
  const numberIn = (text) => Number(text.replace(/[<±~,]/g, ""));
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const setUpTable = (table) => {
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
    const isRow = (row) => !row.classList.contains("group");
    if (bodies.every(({ rows }) => rows.filter(isRow).length < 2)) return;
    const heads = [...table.tHead.rows[0].cells];
    const sort = (index, way) => {
      for (const { body, rows } of bodies) {
        // A row that belongs to the one before it stays with it.
        const units = [];
        for (const row of rows.filter(isRow)) {
          if (row.classList.contains("aside")) units.at(-1).push(row);
          else units.push([row]);
        }
        const keyed = units.map((unit) => ({ unit, text: textIn(unit[0].cells[index]) }));
        const filled = keyed.filter(({ text }) => text !== "");
        const isNumbers = filled.every(({ text }) => NUMBER.test(text));
        if (way !== 0) {
          filled.sort((a, b) =>
            way * (isNumbers ? numberIn(a.text) - numberIn(b.text) : collator.compare(a.text, b.text))
          );
        }
        const sorted = way === 0 ? keyed : [...filled, ...keyed.filter(({ text }) => text === "")];
        body.append(...rows.filter((row) => !isRow(row)), ...sorted.flatMap(({ unit }) => unit));
      }
    };
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        for (const one of heads) one.removeAttribute("aria-sort");
        const next = before === null ? "ascending" : before === "ascending" ? "descending" : null;
        if (next !== null) head.setAttribute("aria-sort", next);
        sort(index, next === null ? 0 : next === "ascending" ? 1 : -1);
      });
    });
  };

  const setUpScroll = (box) => {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "There is more to the side: scroll →";
    hint.hidden = true;
    box.before(hint);
    const measure = () => {
      const isMore = box.scrollWidth > box.clientWidth + 1;
      hint.hidden = !isMore;
      box.tabIndex = isMore ? 0 : -1;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
  };
`;
