import assert from "node:assert/strict";
import { type Table, textColumns, words } from "../tables/table.ts";
import { foldColumns } from "./fold.ts";

const table: Table = {
  id: "x",
  title: "X",
  columns: [...textColumns("Case", "Client"), { title: "Lost", unit: "messages", kind: "integer" }],
  keyColumns: 1,
  rows: [],
  empty: "",
};
const row = (name: string, client: string, lost: number | null) => [
  words(name),
  words(client),
  { value: lost },
];

Deno.test("foldColumns() makes a sentence of what is the same in every row", () => {
  const folded = foldColumns({
    ...table,
    note: "A note.",
    rows: [row("a", "Wire", 0), row("a", "Wire", 0)],
  });
  assert.deepEqual(folded.columns.map(({ title }) => title), ["Case"]);
  assert.deepEqual(folded.rows, [[words("a")], [words("a")]]);
  assert.equal(folded.note, "A note. In every row: Client Wire, Lost (messages) 0.");
});

Deno.test("foldColumns() keeps what differs, empty columns and a table of one row", () => {
  for (
    const rows of [
      [row("a", "Wire", 0), row("b", "ws", 1)],
      [row("a", "Wire", null), row("b", "ws", null)],
      [row("a", "Wire", 0)],
    ]
  ) assert.deepEqual(foldColumns({ ...table, rows }), { ...table, rows });
});
