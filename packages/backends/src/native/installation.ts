import fs from 'node:fs';
import path from 'node:path';
import { parseObject, parseString, ZooError } from '@zoo/core';
import type { Flavour } from './flavour.ts';
import { nativeFolder } from './home.ts';

/** A build that `setupNode` has completed. */
export interface Installation {
  /** The addon file. */
  addon: string;
  /** The folder with the JavaScript that goes with it. */
  sources: string;
  /** The folder of the libtensorflow that the addon loads. */
  libtensorflow: string;
  /** Of libtensorflow. */
  version: string;
  /** `linux-x64` */
  machine: string;
}

export const thisMachine = (): string => `${process.platform}-${process.arch}`;

/** The file that says which build is in use. It is written last, and whole: what it names is complete. */
export const installationFile = (flavour: Flavour): string =>
  path.join(nativeFolder(), `${flavour}-${thisMachine()}.json`);

const parseInstallation = parseObject<Installation>({
  addon: parseString,
  sources: parseString,
  libtensorflow: parseString,
  version: parseString,
  machine: parseString,
});

/**
 * The build in use, `undefined` where there is none.
 * @throws ZooError `corrupt-file` when the file is damaged.
 */
export function readInstallation(flavour: Flavour): Installation | undefined {
  const file = installationFile(flavour);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return parseInstallation(JSON.parse(text), file);
  } catch (cause) {
    throw new ZooError('corrupt-file', `${file}: it is damaged. Run: npx @zoo/cli setup ${flavour}.`, { cause });
  }
}
