const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A share from 0 to 1 as a bar of at most `width` characters, exact to an eighth of one. */
export function filledBar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  return '█'.repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? '');
}

/** The same on a track, so that the end can be seen from the beginning. */
export const barOnTrack = (share: number, width: number): string => filledBar(share, width).padEnd(width, '░');
