export const variants: readonly string[];
export function compile(variant: string): Promise<Uint8Array>;
