/** Writes a run of the field into docs/field/, and its picture with the top of its table into README.md. */

import type { Result } from "../../measure/model/result.ts";
import { machineLine } from "../../report/markdown/phrases.ts";
import { plain, renderTable } from "../../report/markdown/table.ts";
import { passedInShort } from "../../report/summary/conformance.ts";
import type { SummaryFigures, SummaryLine } from "../../report/summary/lines.ts";
import { wrongServers } from "../../report/summary/standings.ts";
import { summaryOf } from "../../report/summary/summary.ts";
import { formatTime } from "../../report/summary/text.ts";
import { serversTable } from "../../report/tables/run_tables.ts";
import { type Cell, type Table, textColumns, words } from "../../report/tables/table.ts";

/** The files of the run that are published as they are. */
const COPIED = ["report.html", "results.xlsx", "summary.md"];
/** Those of its pictures that are published: the first is that of the README, as the others are as long as the field. */
const PICTURES = ["rate-percentiles.svg", "throughput-cpu.svg"] as const;
/** Where the README has what is written here. */
const BEGIN = "<!-- field: written by deno task field -->";
const END = "<!-- field: end -->";
/** So many servers are in the README. */
const TOP = 10;

/**
 * Publishes a run.
 *
 * @param folder of the run, with its reports
 * @param root of the project, with a slash at its end
 * @returns the paths that were written, from the root
 * @throws {Deno.errors.NotFound} if a report is missing
 */
export async function publish(result: Result, folder: string, root: string): Promise<string[]> {
  const out = `${root}docs/field`;
  await Deno.mkdir(out, { recursive: true });
  for (const name of COPIED) await Deno.copyFile(`${folder}/${name}`, `${out}/${name}`);
  for (const name of PICTURES) await Deno.copyFile(`${folder}/plots/${name}`, `${out}/${name}`);
  await Deno.writeTextFile(`${out}/README.md`, pageOf(result));
  const readme = `${root}README.md`;
  const before = await Deno.readTextFile(readme);
  const after = withTop(before, topOf(result));
  if (after !== undefined) {
    await Deno.writeTextFile(readme, after);
    await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", readme] }).output();
  }
  return [
    ...[...COPIED, ...PICTURES, "README.md"].map((name) => `docs/field/${name}`),
    ...after === undefined ? [] : ["README.md"],
  ];
}

/** The README with another text between its marks; undefined if it has no marks. */
export function withTop(readme: string, top: string): string | undefined {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  return begin < 0 || end < begin
    ? undefined
    : `${readme.slice(0, begin)}${BEGIN}\n\n${top}\n\n${readme.slice(end)}`;
}

/** What is published, how it came about, and what it does not show. */
export function pageOf(result: Result): string {
  const { overview, study, leftOut, limits, wrong, failures } = summaryOf(result);
  const { settings: { rounds, durationMs, warmupMs } } = result;
  const list = (sentences: readonly string[]): string =>
    sentences.map((one) => `- ${plain(one)}`).join("\n");
  return `${
    [
      "# The field",
      `${plain(formatTime(result.startedAt).slice(0, 10))}. Written by \`deno task field\`.`,
      "[The page](report.html) (download it: it works offline), [the workbook](results.xlsx), [the summary](summary.md).",
      overview.map(plain).join(" "),
      `Each trial had a window of ${durationMs / 1000} s after ${
        warmupMs / 1000
      } s of warm-up, ${rounds} rounds. ${machineLine(result)}`,
      `![Response time by percentile](${PICTURES[0]})`,
      `![Server CPU time per message](${PICTURES[1]})`,
      ...(wrong.length === 0 ? [] : ["## Wrong replies", list(wrong)]),
      ...(failures.length === 0 ? [] : [
        "## Failed trials",
        list(failures.map(({ reason, places }) => `${reason}${places}`)),
      ]),
      "## Every server",
      renderTable(tableOf(result, Infinity)),
      "## What is compared, and what is not",
      list([...study?.about ?? [], ...limits]),
      "## Versions and settings",
      renderTable(serversTable(result)),
      ...(leftOut.length === 0 ? [] : [
        "## Left out",
        list(leftOut.map(({ title, reason }) => `${title}: ${reason}`)),
      ]),
    ].join("\n\n")
  }\n`;
}

/** The picture, the first servers of the table, and where the rest is. */
function topOf(result: Result): string {
  return [
    `![Response time by percentile at 2,000 messages a second](docs/field/${PICTURES[0]})`,
    renderTable(tableOf(result, TOP)),
    `The ${
      Math.min(TOP, result.servers.length)
    } of ${result.servers.length} servers that take least CPU time for a message, which no client limits. ${
      machineLine(result)
    } [All servers, their versions, and what is not compared](docs/field/README.md).`,
  ].join("\n\n");
}

/** The columns of the table, each from a case of the study. */
const COLUMNS: readonly {
  readonly title: string;
  readonly scenario: string;
  readonly case: Readonly<Record<string, number>>;
  readonly of: (line: SummaryLine) => SummaryFigures | undefined;
}[] = [
  {
    title: "CPU time per message, µs",
    scenario: "throughput",
    case: { inFlight: 16 },
    of: ({ cpu }) => cpu,
  },
  {
    title: "Messages/s, 64 × 16",
    scenario: "throughput",
    case: { inFlight: 16 },
    of: ({ primary }) => primary,
  },
  {
    title: "Messages/s, 64 × 1",
    scenario: "throughput",
    case: { inFlight: 1 },
    of: ({ primary }) => primary,
  },
  { title: "Latency p50, ms", scenario: "latency", case: {}, of: ({ primary }) => primary },
  {
    title: "Response time p99 at 2,000/s, ms",
    scenario: "rate",
    case: {},
    of: ({ primary }) => primary,
  },
  { title: "Handshake p50, ms", scenario: "connect", case: {}, of: ({ primary }) => primary },
  {
    title: "Memory per connection, KiB",
    scenario: "idle",
    case: {},
    of: ({ primary }) => primary,
  },
];

/** The servers, those that take least CPU time first, and those that cannot be trusted last. */
function tableOf(result: Result, most: number): Table {
  const { lines } = summaryOf(result);
  const wrong = wrongServers(result);
  const columns = COLUMNS.flatMap(({ title, scenario, case: wanted, of }) => {
    const line = lines.find((one) =>
      one.scenario.id === scenario &&
      Object.entries(wanted).every(([name, value]) => one.case.parameters[name] === value)
    );
    const figures = line && of(line);
    return figures === undefined ? [] : [{ title, entries: figures.entries }];
  });
  const rows = result.servers.map((server, place): { row: Cell[]; key: number } => {
    const cells = columns.map(({ entries }) => entries[place]!.cell);
    const key = cells[0]?.value;
    return {
      row: [words(server.title), words(passedInShort(server)), ...cells],
      key: typeof key === "number" && !wrong.has(server.id) ? key : Infinity,
    };
  });
  return {
    id: "field",
    title: "Every server",
    columns: [
      ...textColumns("Server", "RFC 6455"),
      ...columns.map(({ title }) => ({ title, kind: "number" } as const)),
    ],
    keyColumns: 1,
    rows: rows.toSorted((a, b) => a.key - b.key).slice(0, most).map(({ row }) => row),
    empty: "",
  };
}
