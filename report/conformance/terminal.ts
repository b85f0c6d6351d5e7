/** A run of the conformance suite as text for a terminal: servers × groups, then each failed case in a line. */

import {
  type ConformanceResult,
  countVerdicts,
  type ServerConformance,
} from "../../conformance/result.ts";
import {
  hanging,
  makeTable,
  painted,
  type Screen,
  screenOf,
  type TerminalOptions,
  widthOf,
} from "../terminal/screen.ts";
import { counted, formatNumber, oneLine } from "../summary/text.ts";
import { wrap } from "../summary/wrap.ts";
import {
  integrityWords,
  passedOf,
  remarksOn,
  resultsIn,
  SHOWN_VERDICTS,
  theirName,
  versionsOf,
} from "./tables.ts";

/** The result as lines that end with a line break. */
export function renderConformance(result: ConformanceResult, options: TerminalOptions): string {
  const screen = screenOf(options, []);
  const parts = [
    overview(result, screen),
    legend(result, screen),
    ...result.servers.map((server) => serverLines(result, server, screen).join("\n")),
    result.state === "interrupted" ? "Interrupted: what was done is kept." : "",
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const HEADS: Readonly<Record<typeof SHOWN_VERDICTS[number], string>> = {
  ok: "OK",
  "non-strict": "non-strict",
  failed: "failed",
  unimplemented: "lacks",
  informational: "info",
};

/** A column of the overview: its heading, and a text for each server. */
interface Column {
  readonly head: string;
  readonly cells: readonly string[];
}

/** Servers × verdicts and groups: one table if the terminal is wide enough, else as many as it takes. */
function overview(result: ConformanceResult, { paint, width }: Screen): string {
  const { servers, groups } = result;
  const name = theirName(result);
  if (servers.length === 0) return `No ${name.toLowerCase()} was tried.`;
  const columnOf = (head: string, text: (server: ServerConformance) => string): Column => ({
    head,
    cells: servers.map(text),
  });
  const titles = columnOf(name, ({ title }) => oneLine(title));
  const ofGroups = groups.map(({ id }) =>
    columnOf(id, (server) => {
      const text = passedOf(resultsIn(server, id));
      return text.includes("/") ? paint("failed", text) : text;
    })
  );
  const ofAll = [
    ...SHOWN_VERDICTS.map((verdict) =>
      columnOf(HEADS[verdict], ({ results }) => {
        const count = countVerdicts(results)[verdict];
        return verdict === "failed" && count > 0 ? paint("failed", `${count}`) : `${count}`;
      })
    ),
    columnOf("s", ({ durationMs }) => formatNumber(durationMs / 1000, 0)),
  ];
  const tableOf = (columns: readonly Column[]): string =>
    makeTable(
      {
        head: columns.map(({ head }) => paint("heading", head)),
        colAligns: columns.map((_, index) => index === 0 ? "left" : "right"),
      },
      servers.map((_, row) => columns.map(({ cells }) => cells[row]!)),
    );
  const whole = tableOf([titles, ...ofGroups, ...ofAll]);
  if (widthOf(whole) <= width) return whole;
  const parts: Column[][] = [];
  for (const column of [...ofAll, ...ofGroups]) {
    const last = parts.at(-1);
    if (last !== undefined && widthOf(tableOf([titles, ...last, column])) <= width) {
      last.push(column);
    } else parts.push([column]);
  }
  return parts.map((columns) => tableOf([titles, ...columns])).join("\n\n");
}

function legend({ groups }: ConformanceResult, screen: Screen): string {
  const titles = groups.map(({ id, title }) => `${id} ${title}`).join(", ");
  return painted(screen, "muted", wrap(`Cases not failed by group: ${titles}`, screen.width))
    .join("\n");
}

function serverLines(
  result: ConformanceResult,
  server: ServerConformance,
  screen: Screen,
): string[] {
  const failed = server.results.filter(({ verdict }) => verdict === "failed");
  const integrity = integrityWords(result, server);
  const remarks = remarksOn(server);
  if (failed.length === 0 && remarks === "") return [];
  const titles = new Map(result.cases.map(({ id, title }) => [id, title]));
  const versions = versionsOf(server);
  const heading = `${oneLine(server.title)}${versions === "" ? "" : ` (${oneLine(versions)})`}: ` +
    (failed.length === 0 ? "no case failed" : `${counted(failed.length, "case")} failed`);
  return [
    ...painted(screen, "heading", wrap(heading, screen.width)),
    ...(integrity === ""
      ? []
      : painted(screen, "wrong", hanging("! ", "  ", `It ${integrity}`, screen.width))),
    ...(remarks === "" ? [] : hanging("  ", "  ", oneLine(remarks), screen.width)),
    ...failed.flatMap(({ id, expected, came }) =>
      hanging(
        `  ${id.padEnd(8)}`,
        " ".repeat(10),
        oneLine(`${titles.get(id)}: expected ${expected}; came ${came}`),
        screen.width,
      )
    ),
  ];
}
