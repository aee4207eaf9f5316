import type { ServerResponse } from 'node:http';

/**
 * Sends a piece and ends the connection in the middle, once the client has got it. After a fixed time a busy machine's client may have
 * seen nothing of it.
 */
export function breakOff(response: ServerResponse, piece: Uint8Array, hasArrived: () => boolean): void {
  response.write(piece, () => {
    const timer = setInterval(() => {
      if (hasArrived()) response.destroy();
    }, 5);
    response.once('close', () => clearInterval(timer));
  });
}
