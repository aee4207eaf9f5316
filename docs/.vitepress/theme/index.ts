import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { MermaidDiagram } from './mermaid-diagram.ts';
import './accuracy.css';
import './base.css';
import './tables.css';
import './reference.css';
import './search-button.css';
import './diagram.css';
import './figure.css';
import './times.css';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => {
    app.component('MermaidDiagram', MermaidDiagram);
  },
} satisfies Theme;
