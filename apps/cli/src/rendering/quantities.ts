/** `60,965,224`. */
export const thousands = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** `183`, `3.4`, `0.07`: a speed, with as many digits as tell two of them apart. */
export function rate(perSecond: number): string {
  if (perSecond >= 9.95 || perSecond === 0) return thousands(perSecond);
  return perSecond >= 0.995 ? perSecond.toFixed(1) : perSecond.toFixed(2);
}

/** A share from 0 to 1 as `81.2 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `170.5 MB`, in millions of bytes, as disks and downloads are measured. */
export function bytes(count: number): string {
  if (count < 1000) return `${Math.round(count)} B`;
  const [unit, size] = count >= 1e9 ? ['GB', 1e9] : count >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${(count / size).toFixed(1)} ${unit}`;
}

/** `725.1 M`, `1.0 G`: a count nobody reads to the last digit. */
export function rounded(count: number): string {
  const [unit, size] = count >= 1e9 ? ['G', 1e9] : count >= 1e6 ? ['M', 1e6] : ['k', 1e3];
  return `${(count / size).toFixed(count >= 1e9 ? 2 : 1)} ${unit}`;
}

/** `8 s`, `2 m 05 s`, `1 h 07 m`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} m`;
}

/** `1 picture`, `20 pictures`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${count === 1 ? one : many}`;
