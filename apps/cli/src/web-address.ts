/** Whether what somebody gave is an address of the web, and no path. */
export const isWebAddress = (given: string): boolean => /^https?:\/\//i.test(given);

/** The path in an address of the web; of what cannot be read as one, all of it: whoever opens it says what is wrong. */
export const pathInAddress = (address: string): string => (URL.canParse(address) ? new URL(address).pathname : address);
