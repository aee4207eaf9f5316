import type { Optimizer } from '@zoo/spec';
import { adamUpdater } from './adam.ts';
import { sgdUpdater } from './sgd.ts';
import type { Updater } from './updater.ts';

/** The update rule of an optimiser. */
export function updaterOf(optimizer: Optimizer): Updater {
  switch (optimizer.kind) {
    case 'sgd':
      return sgdUpdater(optimizer);
    case 'adam':
    case 'adamw':
      return adamUpdater(optimizer);
  }
}
