// A line around metropolitan France and Corsica, about 50 km outside: enough to tell whether a place is in it, and to draw it small.

/** Longitude and latitude in degrees. */
export const franceOutline: readonly (readonly [number, number])[] = [
  [-5.8, 48.9],
  [-2.2, 50.2],
  [1.4, 51.5],
  [2.8, 51.5],
  [5.3, 50.4],
  [6.6, 49.8],
  [8.8, 49.3],
  [8.2, 47.2],
  [7.6, 45.7],
  [8.2, 43.9],
  [10.2, 43.3],
  [10.2, 41],
  [8, 41],
  [6, 42.5],
  [3.4, 42],
  [1.4, 42],
  [-1, 42.4],
  [-2.4, 43.1],
  [-2, 45.5],
  [-3.2, 46.8],
  [-5.8, 47.8],
];
