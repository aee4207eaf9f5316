export function dispatchSource(): Promise<string>;
