import { version_core } from '@tensorflow/tfjs-core';
import type { Backend } from '@zoo/backends';
import { zooVersion } from '../version.ts';
import type { Versions } from './run-record.ts';

/** Versions of all that computes a run. */
export const versionsOf = ({ name, detail }: Backend): Versions => ({
  zoo: zooVersion,
  tfjs: version_core,
  node: process.versions.node,
  backend: `${name} (${detail})`,
});
