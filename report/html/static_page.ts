/** A page without a script: one file that needs no network. */

import { type Content, markup, trusted } from "./markup.ts";
import { styleSheet } from "./style.ts";

/** What a page is made of. */
export interface StaticPage {
  /** Its title, which is also its heading. */
  readonly title: string;
  /** Version of wsmark that made it. */
  readonly version: string;
  /** Below the heading, in one line. */
  readonly about: Content;
  /** Its parts: ids of sections of {@linkcode StaticPage.main}, with their titles. */
  readonly parts: readonly { readonly id: string; readonly title: string }[];
  readonly main: Content;
  /** Rules of style beside those of all pages. */
  readonly style?: string;
}

/** The page; all text is escaped, and its policy loads nothing. */
export async function renderStaticPage(
  { title, version, about, parts, main, style: own = "" }: StaticPage,
): Promise<string> {
  const style = styleSheet(0) + own;
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const policy = `default-src 'none'; style-src 'sha256-${
    new Uint8Array(hash).toBase64()
  }'; img-src data:; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="wsmark ${version}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<div class="page">
<header><div>
<h1>${title}</h1>
<p class="muted">${about}</p>
</div></header>
<nav aria-label="Contents">
<p class="title">Contents</p>
<ul>
${parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
</nav>
<main id="main">
${main}
</main>
<footer><p>Made by wsmark ${version}.</p></footer>
</div>
</body>
</html>
`.markup;
}
