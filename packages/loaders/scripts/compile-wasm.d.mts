export const modules: { readonly resize: string; readonly jpeg: string };
export function compile(name: keyof typeof modules): Promise<Uint8Array>;
