/**
 * A matrix `[windows, size]`, row by row, that averages an axis of any size to a number of windows: row i takes the inputs from
 * `floor(i·size/windows)` up to `ceil((i+1)·size/windows)`, as PyTorch lays out the windows of `AdaptiveAvgPool2d`.
 */
export function adaptiveAverages(windows: number, size: number): Float32Array {
  const matrix = new Float32Array(windows * size);
  for (let i = 0; i < windows; i++) {
    const start = Math.floor((i * size) / windows);
    const end = Math.ceil(((i + 1) * size) / windows);
    matrix.fill(1 / (end - start), i * size + start, i * size + end);
  }
  return matrix;
}
