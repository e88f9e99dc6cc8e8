// On which side of a line a point lies, exactly: in floating point where that is sure, else in whole numbers of any size.

/** A bound on the rounding errors of the determinant below (Shewchuk, "Adaptive precision", 1997). */
const errorBound = (3 + 16 * Number.EPSILON) * (Number.EPSILON / 2);

/** Positive when c lies left of the line from a to b, negative when right, 0 when on it; as large as twice the triangle's area. */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const determinant = left - right;
  if (Math.abs(determinant) > errorBound * (Math.abs(left) + Math.abs(right))) return determinant;
  if (left === 0 && right === 0 && (ax === cx || by === cy) && (ay === cy || bx === cx)) return 0;
  const [a, b, c, d, e, f] = wholes([ax, ay, bx, by, cx, cy]) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const exact = (a - e) * (d - f) - (b - f) * (c - e);
  return exact > 0n ? Number.MIN_VALUE : exact < 0n ? -Number.MIN_VALUE : 0;
}

const view = new DataView(new ArrayBuffer(8));

/** The numbers multiplied by one power of two that makes all of them whole. */
function wholes(numbers: readonly number[]): readonly bigint[] {
  const parts = numbers.map((number) => {
    view.setFloat64(0, number);
    const bits = view.getBigUint64(0);
    const exponent = Number((bits >> 52n) & 0x7ffn);
    const fraction = bits & 0xfffffffffffffn;
    const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
    return { mantissa: number < 0 ? -mantissa : mantissa, exponent: exponent === 0 ? 1 : exponent };
  });
  const least = Math.min(...parts.map(({ exponent }) => exponent));
  return parts.map(({ mantissa, exponent }) => mantissa << BigInt(exponent - least));
}
