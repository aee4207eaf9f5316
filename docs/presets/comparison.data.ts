import { comparison } from '../views/comparison.ts';

export default { load: comparison };

export declare const data: string;
