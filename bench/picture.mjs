// The report as a drawing for the docs: a panel a row, a bar a contender. It turns light where its reader's page is dark, and a page
// that it is part of may give `.times` colours of its own.

const style = `
.times { --ink: #1b2430; --soft: #5c6879; --ours: #1d5fa8; --theirs: #b9c2ce; font: 12px system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-variant-numeric: tabular-nums; }
@media (prefers-color-scheme: dark) { .times { --ink: #e6eaf0; --soft: #9aa6b6; --ours: #6fb1f5; --theirs: #566274; } }
.times text { fill: var(--soft); } .times .title { font-size: 13.5px; font-weight: 600; fill: var(--ink); }
.times .end { text-anchor: end; } .times .zoo { fill: var(--ink); font-weight: 600; }
.times rect { fill: var(--theirs); } .times .ours { fill: var(--ours); }`;

// Where the columns of a panel end or begin, from its left edge.
const columns = { name: 116, bar: 124, barEnd: 304, time: 372, ratio: 436 };
const [gap, line, head, foot] = [40, 20, 16, 28];
const workNames = { forward: 'forward', step: 'training step' };
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function time(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;

const heightOf = (rows) => head + rows.length * line + foot;

function panel(rows, x, y) {
  const longest = Math.max(...rows.map(({ milliseconds }) => milliseconds));
  const [{ network, work, batch }] = rows;
  const bars = rows.map(({ contender, milliseconds, ratio }, place) => {
    const top = y + head + place * line;
    const ours = contender.startsWith('zoo');
    const width = Math.max(2, ((columns.barEnd - columns.bar) * milliseconds) / longest);
    const text = (column, content) =>
      `<text class="end${ours ? ' zoo' : ''}" x="${x + columns[column]}" y="${top + 14}">${content}</text>`;
    return [
      text('name', escaped(contender)),
      `<rect${ours ? ' class="ours"' : ''} x="${x + columns.bar}" y="${top + 4}" width="${width.toFixed(1)}" height="${line - 7}" rx="2"/>`,
      text('time', time(milliseconds)),
      text('ratio', times(1 / ratio)),
    ].join('');
  });
  return `<text class="title" x="${x}" y="${y + 8}">${network}, ${workNames[work]}, batch ${batch}</text>${bars.join('')}`;
}

/** A panel for each row of the report, a network's together. */
function panelsOf(results) {
  const nameOf = ({ network, work, batch }) => `${network} ${work} ${batch}`;
  const networks = [...new Set(results.map(({ network }) => network))];
  return networks.flatMap((network) => {
    const own = results.filter((row) => row.network === network);
    return [...new Set(own.map(nameOf))].map((name) => own.filter((row) => nameOf(row) === name));
  });
}

/** Two columns of panels, to be read downwards. */
export function picture({ machine, threads, results }) {
  const panels = panelsOf(results);
  const half = Math.ceil(panels.length / 2);
  let y = 12;
  const drawn = [];
  for (let place = 0; place < half; place++) {
    const rightColumn = [panels[place], panels[place + half]].filter((rows) => rows !== undefined);
    drawn.push(...rightColumn.map((rows, column) => panel(rows, column * (columns.ratio + gap), y)));
    y += Math.max(...rightColumn.map(heightOf));
  }
  const [width, height] = [2 * columns.ratio + gap, y + 22];
  const caption = [
    `${machine.cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, Node ${machine.node.slice(1)}.`,
    `Shorter is faster; every panel has a scale of its own. 2.00 × takes twice as long as ${results[0].contender}.`,
  ];
  const below = caption.map((text, i) => `<text y="${y + 16 * i}">${escaped(text)}</text>`);
  return `<svg class="times" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time of the zoo and its peers"><style>${style}
</style>
${[...drawn, ...below].join('\n')}
</svg>
`;
}
