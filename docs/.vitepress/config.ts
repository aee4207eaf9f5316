import { presets } from '@zoo/alexnet';
import { defineConfig } from 'vitepress';
import { searchablePresets } from '../views/searchable-presets.ts';
import { mermaidFence } from './mermaid-fence.ts';
import { scrollingTables } from './scrolling-tables.ts';

const guide = [
  { text: 'Getting started', link: '/guide/getting-started' },
  { text: 'Concepts', link: '/guide/concepts' },
  { text: 'Backends', link: '/guide/backends' },
  { text: 'Performance', link: '/guide/performance' },
  { text: 'Traps', link: '/guide/traps' },
  { text: 'Versions', link: '/guide/versions' },
];

export default defineConfig({
  title: 'zoo',
  titleTemplate: ':title · zoo',
  description: 'AlexNet and its family, readable and trainable, in TypeScript.',
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['README.md', 'CHANGELOG.md'],
  head: [
    ['meta', { name: 'color-scheme', content: 'light dark' }],
    ['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }],
  ],
  markdown: {
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (md) => {
      mermaidFence(md);
      scrollingTables(md);
    },
  },
  vite: {
    // Mermaid, bundled by its authors: building it from its modules takes a third longer.
    resolve: { alias: [{ find: /^mermaid$/, replacement: 'mermaid/dist/mermaid.esm.min.mjs' }] },
    // One large file, loaded where a diagram is shown and nowhere else.
    build: { chunkSizeWarningLimit: 1000 },
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '^/guide/' },
      { text: 'Presets', link: '/presets/', activeMatch: '^/presets/' },
    ],
    sidebar: [
      { text: 'Guide', items: guide },
      {
        text: 'Presets',
        items: [
          { text: 'Comparison', link: '/presets/' },
          ...Object.keys(presets).map((preset) => ({ text: preset, link: `/presets/${preset}` })),
        ],
      },
    ],
    outline: { level: [2, 3], label: 'On this page' },
    docFooter: { prev: 'Previous', next: 'Next' },
    search: {
      provider: 'local',
      options: { _render: (source, env, md) => md.render(searchablePresets(source, env.relativePath), env) },
    },
  },
});
