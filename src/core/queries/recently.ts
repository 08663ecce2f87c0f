/** Keeps a few things that are costly to make, as long as they are asked for. */

/**
 * What a map holds under a key, made when it is not there. When all together weigh more than `most`, those
 * that were not asked for longest are given up; what was made last is always kept.
 * @param weigh how much one counts; each counts 1 without it
 */
export function recently<T>(
  map: Map<string, T>,
  key: string,
  most: number,
  make: () => T,
  weigh: (value: T) => number = () => 1,
): T {
  const known = map.get(key);
  if (known !== undefined) {
    // the order of a map is the order of its entries: what is asked for goes to the end
    map.delete(key);
    map.set(key, known);
    return known;
  }
  const made = make();
  map.set(key, made);
  let weight = 0;
  for (const value of map.values()) weight += weigh(value);
  for (const [oldest, value] of map) {
    if (weight <= most || oldest === key) break;
    map.delete(oldest);
    weight -= weigh(value);
  }
  return made;
}
