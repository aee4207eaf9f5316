/** `s^-beta` for positive `s`. The exponents that networks use need no logarithm, and `Math.pow` takes one. */
export function negativePower(beta: number): (s: number) => number {
  if (beta === 0.75) {
    return (s) => {
      const root = Math.sqrt(s);
      return 1 / (root * Math.sqrt(root));
    };
  }
  if (beta === 0.5) return (s) => 1 / Math.sqrt(s);
  if (beta === 1) return (s) => 1 / s;
  return (s) => s ** -beta;
}
