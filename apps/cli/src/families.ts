import { alexnetFamily } from '@zoo/alexnet';
import type { Family } from '@zoo/spec';

/** The families of networks that the command line knows. */
export const families: readonly Family[] = [alexnetFamily];
