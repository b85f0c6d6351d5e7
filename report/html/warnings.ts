/**
 * Warnings and failures where they belong: those of the run on top of the page, those of a scenario in its section.
 *
 * @module
 */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { failures, type Finding, findings } from "../summary/findings.ts";
import { placesOf } from "../summary/names.ts";
import { counted, oneLine } from "../summary/text.ts";
import { anchor, type Content, type Markup, markup, prose } from "./markup.ts";

/** The findings about the run as a whole, and links to the sections that have some of their own. */
export function runWarnings(result: Result): Content {
  const own = findings(result).filter(({ trials }) => trials.length === 0);
  const links = result.scenarios.flatMap((scenario): Markup[] => {
    const count = scenarioFindings(result, scenario).length +
      scenarioFailures(result, scenario).length;
    if (count === 0) return [];
    const target = anchor("section", scenario.id);
    return [markup`<li><a href="#${target}">${oneLine(scenario.title)}</a> (${count})</li>`];
  });
  if (own.length + links.length === 0) return markup`<p>There are no warnings.</p>`;
  return box(own.length > 0 ? "Warnings about the run" : "Warnings", [
    own.map((finding) => item(finding, "")),
    links.length > 0 &&
    markup`<li>Warnings about single scenarios stand in their sections: <ul class="inline">${links}</ul></li>`,
  ]);
}

/** The findings and failures of a scenario; nothing where there are none. */
export function scenarioWarnings(result: Result, scenario: ScenarioDescription): Content {
  const own = scenarioFindings(result, scenario);
  const failed = scenarioFailures(result, scenario);
  const count = own.length + failed.length;
  if (count === 0) return undefined;
  return box(`${counted(count, "warning")} about these figures`, [
    failed.map(({ reason, trials }) =>
      markup`<li><strong>Failed: ${reason}</strong>${placesOf(result, trials)}</li>`
    ),
    own.map((finding) => item(finding, placesOf(result, finding.trials))),
  ]);
}

function scenarioFindings(result: Result, { id }: ScenarioDescription): Finding[] {
  return findings(result, ({ scenario }) => scenario).filter(({ trials }) =>
    trials[0]?.scenario === id
  );
}

function scenarioFailures(
  result: Result,
  { id }: ScenarioDescription,
): ReturnType<typeof failures> {
  return failures({ ...result, trials: result.trials.filter(({ scenario }) => scenario === id) });
}

function item({ finding, advice }: Finding, places: string): Markup {
  return markup`<li><strong>${prose(finding)}</strong>${places} <span class="muted">${
    prose(advice)
  }</span></li>`;
}

function box(title: string, items: Content): Markup {
  return markup`<aside class="warnings" aria-label="${title}">
<p class="title">${title}</p>
<ul>${items}</ul>
</aside>`;
}
