/** How flame graphs look; custom properties are those of the page. */

export const FLAME_STYLE = `
:root { --flame-kernel: #f0b49e; --flame-runtime: #f6d98a; --flame-library: #a9d3a4; --flame-user: #a5c8f0; --flame-ink: #14161a; }
.flames { max-width: 90rem; margin: 0 auto; padding: 1rem; }
.flame { margin: .6rem 0; }
.flame .controls { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: end; font-size: .875rem; }
.flame label { display: grid; gap: .1rem; min-width: 0; max-width: 100%; }
.flame label.check { display: flex; align-items: center; gap: .35rem; min-height: 2.25rem; }
.flame :is(select, input[type=search]) { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--muted);
  border-radius: .4rem; padding: .3rem .5rem; min-height: 2.25rem; max-width: min(24rem, 100%); min-width: 0; }
.flame .kinds { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem .9rem; margin: .5rem 0; padding: 0; font-size: .8125rem; }
.flame .kinds span { display: inline-block; width: .9rem; height: .9rem; margin-right: .35rem; vertical-align: -.1rem; border-radius: .15rem; }
.flame svg { display: block; width: 100%; }
.flame .says { min-height: 3.2rem; font-size: .875rem; margin: .4rem 0; max-width: none; }
.flame g { cursor: pointer; outline: none; }
.flame rect { stroke: var(--ground); stroke-width: 1; }
.flame text { fill: var(--flame-ink); font: 12px ui-monospace, "DejaVu Sans Mono", monospace; pointer-events: none; }
.flame g:focus-visible rect, .flame g.at rect { stroke: var(--ink); stroke-width: 2; }
.flame svg.searched g:not(.found) { opacity: .3; }
.k0 { fill: var(--flame-kernel); background: var(--flame-kernel); }
.k1 { fill: var(--flame-runtime); background: var(--flame-runtime); }
.k2 { fill: var(--flame-library); background: var(--flame-library); }
.k3 { fill: var(--flame-user); background: var(--flame-user); }
.d-3 { fill: #5b9bd8; background: #5b9bd8; }
.d-2 { fill: #93bfe8; background: #93bfe8; }
.d-1 { fill: #c6dcf2; background: #c6dcf2; }
.d0 { fill: #dcdee2; background: #dcdee2; }
.d1 { fill: #f6ccc4; background: #f6ccc4; }
.d2 { fill: #ee9f90; background: #ee9f90; }
.d3 { fill: #e06c5a; background: #e06c5a; }
.heaviest { font-size: .875rem; padding-left: 1.6rem; }
.heaviest li { max-width: none; }
`;
