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

function overview(result: ConformanceResult, { paint }: Screen): string {
  const { servers, groups } = result;
  const name = theirName(result);
  if (servers.length === 0) return `No ${name.toLowerCase()} was tried.`;
  const head = [
    name,
    ...groups.map(({ id }) => id),
    ...SHOWN_VERDICTS.map((verdict) => HEADS[verdict]),
    "s",
  ];
  const rows = servers.map((server) => {
    const counts = countVerdicts(server.results);
    return [
      oneLine(server.title),
      ...groups.map(({ id }) => {
        const text = passedOf(resultsIn(server, id));
        return text.includes("/") ? paint("failed", text) : text;
      }),
      ...SHOWN_VERDICTS.map((verdict) =>
        verdict === "failed" && counts.failed > 0
          ? paint("failed", String(counts.failed))
          : String(counts[verdict])
      ),
      formatNumber(server.durationMs / 1000, 0),
    ];
  });
  return makeTable({
    head: head.map((title) => paint("heading", title)),
    colAligns: head.map((_, index) => index === 0 ? "left" : "right"),
  }, rows);
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
        `  ${id.padEnd(7)}`,
        " ".repeat(9),
        oneLine(`${titles.get(id)}: expected ${expected}; came ${came}`),
        screen.width,
      )
    ),
  ];
}
