import { packagesGraph, packagesTable } from '../views/packages.ts';

interface Packages {
  graph: string;
  table: string;
}

export default {
  watch: ['../../packages/*/package.json', '../../apps/*/package.json'],
  load: (): Packages => ({ graph: encodeURIComponent(packagesGraph()), table: packagesTable() }),
};

export declare const data: Packages;
