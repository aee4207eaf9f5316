import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { onMounted } from 'vue';
import { MermaidDiagram } from './mermaid-diagram.ts';
import './base.css';
import './tables.css';
import './reference.css';
import './diagram.css';
import './figure.css';
import './times.css';

/** VitePress writes its shortcut on the search button, whose accessible name is another: readers of screens need not hear it. */
const hideShortcut = () => document.querySelector('.DocSearch-Button-Keys')?.setAttribute('aria-hidden', 'true');

export default {
  extends: DefaultTheme,
  setup: () => onMounted(hideShortcut),
  enhanceApp: ({ app }) => {
    app.component('MermaidDiagram', MermaidDiagram);
  },
} satisfies Theme;
