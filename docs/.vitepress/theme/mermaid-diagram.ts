import { defineComponent, h, onMounted, ref, useId } from 'vue';
import { diagramColours } from './diagram-colours.ts';

/** Boxes and gaps of a flowchart that is read from top to bottom, in pixels: what the page keeps free before it is drawn. */
const pixelsPerLine = 72;

const linesOf = (graph: string): number => graph.split('\n').filter((line) => /-->|--\s/.test(line)).length;

/** Width of a drawing as it was made. Below four fifths of it, a phone scrolls rather than shrinks. */
const widthOf = (svg: string): number => Number(/viewBox="\S+ \S+ (\S+)/.exec(svg)?.[1] ?? 0);

/** A Mermaid diagram, drawn in the browser. Colours are the page's own (diagram-colours.ts), so that it follows light and dark. */
export const MermaidDiagram = defineComponent({
  props: {
    /** Percent-encoded, so that it passes through Markdown and HTML unharmed. */
    graph: { type: String, required: true },
  },
  setup(props) {
    const source = decodeURIComponent(props.graph);
    const id = `mermaid-${useId()}`;
    const svg = ref('');
    onMounted(async () => {
      const { default: mermaid } = await import('mermaid');
      await document.fonts.ready;
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        theme: 'base',
        themeVariables: { fontSize: '13.5px', fontFamily: getComputedStyle(document.body).fontFamily },
        themeCSS: diagramColours,
        flowchart: { rankSpacing: 20, nodeSpacing: 24, padding: 7, useMaxWidth: true, curve: 'linear' },
      });
      svg.value = (await mermaid.render(id, source)).svg;
    });
    return () =>
      svg.value
        ? h('div', {
            class: 'diagram',
            tabindex: 0,
            style: { '--least': `${0.8 * widthOf(svg.value)}px` },
            innerHTML: svg.value,
          })
        : h('div', { class: 'diagram', style: { minHeight: `${linesOf(source) * pixelsPerLine}px` } });
  },
});
