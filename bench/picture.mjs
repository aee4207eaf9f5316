// The report as a drawing for the docs: a panel a row, a bar a contender. It turns light where its reader's page is dark.

const style = `
svg { --ink: #1b2430; --soft: #5c6879; --ours: #1d5fa8; --theirs: #c3cad5; }
@media (prefers-color-scheme: dark) { svg { --ink: #e6eaf0; --soft: #9aa6b6; --ours: #6fb1f5; --theirs: #465162; } }
text { font: 12px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-variant-numeric: tabular-nums; fill: var(--soft); }
.title { font-size: 13px; font-weight: 600; fill: var(--ink); }
.ours { fill: var(--ours); } .theirs { fill: var(--theirs); } .zoo { fill: var(--ink); font-weight: 600; }`;

const [panelWidth, names, barRoom, line, gap, margin] = [460, 150, 220, 20, 28, 12];
const workNames = { forward: 'forward', step: 'training step' };
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const time = (ms) =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms >= 100 ? Math.round(ms) : ms.toPrecision(2)} ms`;

function panel(rows, x, y) {
  const longest = Math.max(...rows.map(({ milliseconds }) => milliseconds));
  const [{ network, work, batch }] = rows;
  const bars = rows.map(({ contender, milliseconds }, place) => {
    const top = y + 14 + place * line;
    const ours = contender.startsWith('zoo');
    const width = Math.max(2, (barRoom * milliseconds) / longest);
    return [
      `<text class="${ours ? 'zoo' : ''}" x="${x + names - 8}" y="${top + 12}" text-anchor="end">${contender}</text>`,
      `<rect class="${ours ? 'ours' : 'theirs'}" x="${x + names}" y="${top + 2}" width="${width.toFixed(1)}" height="${line - 7}" rx="2"/>`,
      `<text class="${ours ? 'zoo' : ''}" x="${x + names + width + 6}" y="${top + 12}">${time(milliseconds)}</text>`,
    ].join('');
  });
  return `<text class="title" x="${x}" y="${y + 6}">${network}, ${workNames[work]}, batch ${batch}</text>${bars.join('')}`;
}

/** Two columns of panels, in the order of the report. */
export function picture({ machine, threads, results }) {
  const nameOf = ({ network, work, batch }) => `${network} ${work} ${batch}`;
  const panels = [...new Set(results.map(nameOf))].map((name) => results.filter((row) => nameOf(row) === name));
  const tops = [margin + 12, margin + 12];
  const drawn = panels.map((rows, place) => {
    const column = place % 2;
    const y = Math.max(...(column === 0 ? tops : [tops[1]]));
    tops[column] = y + 14 + rows.length * line + gap;
    return panel(rows, margin + column * panelWidth, y);
  });
  const [width, height] = [2 * panelWidth + margin, Math.max(...tops) + 14];
  const caption = `${machine.cpu}, ${threads} threads, Node ${machine.node.slice(1)}. Shorter is faster; every panel has a scale of its own.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>Time of the zoo and its peers</title><style>${style}</style>
${drawn.join('\n')}
<text x="${margin}" y="${height - 12}">${escaped(caption)}</text></svg>
`;
}
