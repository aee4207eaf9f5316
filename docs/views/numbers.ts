import type { Shape } from '@zoo/spec';

const english = new Intl.NumberFormat('en');

/** `60,965,224` */
export const thousands = (value: number): string => english.format(value);

/** `725 M`, `1.13 G`: three digits. */
export function rounded(value: number): string {
  const [unit, size] = value >= 1e9 ? ['G', 1e9] : value >= 1e6 ? ['M', 1e6] : ['k', 1e3];
  return `${Number((value / size).toPrecision(3))} ${unit}`;
}

/** `55 × 55 × 96` */
export const sizes = (shape: Shape): string => shape.join(' × ');

/** `62 %`; `less than 1 %` and `over 99 %` rather than a 0 or a 100 that is none. */
export function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return 'less than 1 %';
  return share > 99 && share < 100 ? 'over 99 %' : `${Math.round(share)} %`;
}

/** `6.5 ms`, `261 ms`, `1.25 s` */
export const milliseconds = (time: number): string =>
  time >= 1000 ? `${(time / 1000).toFixed(2)} s` : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
