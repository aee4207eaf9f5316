/** Whether what somebody gave is an address of the web, and no path. */
export const isWebAddress = (given: string): boolean => /^https?:\/\//i.test(given);
