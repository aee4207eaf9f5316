export function compile(): Promise<Uint8Array>;
