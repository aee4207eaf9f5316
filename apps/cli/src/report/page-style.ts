import { palette } from './palette.ts';

/** The report's style: the system's type, one column, readable on paper and on a phone. */
export const pageStyle = `
${palette}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1056px; margin: 0 auto; padding: 48px 24px 64px; }
header p, .best { max-width: 62ch; margin: 0; overflow-wrap: anywhere; }
.best { margin-top: 16px; }
.option { white-space: nowrap; }
.kicker { color: var(--soft); margin: 0 0 4px; }
h1 { font-size: 40px; line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 16px; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 20px; letter-spacing: -0.01em; margin: 56px 0 4px; }
.note { color: var(--soft); font-size: 14px; max-width: 68ch; margin: 0 0 16px; }
.remarks { max-width: 68ch; margin: 20px 0 0; padding: 12px 16px 12px 32px; border-left: 3px solid var(--wrong); background: var(--card); white-space: pre-line; overflow-wrap: anywhere; }
.numbers { display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 28px 0 0; padding: 20px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.numbers dt { color: var(--soft); font-size: 13px; }
.numbers dd { margin: 0; font-size: 22px; font-weight: 600; letter-spacing: -0.01em; }
figure { margin: 0; }
svg { max-width: 100%; height: auto; display: block; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 6px 20px 6px 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.bars { width: 40%; }
.wide { overflow-x: auto; }
.phone { display: none; }
summary { cursor: pointer; color: var(--soft); font-size: 14px; }
.share { display: block; height: 10px; background: var(--test); border-radius: 2px; min-width: 1px; }
.options th { width: 14em; font-weight: 400; }
.runs thead th { color: var(--ink); font-weight: 600; vertical-align: bottom; }
.runs tbody th { font-weight: 400; min-width: 8em; }
.runs td { min-width: 8em; overflow-wrap: anywhere; }
.sample { display: inline-block; vertical-align: middle; margin-right: 8px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; font-size: 14px; margin: 0 0 8px; }
.command { margin-bottom: 12px; }
.command figcaption { padding: 0 0 4px; }
.options td { overflow-wrap: anywhere; }
.options caption { text-align: left; font-weight: 600; font-size: 15px; padding: 24px 0 4px; }
pre { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--card); padding: 12px 14px; border-radius: 6px; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(176px, 1fr)); gap: 12px; }
.example { border-radius: 8px; background: var(--card); overflow: hidden; break-inside: avoid; outline: 1px solid var(--line); outline-offset: -1px; }
.example.wrong { outline: 2px dashed var(--wrong); outline-offset: -2px; }
.example img { display: block; width: 100%; height: auto; aspect-ratio: 1; object-fit: cover; }
.example img.pixels { image-rendering: pixelated; }
figcaption { padding: 10px 12px 12px; font-size: 14px; line-height: 1.4; }
figcaption strong, .verdict { display: block; }
.verdict { font-size: 13px; }
.file { display: block; font-size: 12px; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; direction: rtl; text-align: left; }
.right .verdict { color: var(--right); }
.wrong .verdict { color: var(--wrong); }
.example ol { list-style: none; margin: 6px -6px 0; padding: 0; font-size: 13px; }
.example li { position: relative; display: flex; justify-content: space-between; gap: 8px; padding: 1px 6px; margin-bottom: 2px; color: var(--soft); }
.example li.actual { color: var(--ink); font-weight: 600; }
.bar { position: absolute; inset: 0 auto 0 0; background: var(--test); opacity: 0.16; border-radius: 2px; }
.guess { position: relative; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.example .number { position: relative; white-space: nowrap; }
.sheets { display: flex; flex-wrap: wrap; gap: 16px 32px; }
.sheets figure { flex: 1 1 300px; max-width: 480px; }
.sheets figcaption { padding: 0 0 8px; color: var(--soft); }
.sheets img { display: block; width: 100%; height: auto; }
.recipe { margin: 0; padding-left: 20px; max-width: 72ch; overflow-wrap: anywhere; }
code { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--card); padding: 2px 6px; border-radius: 4px; }
footer { margin-top: 56px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 560px) { main { padding: 28px 16px; } h1 { font-size: 30px; } th, td { padding-right: 12px; } td { overflow-wrap: anywhere; } th:last-child, td:last-child { padding-right: 0; } .bars { display: none; } .options th { width: 36%; } .matrix svg { max-width: none; } .gallery { grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); } .wide-screen { display: none; } .phone { display: block; } }
@media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; } }`.trim();
