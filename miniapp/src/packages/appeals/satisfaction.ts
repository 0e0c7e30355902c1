/** Text of each step of satisfaction, 5 = very satisfied. */
export const satisfactionKeys = { 1: 's1', 2: 's2', 3: 's3', 4: 's4', 5: 's5' } as const as Readonly<
  Record<number, 's1' | 's2' | 's3' | 's4' | 's5'>
>;
