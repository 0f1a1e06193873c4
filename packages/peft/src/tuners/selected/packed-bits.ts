/**
 * Bits as whole numbers of 24 bits, the most that a float32 reader keeps exactly: bit j of number i
 * is entry 24·i + j.
 */
const WIDTH = 24;

/** Numbers needed for so many bits. */
export const packedLength = (bits: number): number => Math.ceil(bits / WIDTH);

/** @param bit whether bit i is set */
export function packBits(size: number, bit: (i: number) => boolean): Int32Array {
  return Int32Array.from({ length: packedLength(size) }, (_, at) => {
    const start = at * WIDTH;
    let number = 0;
    for (let j = 0; j < WIDTH && start + j < size; j++) if (bit(start + j)) number |= 1 << j;
    return number;
  });
}

/** Whether bit i is set. */
export function bitAt(packed: ArrayLike<number>, i: number): boolean {
  return (((packed[Math.floor(i / WIDTH)] as number) >>> (i % WIDTH)) & 1) === 1;
}
