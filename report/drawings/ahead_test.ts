import assert from "node:assert/strict";
import { plotsOf } from "../plots/mod.ts";
import { PLOTTED } from "../plots/testdata.ts";
import { chartsOf, withoutCharts } from "../workbook/native_charts/mod.ts";
import { wantedBy } from "./ahead.ts";

Deno.test("wantedBy() wants the plots of the workbook's sheets first", () => {
  const plots = plotsOf(PLOTTED);
  const onSheets = withoutCharts(plots, chartsOf(PLOTTED));
  assert.ok(onSheets.length > 0 && onSheets.length < plots.length);
  const wanted = wantedBy(PLOTTED, [{ draws: "picture" }, {}, { draws: "sheet" }]);
  assert.deepEqual(wanted.slice(0, onSheets.length).map(({ plot }) => plot), onSheets);
  assert.deepEqual(new Set(wanted.map(({ plot }) => plot)), new Set(plots));
  for (const [index, { kinds }] of wanted.entries()) {
    assert.deepEqual(kinds, index < onSheets.length ? ["picture", "sheet"] : ["picture"]);
  }
});

Deno.test("wantedBy() wants nothing of plots that no report shows", () => {
  assert.deepEqual(wantedBy(PLOTTED, [{}]), []);
  const onSheets = withoutCharts(plotsOf(PLOTTED), chartsOf(PLOTTED));
  assert.equal(wantedBy(PLOTTED, [{ draws: "sheet" }]).length, onSheets.length);
});
