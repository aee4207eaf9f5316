/** Python's `round`: halves go to the even neighbour, and torchvision's sizes and crops with them. */
export const roundHalfToEven = (value: number): number => {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
};
