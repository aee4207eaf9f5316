// Writes index.html with a map from names to files in node_modules, as `exports` of each package says.
import { readFile, writeFile } from 'node:fs/promises';

const manifest = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));

/** The file of an entry for pages that import modules. */
const fileFor = (entry) => {
  if (typeof entry === 'string') return entry;
  const condition = ['browser', 'import', 'module', 'default'].find((name) => entry[name]);
  return fileFor(entry[condition]);
};

const imports = {};
async function add(name) {
  const { exports, dependencies = {} } = await manifest(name);
  for (const [path, entry] of Object.entries(exports))
    if (path !== './package.json') imports[name + path.slice(1)] = `./node_modules/${name}/${fileFor(entry).slice(2)}`;
  for (const one of Object.keys(dependencies)) if (one.startsWith('@zoo/')) await add(one);
}
for (const name of Object.keys(JSON.parse(await readFile('package.json', 'utf8')).dependencies))
  if (name.startsWith('@zoo/')) await add(name);

// tfjs has each of its packages in one file, which names modules of Node's that it does without in a page.
for (const part of ['core', 'layers', 'backend-cpu', 'backend-wasm'])
  imports[`@tensorflow/tfjs-${part}`] = `./node_modules/@tensorflow/tfjs-${part}/dist/tf-${part}.fesm.min.js`;
for (const name of ['fs', 'os', 'path', 'perf_hooks', 'seedrandom']) imports[name] = './empty.js';

const page = await readFile('template.html', 'utf8');
await writeFile(
  'index.html',
  page.replace('"IMPORTS"', () => JSON.stringify(imports)),
);
