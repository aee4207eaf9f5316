import { defineConfig } from 'vitepress';
import { packageSearch, repository } from '../reference/links.ts';
import { writeReference } from '../reference/write-reference.ts';
import { searchable } from '../views/searchable.ts';
import { codeThemes } from './code-themes.ts';
import { mermaidFence } from './mermaid-fence.ts';
import { scrollingTables } from './scrolling-tables.ts';
import { searchOptions } from './search-options.ts';

const guide = [
  { text: 'Getting started', link: '/guide/getting-started' },
  { text: 'Concepts', link: '/guide/concepts' },
  { text: 'Runs', link: '/guide/runs' },
  { text: 'Weights', link: '/guide/weights' },
  { text: 'What accuracy to expect', link: '/guide/accuracy' },
  { text: 'In the browser', link: '/guide/browser' },
  { text: 'Your tfjs program', link: '/guide/kernels' },
  { text: 'Backends', link: '/guide/backends' },
  { text: 'Performance', link: '/guide/performance' },
  { text: 'Traps', link: '/guide/traps' },
  { text: 'What we promise', link: '/guide/promises' },
  { text: 'Versions', link: '/guide/versions' },
];

const { api, commands, presets } = writeReference();

// A site for one version, or of a project, may lie in a folder: DOCS_BASE=/zoo/ npm run docs.
const base = process.env.DOCS_BASE ?? '/';

export default defineConfig({
  base,
  title: 'zoo',
  titleTemplate: ':title · zoo',
  description: 'AlexNet and its family, readable and trainable, in TypeScript.',
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['README.md', 'CHANGELOG.md'],
  head: [
    ['meta', { name: 'color-scheme', content: 'light dark' }],
    ['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }],
  ],
  markdown: {
    theme: codeThemes,
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
      { text: 'Commands', link: '/commands/', activeMatch: '^/commands/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
    ],
    sidebar: {
      '/guide/': [{ text: 'Guide', items: guide }],
      '/presets/': [
        {
          text: 'Presets',
          items: [{ text: 'All presets', link: '/presets/' }, ...presets],
        },
      ],
      '/commands/': [{ text: 'Commands', items: [{ text: 'All commands', link: '/commands/' }, ...commands] }],
      '/api/': [{ text: 'API', items: [{ text: 'All entries', link: '/api/' }, ...api] }],
    },
    socialLinks: [
      { icon: 'github', link: repository, ariaLabel: 'Repository' },
      { icon: 'npm', link: packageSearch, ariaLabel: 'Packages on npm' },
    ],
    outline: { level: [2, 3], label: 'On this page' },
    docFooter: { prev: 'Previous', next: 'Next' },
    search: {
      provider: 'local',
      options: {
        miniSearch: { searchOptions },
        _render: (source, env, md) => md.render(searchable(source, env.relativePath), env),
      },
    },
  },
});
