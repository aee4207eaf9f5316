import type * as tfjsWebgpu from '@tensorflow/tfjs-backend-webgpu';
import type { BackendValues } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

const deviceLostError = ({ message, reason }: GPUDeviceLostInfo): ZooError =>
  new ZooError(
    'device-lost',
    `webgpu: the device was lost (${message || reason || 'no reason given'}), with all its tensors. Restart the backend, and load the weights again.`,
  );

function deviceError(error: GPUError): ZooError {
  const [line = ''] = error.message.split('\n');
  return new ZooError(
    'backend',
    error.constructor.name === 'GPUOutOfMemoryError' || /out of memory|exceeds the max(imum)? (buffer|size)/i.test(line)
      ? `webgpu: out of memory, ${line} Use a smaller batch, a smaller width, or the backend wasm.`
      : `webgpu: the device refused a command, ${line} Use the backend wasm.`,
  );
}

/** How long to wait for the reason of a failed read. Milliseconds. */
const timeout = 2000;

/** True for a watched backend whose device answers. */
export const isAlive = (backend: unknown): boolean =>
  typeof backend === 'object' && backend !== null && Reflect.get(backend, 'alive') === true;

/**
 * tfjs's backend, with error reporting: on a lost device or without memory the values of tfjs's own one
 * would be zeros, or never come. Here the next read fails instead, and says why.
 *
 * A function, because the package is one that a page may do without: it is loaded when it is asked for.
 */
export function watchedBackend(
  { WebGPUBackend }: typeof tfjsWebgpu,
  device: GPUDevice,
  info?: GPUAdapterInfo,
): tfjsWebgpu.WebGPUBackend {
  class WatchedBackend extends WebGPUBackend {
    private readonly pending = new Set<(error: ZooError) => void>();
    private readonly loss: Promise<ZooError>;
    private lost: ZooError | undefined;
    private firstError: ZooError | undefined;

    constructor(device: GPUDevice, info?: GPUAdapterInfo) {
      super(device, info);
      device.onuncapturederror = ({ error }) => {
        this.firstError ??= deviceError(error);
      };
      this.loss = device.lost.then((info) => {
        this.lost = deviceLostError(info);
        for (const reject of this.pending) reject(this.lost);
        return this.lost;
      });
    }

    /** True while the device answers. */
    get alive(): boolean {
      return this.lost === undefined;
    }

    override read(dataId: object): Promise<BackendValues> {
      return new Promise((resolve, reject) => {
        this.pending.add(reject);
        const end = (settle: () => void): void => {
          this.pending.delete(reject);
          settle();
        };
        super.read(dataId).then(
          async (values) => {
            const firstError = await this.takeError();
            const error = this.lost ?? firstError;
            end(() => (error ? reject(error) : resolve(values)));
          },
          async (error: unknown) => {
            const waited = new Promise<undefined>((go) => setTimeout(go, timeout));
            const why = (await Promise.race([this.loss, waited])) ?? (await this.takeError());
            end(() => reject(why ?? error));
          },
        );
      });
    }

    /** The first error since the last read. It is reported once, because the next operation may be smaller. */
    private async takeError(): Promise<ZooError | undefined> {
      if (this.firstError === undefined) return undefined;
      // If the device is lost meanwhile, `lost` has the error.
      await this.device.queue.onSubmittedWorkDone().catch(() => {});
      const { firstError } = this;
      this.firstError = undefined;
      return firstError;
    }

    override dispose(): void {
      super.dispose();
      this.device.destroy();
    }
  }
  return new WatchedBackend(device, info);
}
