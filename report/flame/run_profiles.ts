/** The CPU profiles of a run as a part of its page. */

import type { Explanation, Result } from "../../measure/model/result.ts";
import { type Markup, markup } from "../html/markup.ts";
import { oneLine } from "../summary/text.ts";
import type { Profiles, TitledProfile } from "./data.ts";
import { flameMarkup } from "./flame.ts";

/** The profiles that are there, by server and case; those of a case stand together. */
export function titledProfiles(result: Result, profiles: Profiles): TitledProfile[] {
  const { explanations = [], servers, scenarios } = result;
  const places = servers.map(({ id }) => id);
  const inOrder = [...explanations].sort((one, other) =>
    groupOf(result, one).localeCompare(groupOf(result, other)) ||
    places.indexOf(one.server) - places.indexOf(other.server)
  );
  return scenarios.flatMap(({ id }) =>
    inOrder.filter(({ scenario }) => scenario === id).flatMap((one): TitledProfile[] => {
      const profile = profiles.get(one.profile ?? "");
      if (profile === undefined || "absent" in profile) return [];
      const title = servers.find(({ id }) => id === one.server)?.title ?? one.server;
      return [{ title: oneLine(title), group: groupOf(result, one), profile }];
    })
  );
}

/** What was asked of the server: scenario and case. */
function groupOf({ scenarios }: Result, { scenario: id, case: place }: Explanation): string {
  const scenario = scenarios.find((one) => one.id === id);
  const title = scenario?.cases.find((one) => one.id === place)?.title ?? place;
  return [scenario?.title ?? id, title].filter((text) => text !== "").map(oneLine).join(": ");
}

/** The part of the page; undefined if no profile was taken. */
export function profilesMarkup(result: Result, profiles: Profiles): Markup | undefined {
  const titled = titledProfiles(result, profiles);
  if (titled.length === 0) return undefined;
  const { explanations = [], servers } = result;
  const missing = explanations.flatMap((one) => {
    const profile = profiles.get(one.profile ?? "");
    const reason = profile !== undefined && "absent" in profile ? profile.absent : one.noProfile;
    if (reason === undefined) return [];
    const title = servers.find(({ id }) => id === one.server)?.title ?? one.server;
    return [`${oneLine(title)}, ${groupOf(result, one)}: ${oneLine(reason)}`];
  });
  return markup`<p class="question">Which functions did the CPU time of the servers go to, in a trial that is not scored?</p>
${flameMarkup(titled)}
${
    missing.length > 0 && markup`<p>Without a profile:</p>
<ul>${missing.map((line) => markup`<li>${line}</li>`)}</ul>`
  }
<p class="muted">The profiles are beside results.json, in the format of speedscope, which opens them, too.</p>`;
}
