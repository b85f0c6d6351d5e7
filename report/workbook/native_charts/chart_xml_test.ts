import assert from "node:assert/strict";
import exceljs from "exceljs";
import { PLOTTED } from "../../plots/testdata.ts";
import { COLOURS } from "../../plots/theme.ts";
import { writeCells } from "./cells.ts";
import type { NativeChart } from "./chart.ts";
import { chartXml } from "./chart_xml.ts";
import { sizeOf } from "./layout_xml.ts";
import { chartsOf } from "./mod.ts";
import { all, type Element, named, parse } from "./testing.ts";

/** The order of children that the schema of ECMA-376 demands (dml-chart.xsd, transitional), for all that charts use. */
const AXIS =
  "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr " +
  "crossAx crosses";
const ORDER: Readonly<Record<string, string>> = {
  chartSpace: "date1904 roundedCorners chart spPr txPr",
  chart: "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
  plotArea: "layout barChart lineChart scatterChart axis",
  barChart: "barDir grouping varyColors ser gapWidth axId",
  lineChart: "grouping varyColors ser marker axId",
  scatterChart: "scatterStyle varyColors ser axId",
  ser: "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val xVal yVal smooth",
  dPt: "idx invertIfNegative bubble3D spPr",
  dLbls: "numFmt dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
  errBars: "errDir errBarType errValType noEndCap plus minus spPr",
  catAx: `${AXIS} auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl`,
  valAx: `${AXIS} crossBetween majorUnit`,
  scaling: "logBase orientation max min",
  title: "tx overlay",
  legend: "legendPos overlay",
  marker: "symbol size spPr",
  manualLayout: "layoutTarget xMode yMode x y w h",
  numRef: "f numCache",
  strRef: "f strCache",
  numCache: "formatCode ptCount pt",
  strCache: "ptCount pt",
  rich: "bodyPr p",
  txPr: "bodyPr p",
  p: "pPr r endParaRPr",
  rPr: "solidFill latin",
  defRPr: "solidFill latin",
  ln: "solidFill prstDash round noFill",
};

const local = ({ name }: Element): string => name.replace(/^\w+:/, "");

function documents(charts: readonly NativeChart[]): Element[] {
  const sheet = new exceljs.Workbook().addWorksheet("Charts");
  const cells = writeCells(sheet, 1, charts);
  return charts.map((chart, index) => parse(chartXml(chart, cells[index]!)));
}

const CHARTS = chartsOf(PLOTTED);
const DOCUMENTS = documents(CHARTS);
/** Charts of one round, without intervals. */
const PLAIN = documents(
  CHARTS.map((chart) => ({
    ...chart,
    rows: chart.rows.map((row) => ({ ...row, error: undefined })),
  })),
);

function documentOf(section: string, kind: string): Element {
  return DOCUMENTS[CHARTS.findIndex((one) => one.section === section && one.kind === kind)]!;
}

const values = (root: Element, name: string): (string | undefined)[] =>
  named(root, name).map(({ attributes }) => attributes.val);

Deno.test("chartXml() has all elements in the order that the schema demands", () => {
  for (const element of [...DOCUMENTS, ...PLAIN].flatMap((root) => [...all(root)])) {
    const names = element.children.map(local).map((name) => name.replace(/^(cat|val)Ax$/, "axis"));
    const order = ORDER[local(element)]?.split(" ");
    if (order === undefined) continue;
    const places = names.map((name) => order.indexOf(name));
    assert.ok(!places.includes(-1), `${element.name}: ${names}`);
    assert.deepEqual(places, places.toSorted((a, b) => a - b), `${element.name}: ${names}`);
  }
});

Deno.test("chartXml() keeps the figures of the cells with the references to them", () => {
  const root = documentOf("scalability", "lines");
  const [first] = named(root, "c:ser") as [Element];
  const [reference, numbers] = named(first, "c:yVal")[0]!.children[0]!.children as [
    Element,
    Element,
  ];
  assert.match(reference.text, /^'Charts'!\$C\$\d+:\$C\$\d+$/);
  assert.deepEqual(
    named(numbers, "c:v").map(({ text }) => Number(text)),
    CHARTS.find(({ section }) => section === "scalability")!.rows.slice(0, 3).map(({ value }) =>
      value
    ),
  );
});

Deno.test("chartXml() has a series in the server's colour with an interval for each line", () => {
  const series = named(documentOf("scalability", "lines"), "c:ser");
  assert.equal(series.length, 3);
  series.forEach((one, index) => {
    const colour = COLOURS.light[index]!.slice(1).toUpperCase();
    assert.ok(values(one, "a:srgbClr").every((found) => found === colour));
    assert.deepEqual(values(one, "c:errValType"), ["cust"]);
  });
});

Deno.test("chartXml() colours bars by server and begins them at zero, the first at the top", () => {
  const root = documentOf("throughput", "bars");
  assert.deepEqual(values(root, "c:orientation"), ["maxMin", "minMax"]);
  assert.deepEqual(values(root, "c:min"), ["0"]);
  const points = named(root, "c:dPt");
  assert.deepEqual(points.flatMap((point) => values(point, "c:idx")), ["1", "2", "4", "5"]);
  assert.equal(named(root, "c:legend").length, 0);
});

Deno.test("chartXml() shows figures at bars only without intervals, which would cross them", () => {
  assert.equal(named(documentOf("throughput", "bars"), "c:dLbls").length, 0);
  const plain = PLAIN[CHARTS.findIndex(({ kind }) => kind === "bars")]!;
  assert.equal(named(plain, "c:dLbls").length, 1);
  assert.equal(named(plain, "c:errBars").length, 0);
});

Deno.test("chartXml() has linear axes with room for the intervals", () => {
  const root = documentOf("throughput", "bars");
  const { rows } = CHARTS.find(({ section }) => section === "throughput")!;
  const most = Math.max(...rows.map(({ value, error }) => (value ?? 0) + (error?.plus ?? 0)));
  assert.ok(most > 100_000 && most < 120_000);
  assert.deepEqual([values(root, "c:max"), values(root, "c:majorUnit")], [["120000"], ["20000"]]);
});

Deno.test("chartXml() has logarithmic axes from power to power, with room beyond the last point", () => {
  const [x] = named(documentOf("scalability", "lines"), "c:scaling") as [Element];
  assert.deepEqual(x.children.map(({ attributes }) => attributes.val), ["2", "minMax", "128", "1"]);
});

Deno.test("chartXml() names axes with their units, and escapes what servers are called", () => {
  const evil = {
    ...CHARTS[0]!,
    title: '<&"]]>',
    rows: [{ ...CHARTS[0]!.rows[0]!, place: "<x>&\u0001" }],
  };
  const [root] = documents([evil]) as [Element];
  const texts = named(root, "a:t").map(({ text }) => text);
  assert.deepEqual(texts, ['<&"]]>', "Latency p99 (ms)"]);
  const [names] = named(root, "c:cat") as [Element];
  assert.deepEqual(named(names, "c:v").map(({ text }) => text), ["<x>& "]);
});

Deno.test("sizeOf() gives bars the height that they need, up to that of a page", () => {
  const chart = CHARTS[0]!;
  const rows = (count: number) => ({ ...chart, rows: Array(count).fill(chart.rows[0]!) });
  const [few, more, many] = [3, 17, 500].map((count) => sizeOf(rows(count)).height) as [
    number,
    number,
    number,
  ];
  assert.ok(few < more && more < many && many < 900);
});
