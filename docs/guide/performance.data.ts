import { readFileSync } from 'node:fs';
import { loaderTable } from '../views/loader-table.ts';
import { contendersTable, timesTable } from '../views/times-table.ts';
import loader from './loader.json';
import report from './performance.json';

interface Performance {
  picture: string;
  times: string;
  contenders: string;
  machine: string;
  rounds: number;
  loader: string;
  loaderImages: number;
  loaderRounds: number;
}

const { machine, threads, rounds, results } = report;

export default {
  watch: ['./performance.svg'],
  load: ([picture]: [string]): Performance => ({
    picture: readFileSync(picture, 'utf8'),
    times: timesTable(results),
    contenders: contendersTable(results),
    machine: `${machine.cpu}, ${threads} of ${machine.cores} processors, Node ${machine.node.slice(1)}`,
    rounds,
    loader: loaderTable(loader.results),
    loaderImages: loader.images,
    loaderRounds: loader.rounds,
  }),
};

export declare const data: Performance;
