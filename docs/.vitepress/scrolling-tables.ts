import type { MarkdownRenderer } from 'vitepress';

/** Tables of Markdown scroll on their own, as those of `htmlTable` do. */
export function scrollingTables(md: MarkdownRenderer): void {
  md.renderer.rules.table_open = () => '<div class="scroll prose" tabindex="0"><table>';
  md.renderer.rules.table_close = () => '</table></div>';
}
