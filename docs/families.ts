import type { ModelSpec } from '@zoo/spec';
import { families } from '../apps/cli/src/families.ts';

/** Those that the command line knows. */
export { families };

/** Every preset of every family, in the order of their packages. */
export const everyPreset: readonly ModelSpec[] = families.flatMap(({ presets }) => Object.values(presets));

/** `alexnet/paper`, which is also where its page lies. */
export const presetName = ({ family, preset }: ModelSpec): string => `${family}/${preset}`;
