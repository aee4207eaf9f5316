export const variants: readonly string[];
export function compile(
  variant: string,
  options?: { entry?: string },
): Promise<{ bytes: Uint8Array; boundary: string }>;
