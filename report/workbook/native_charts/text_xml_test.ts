import assert from "node:assert/strict";
import { fill, paragraph, TEXT_SIZE } from "./text_xml.ts";

Deno.test("paragraph() shows a text as it is, in a size and a colour", () => {
  const xml = paragraph("a <b> & c", TEXT_SIZE, "#1b1e24", true);
  assert.match(xml, /<a:t>a &lt;b&gt; &amp; c<\/a:t>/);
  assert.match(xml, /sz="900" b="1"/);
  assert.ok(xml.includes(fill("#1b1e24")));
});

Deno.test("fill() writes a colour without its sign", () => {
  assert.equal(fill("#0072b2"), '<a:solidFill><a:srgbClr val="0072B2"/></a:solidFill>');
});
