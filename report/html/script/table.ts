/** What the page's script does with tables: it sorts them, and says which have more than is seen. */

export const TABLE_SCRIPT = `
  const NUMBER = /^[<±~]?-?[\\d,]*\\.?\\d+$/;
  // What a cell is sorted by: its text without marks, notes and what follows the figure.
  const textIn = (cell) => {
    const copy = cell.cloneNode(true);
    for (const one of copy.querySelectorAll(".sign, .unseen, sup, .detail, .of")) one.remove();
    const text = copy.textContent.trim();
    return text === "–" ? "" : text;
  };
  const numberIn = (text) => Number(text.replace(/[<±~,]/g, ""));
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const WAYS = { ascending: 1, descending: -1 };
  // Makes a heading a button: the first click sorts upwards, the second downwards, the third restores.
  const setUpHeading = (heading, all, sort) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const before = heading.getAttribute("aria-sort");
      for (const one of all) one.removeAttribute("aria-sort");
      const next = before === null ? "ascending" : before === "ascending" ? "descending" : null;
      if (next !== null) heading.setAttribute("aria-sort", next);
      sort(WAYS[next] ?? 0);
    });
  };
  // Items by their texts: numbers by value, and last those that have none.
  const inOrder = (items, way) => {
    const filled = items.filter(({ text }) => text !== "");
    const isNumbers = filled.every(({ text }) => NUMBER.test(text));
    filled.sort((a, b) =>
      way * (isNumbers ? numberIn(a.text) - numberIn(b.text) : collator.compare(a.text, b.text))
    );
    return [...filled, ...items.filter(({ text }) => text === "")];
  };

  // The heading of a row orders the columns of the servers.
  const setUpSides = (table) => {
    const rows = [...table.rows];
    const ownOf = (row) => [...row.cells].filter((cell) => cell.dataset.server !== undefined);
    const places = ownOf(rows[0]).map((cell) => cell.dataset.server);
    if (places.length < 2) return;
    const headings = [...table.querySelectorAll("tbody th[scope=row]")];
    const arrange = (order) => {
      for (const row of rows) {
        const own = ownOf(row);
        if (own.length === 0) continue;
        own[0].previousElementSibling.after(
          ...order.map((place) => own.find((cell) => cell.dataset.server === place)),
        );
      }
    };
    for (const heading of headings) {
      setUpHeading(heading, headings, (way) => {
        const items = ownOf(heading.parentNode).map((cell) => (
          { place: cell.dataset.server, text: textIn(cell) }
        ));
        arrange(way === 0 ? places : inOrder(items, way).map(({ place }) => place));
      });
    }
  };

  const setUpTable = (table) => {
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
    const isHead = (row) => row.classList.contains("group");
    // A row that belongs to the one before it stays with it.
    const unitsOf = (rows) => {
      const units = [];
      for (const row of rows.filter((row) => !isHead(row))) {
        if (row.classList.contains("aside")) units.at(-1).push(row);
        else units.push([row]);
      }
      return units;
    };
    if (bodies.every(({ rows }) => unitsOf(rows).length < 2)) return;
    const heads = [...table.tHead.rows[0].cells];
    const sorted = (units, index, way) =>
      inOrder(units.map((unit) => ({ unit, text: textIn(unit[0].cells[index]) })), way)
        .flatMap(({ unit }) => unit);
    const restore = () => {
      for (const { body, rows } of bodies) body.append(...rows);
      for (const one of table.querySelectorAll(".of")) one.remove();
      table.classList.remove("unfolded");
    };
    const sort = (index, way) => {
      restore();
      if (way === 0) return;
      if (table.dataset.sort !== "whole") {
        for (const { body, rows } of bodies) body.append(...sorted(unitsOf(rows), index, way));
        return;
      }
      // Rows of all groups together say themselves which group they are from.
      const all = sorted(bodies.flatMap(({ rows }) => unitsOf(rows)), index, way);
      for (const { rows: [head, ...rows] } of bodies) {
        for (const { cells: [key] } of rows) {
          const group = document.createElement("span");
          group.className = "of";
          group.textContent = head.textContent.trim();
          key.append(group);
        }
      }
      table.classList.add("unfolded");
      bodies[0].body.append(...all);
    };
    for (const head of heads) {
      setUpHeading(head, heads, (way) => sort(head.cellIndex, way));
    }
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
