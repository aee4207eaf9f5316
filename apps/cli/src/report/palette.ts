/**
 * Colours of everything a run draws. A drawing has no background of its own: where its reader's page is dark, it turns
 * light itself. Test values are blue, training values grey, averaged weights ochre; shares run from the page's own colour to the strongest blue.
 */
export const palette = `
.zoo { --ink: #1b2430; --soft: #5c6879; --line: #d8dde5; --test: #1d5fa8; --training: #8792a3; --averaged: #96590a; --strong: #0b3c78; --on-strong: #ffffff; --right: #1b7a43; --wrong: #b3402a; --page: #ffffff; --card: #f6f7f9; }
@media (prefers-color-scheme: dark) {
.zoo { --ink: #e6eaf0; --soft: #9aa6b6; --line: #323b48; --test: #6fb1f5; --training: #7d8999; --averaged: #eeb15c; --strong: #8cc2fa; --on-strong: #0a1626; --right: #5fce8f; --wrong: #f0886f; --page: #12171e; --card: #1a212b; }
}
@media print {
.zoo { --ink: #000000; --soft: #444444; --line: #cccccc; --test: #0b3c78; --training: #777777; --averaged: #7a4a00; --strong: #0b3c78; --on-strong: #ffffff; --right: #1b7a43; --wrong: #b3402a; --page: #ffffff; --card: #ffffff; }
}`.trim();

/** Type for charts: the system's own, digits of one width. */
export const chartType = `
.zoo text { font: 12px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-variant-numeric: tabular-nums; fill: var(--soft); }
.zoo .title { font-size: 14px; font-weight: 600; fill: var(--ink); }
.zoo .grid { stroke: var(--line); stroke-width: 1; }
.zoo .axis { stroke: var(--soft); stroke-width: 1; }`.trim();
