/** The style sheet of the HTML report: light or dark as the reader's system is, and readable on a narrow screen. */
export const HTML_STYLE: string = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1d21;--quiet:#59626e;--line:#d5dae1;--card:#f5f7f9;--good:#0a7a4b;--bad:#b3261e;--note:#8a5a00}
@media (prefers-color-scheme:dark){:root{--paper:#14171c;--ink:#e8ebef;--quiet:#a3adba;--line:#39414c;--card:#1c2027;--good:#4cc38a;--bad:#ff8a80;--note:#ffbe4d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
p,ul{margin:.5rem 0}
code{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;white-space:nowrap}
td.number,th.number{text-align:right}
td.words{white-space:normal;min-width:12rem}
tr.sum td{font-weight:600}
.quiet{color:var(--quiet)}
.good{color:var(--good)}
.bad{color:var(--bad)}
.note{color:var(--note)}
.case{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;margin:.75rem 0}
.case dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}
.case dt{color:var(--quiet)}
.case dd{margin:0}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1rem;margin:.75rem 0}
figure{margin:0}
figcaption{color:var(--quiet);font-size:.875rem}
svg{max-width:100%;height:auto}
@media (max-width:40rem){.case dl{grid-template-columns:1fr}.case dd{margin-bottom:.4rem}}
`;
