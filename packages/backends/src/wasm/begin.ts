/** Has tfjs start its backend: fails where tfjs itself would never say that it cannot. */
export type Begin = <T>(start: () => Promise<T>) => Promise<T>;
