import * as tf from '@tensorflow/tfjs-core';
import { isZooError, ZooError } from '@zoo/core';

/** True for the error of a read from a device that is gone, as the zoo's webgpu backend gives it. */
export const isDeviceLoss = (error: unknown): error is ZooError => isZooError(error) && error.code === 'device-lost';

/** True when the backend in use computes on a device that can be lost. */
export const canBeLost = (): boolean => 'device' in tf.backend();

/** Activates a registered backend, restarted if its device was lost. */
async function startAnew(name: string, lost: string): Promise<boolean> {
  const factory = tf.findBackendFactory(name);
  if (!factory) return false;
  if (name === lost) {
    tf.removeBackend(name);
    tf.registerBackend(name, factory);
  }
  return tf.setBackend(name);
}

/**
 * Switches to a new device of the same backend, or if there is none, or `again` is false, to wasm or cpu.
 *
 * @returns The backend's name.
 * @throws The loss itself when nothing is left to compute on.
 */
export async function replaceDevice(loss: ZooError, again: boolean): Promise<string> {
  const lost = tf.getBackend();
  for (const name of [...(again ? [lost] : []), 'wasm', 'cpu']) if (await startAnew(name, lost)) return name;
  throw new ZooError('device-lost', `${loss.message} No other backend is registered.`, { cause: loss });
}
