import type { MarkdownRenderer } from 'vitepress';

/** Fences of Mermaid become diagrams; every other fence stays code. */
export function mermaidFence(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info.trim() !== 'mermaid') return fence?.(tokens, index, ...rest) ?? '';
    return `<MermaidDiagram graph="${encodeURIComponent(token.content)}" />`;
  };
}
