import { presets } from '@zoo/alexnet';
import { figure } from './views/figure.ts';

export default { load: () => figure(presets.paper) };

export declare const data: string;
