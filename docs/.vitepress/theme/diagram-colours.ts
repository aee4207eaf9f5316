/** Additional styles for Mermaid: the page's colours, which change with light and dark without drawing anew. */
export const diagramColours = `
  .node rect, .node polygon, .node path { fill: var(--vp-c-bg-soft); stroke: var(--vp-c-border); }
  .nodeLabel, .nodeLabel p { color: var(--vp-c-text-1); }
  .edgeLabel, .edgeLabel p { background-color: var(--vp-c-bg); color: var(--vp-c-text-2); }
  .flowchart-link { stroke: var(--vp-c-text-3); }
  .marker, .arrowMarkerPath { fill: var(--vp-c-text-3); stroke: var(--vp-c-text-3); }
`;
