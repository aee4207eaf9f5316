import { version } from '../package.json';

/** Of this program. */
export const zooVersion: string = version;
