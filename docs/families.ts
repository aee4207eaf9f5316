import type { ModelSpec } from '@zoo/spec';

/** The site shows what the command line knows. */
export { allPresets, families } from '../apps/cli/src/families.ts';

/** `alexnet/paper`, which is also where its page lies. */
export const presetName = ({ family, preset }: ModelSpec): string => `${family}/${preset}`;
