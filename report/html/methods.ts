/** How the figures were measured, in words. */

import { NOISE, SAME, SIGNIFICANCE } from "../../measure/judge/judge.ts";
import type { Result } from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { type Markup, markup } from "./markup.ts";

/** What is true for every run, and what is true for this one. */
export function methodsMarkup(result: Result): Markup {
  return markup`<p>A <strong>trial</strong> is one fresh server process, a warm-up, one measured window and a drain, for one
<strong>case</strong> (a scenario with one set of parameters) of one server. A <strong>round</strong> runs every case on
every server once, in an order that is shuffled anew from a recorded seed, so that a drift of the machine hits all
servers alike${
    result.settings.order === "blocks" &&
    "; the servers of a case run back to back, so that they share its state"
  }.</p>
<dl class="methods">
${
    topics(result).map(([title, text]) => markup`<div><dt>${title}</dt><dd>${text}</dd></div>\n`)
  }</dl>
<h3>What this does not show</h3>
<ul>
<li><strong>One machine, loopback.</strong> There is no network between client and server, and both share caches and
memory.</li>
<li><strong>The client may be the limit.</strong> A rate near the ceiling, or of a client that used most of a CPU, is a
lower bound for the server: compare the CPU time per message then.</li>
<li><strong>A virtual or busy machine is noisy.</strong> Rates may swing by a factor of two from run to run: look at the
intervals before you call a difference real.</li>
<li><strong>Other uses.</strong> The figures hold for these servers with these settings, payloads and numbers of
connections, and for no others.</li>
</ul>`;
}

function topics(result: Result): (readonly [string, Markup])[] {
  const { pinning } = result.settings;
  return [
    [
      "Two processes",
      markup`Server and client are processes of their own. ${
        "absent" in pinning
          ? `They were not pinned to CPUs of their own: ${pinning.absent}.`
          : `Each was pinned to its own CPUs: the server to ${
            cpuRanges(pinning.server)
          }, the client to ${cpuRanges(pinning.generator)}${
            pinning.reason === undefined ? "" : `, as ${pinning.reason}`
          }.`
      }`,
    ],
    [
      "Closed loop: service time",
      markup`Most scenarios send again when a reply arrives. Their latency is the service time: from the actual send to the
reply, for every message that is sent in the window, also when its reply comes after it. <em>It hides stalls</em>
(coordinated omission), as a client that waits sends nothing meanwhile: do not read it as the latency that a user sees
under load.`,
    ],
    [
      "Open loop: response time",
      markup`The scenarios of an arrival rate and of the capacity send by a schedule, whatever the replies do. Response time
runs from the <em>intended</em> send, so that a message that had to wait for its turn counts as waiting. The pacing error
(actual minus intended send) is a figure about the client, the own pacing error what of it remains without the time in
which the client had no CPU.`,
    ],
    [
      "Histograms",
      markup`Latencies are kept with three significant digits from 1 ns to 68 s, in HdrHistogram's buckets. A percentile of
a round is that of all its messages. Rates count the replies that came in the window.`,
    ],
    [
      "Every reply is checked",
      markup`Lost, duplicated, reordered and corrupted replies are counted apart, over warm-up, window and drain. A server
with wrong replies is marked and never best.`,
    ],
    [
      "CPU time and memory",
      markup`CPU time is that of the server's whole process tree in the window, divided by the messages: it swings far less
than a rate. Memory is the resident memory of the tree: before the first connection, at its peak, and after the last
connection has closed.`,
    ],
    [
      "Several rounds",
      markup`The figure of a server is the geometric mean of its rounds (the median if one is not above 0), with its 95 %
interval by Student's t of their logarithms. A percentile is that of each round, so that one bad round does not decide
it; that of all messages of all rounds is in the table <em>All rounds together</em> .`,
    ],
    [
      "Verdicts",
      markup`Each server is compared with the baseline in every case, by the scenario's primary metric and by CPU time per
message or handshake: the ratio of the geometric means. Interval and test are one statistic, a paired t test of the
logarithms of the rounds' ratios whose variances are drawn together (moderated). A difference is <em>clear</em> if the
95 % interval excludes 1, it is above ${
        NOISE * 100
      } %, and p, adjusted by Benjamini and Hochberg's method for all
comparisons of the run (those of CPU time apart), is at most ${SIGNIFICANCE}; <em>probable</em> if only the adjusted p is
larger. Two figures are <em>the same within ${
        SAME * 100
      } %</em> if the 90 % interval says so; otherwise they are
<em>not told apart</em>.`,
    ],
    [
      "What was not measured",
      markup`is empty, with the reason. A failed trial is shown as failed, and the run goes on.`,
    ],
    [
      "Warnings",
      markup`are findings about the measurement itself, each with advice.`,
    ],
  ];
}
