/** The report's whole style; colours repeat what words say, and work on light, dark and paper. */
export const REPORT_STYLE = `
:root{--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--paper:#fff;--shade:#f6f8fa;--bad:#b42318;--warn:#8a5a00;--good:#1a7f4b;--calm:#57606a}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--quiet:#9198a1;--line:#30363d;--paper:#0d1117;--shade:#161b22;--bad:#ff7b72;--warn:#e3b341;--good:#56d364;--calm:#9198a1}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 "Segoe UI",system-ui,-apple-system,"Noto Sans","Noto Sans JP",sans-serif}
main{max-width:72rem;overflow-wrap:anywhere;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:0 0 .5rem}
header p{margin:.2rem 0 1rem;color:var(--quiet)}
section{border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 1rem}
.figures{list-style:none;display:flex;flex-wrap:wrap;gap:.75rem;margin:0 0 1rem;padding:0}
.figures li{flex:1 1 8rem;border:1px solid var(--line);border-left:6px solid currentColor;border-radius:8px;padding:.5rem .9rem;background:var(--shade)}
.figures strong{font-size:1.5rem;display:block}
.bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}.calm{color:var(--calm)}
.badge{font-size:.8rem;font-weight:600;border:1px solid currentColor;border-radius:999px;padding:.05rem .55rem;white-space:nowrap}
.quiet{color:var(--quiet);margin:.2rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:600}
tbody th{font-weight:600}
code{font:.85em ui-monospace,"Cascadia Mono",Consolas,monospace;overflow-wrap:anywhere}
pre{margin:.2rem 0;padding:.4rem .6rem;background:var(--shade);border-radius:6px;font:.85em ui-monospace,"Cascadia Mono",Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
summary{cursor:pointer}
h3{font-size:1rem;margin:1rem 0 .3rem}
svg{display:block;overflow:visible}
svg rect{fill:currentColor}
ul.plain{margin:.2rem 0;padding-left:1.1rem}
a{color:inherit}
footer{color:var(--quiet);font-size:.85rem}
@media (max-width:40rem){.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block;border:0;padding:.1rem 0}.stack thead{display:none}
.stack tr{border-bottom:1px solid var(--line);padding:.5rem 0}.stack td:empty{display:none}.stack td[data-label]::before{content:attr(data-label) ": ";color:var(--quiet)}.badge{white-space:normal;display:inline-block;border-radius:.6rem}}
@media print{section{break-inside:avoid}details:not([open])>*:not(summary){display:block}}
`.trim();
