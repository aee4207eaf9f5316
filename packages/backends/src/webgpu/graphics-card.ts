import { existsSync } from 'node:fs';

/** What Linux shows of a graphics card with a driver: that of the kernel, NVIDIA's own, and that of Windows beneath. */
const devices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/**
 * Whether there may be a graphics card. Where Linux shows none, Vulkan and Dawn need not be asked: they are long in loading,
 * and complain on standard error.
 */
export const mayHaveGraphicsCard = (): boolean =>
  process.platform !== 'linux' || devices.some((device) => existsSync(device));
