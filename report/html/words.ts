/** The one place of the page that explains its words and signs. */

import { NOISE, SAME, SIGNIFICANCE } from "../../measure/judge/judge.ts";
import type { Result } from "../../measure/model/result.ts";
import { bestNote, CEILING_NOTE, SIGNS } from "../summary/lines.ts";
import { titleOf } from "../summary/names.ts";
import type { Summary } from "../summary/summary.ts";
import { capitalized } from "../summary/text.ts";
import { type Markup, markup, prose } from "./markup.ts";

/** What the words and signs of the page mean, and what is true of all its figures. */
export function wordsMarkup(result: Result, { notes }: Pick<Summary, "notes">): Markup {
  return markup`<dl class="words">
${
    wordsOf(result).map(([word, meaning]) =>
      markup`<div><dt>${word}</dt><dd>${prose(meaning)}</dd></div>\n`
    )
  }</dl>
<p>${notes.filter((note) => note !== CEILING_NOTE).map((note) => `${prose(note)} `)}</p>`;
}

/** What the note on ceilings begins with. */
const CEILING = "Ceiling: ";

function wordsOf(result: Result): (readonly [word: string, meaning: string])[] {
  return [
    ...(result.servers.length < 2 ? [] : comparisonWords(result)),
    [
      SIGNS.wrong,
      "Replies were wrong, or all trials failed: the figure is shown, but is compared with nothing.",
    ],
    ["12.3 (11.9…12.8)", "A figure, and the interval that holds the true one in 95 of 100 runs."],
    ["Ceiling, Reference", capitalized(CEILING_NOTE.replace(CEILING, ""))],
    [
      "p99",
      "Of 100 messages 99 took no longer. In most tables it is taken of each round, and the rounds are put together; “All rounds together” takes it of all messages of all rounds, which a single bad round can decide.",
    ],
    ["in flight", "Messages that a connection has sent and that are not answered yet."],
    [
      "% load",
      "A rate of messages that come by themselves, as a share of what the slowest server reached in a closed loop before the rounds.",
    ],
    [
      "of offered",
      "Where messages are sent by a schedule, the share of those that were due in the window.",
    ],
  ];
}

/** The words of verdicts. */
function comparisonWords(result: Result): (readonly [word: string, meaning: string])[] {
  const baseline = titleOf(result, result.settings.baseline);
  return [
    [
      "better, worse",
      `The difference to ${baseline}, the baseline, is clear: its 95 % interval does not reach 0 %, it is above ${
        NOISE * 100
      } %, and q is at most ${SIGNIFICANCE}. It is called different where neither direction is better. CPU time, which is no aim of a server, is called lower or higher.`,
    ],
    ["+20 %, −20 %, 2.5×", `The difference to ${baseline}, in brackets its 95 % interval.`],
    [
      "?, probably",
      `The interval does not reach 0 %, but among so many comparisons it may be chance: q is above ${SIGNIFICANCE}.`,
    ],
    ["=, the same", `The two differ by less than ${SAME * 100} %, as far as one can tell.`],
    ["≈, not told apart", "The run does not show which is better. They may differ all the same."],
    [`${SIGNS.best}, best`, `Of its row or case: ${bestNote(result)}.`],
    [
      "q",
      "How often so large a difference would come by chance, adjusted for the number of comparisons of the run.",
    ],
  ];
}
