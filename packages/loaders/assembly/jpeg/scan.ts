import { endOfWritten } from './entropy-coded';
import { extend, hasValue, lengthMask, longEntry, lookBits, runIn, sizeIn, valueIn } from './huffman-table';
import { flatBlock, inverseDct } from './inverse-dct';
import { byteOfOrder } from './zigzag';

/** A block's coefficients, by rows: all 0 before it is read. */
const coefficients = memory.data(128, 16);

/** Integers of a block of an MCU, in memory. */
const dcTableAt: usize = 0;
const acTableAt: usize = 4;
const quantizersAt: usize = 8;
const predictionAt: usize = 12;
/** Where its samples go, which is moved on from block to block. */
const targetAt: usize = 16;
const strideAt: usize = 20;
/** From its samples in one MCU to those in the next, and from the end of a row of them to the next row. */
const stepAt: usize = 24;
const rowStepAt: usize = 28;
const blockBytes: usize = 32;

/** How far the bytes of 64 bits may be read before they are needed. */
const ahead: usize = 8;

/** The code is none, or the bytes ended: the file is damaged. */
const damaged: i32 = 0;
const whole: i32 = 1;

/**
 * Decodes all MCUs (minimum coded units) of a sequential scan to samples.
 *
 * @param source What `takeEntropyCoded` wrote.
 * @param blocks The blocks of an MCU, as integers.
 * @returns 1 where the bytes were all of it, to the last one.
 */
export function decodeScan(source: usize, blocks: usize, blocksPerMcu: i32, mcusPerRow: i32, mcuRows: i32): i32 {
  const end = endOfWritten();
  const endOfBlocks = blocks + <usize>blocksPerMcu * blockBytes;
  // The bits to come, the next one uppermost, and how many they are.
  let bits: u64 = 0;
  let count = 0;
  memory.fill(coefficients, 0, 128);
  for (let mcuRow = 0; mcuRow < mcuRows; mcuRow++) {
    for (let mcu = 0; mcu < mcusPerRow; mcu++) {
      for (let block = blocks; block < endOfBlocks; block += blockBytes) {
        const dcTable = <usize>load<u32>(block + dcTableAt);
        const acTable = <usize>load<u32>(block + acTableAt);
        // A code and its value have 27 bits at most: 32 are enough for both.
        if (count < 32) {
          bits |= (<u64>load<u32>(source)) << (<u64>(32 - count));
          source += 4;
          count += 32;
        }
        let entry = load<i32>(dcTable + (<usize>(bits >> <u64>(64 - lookBits)) << 2));
        if (entry == 0) entry = longEntry(dcTable, <i32>(bits >> 48));
        let length = entry & lengthMask;
        if (length == 0) return damaged;
        bits <<= <u64>length;
        count -= length;
        let value = valueIn(entry);
        if ((entry & hasValue) == 0) {
          const size = sizeIn(entry);
          if (size > 11) return damaged;
          if (size > 0) {
            value = extend(<i32>(bits >> <u64>(64 - size)), size);
            bits <<= <u64>size;
            count -= size;
          }
        }
        const prediction = <usize>load<u32>(block + predictionAt);
        value += load<i32>(prediction);
        store<i32>(prediction, value);
        store<i16>(coefficients, <i16>value);
        let isFlat = true;
        for (let k = 1; k < 64; k++) {
          if (count < 32) {
            bits |= (<u64>load<u32>(source)) << (<u64>(32 - count));
            source += 4;
            count += 32;
          }
          entry = load<i32>(acTable + (<usize>(bits >> <u64>(64 - lookBits)) << 2));
          if (entry == 0) {
            entry = longEntry(acTable, <i32>(bits >> 48));
            if (entry == 0) return damaged;
          }
          length = entry & lengthMask;
          bits <<= <u64>length;
          count -= length;
          k += runIn(entry);
          value = valueIn(entry);
          if ((entry & hasValue) == 0) {
            const size = sizeIn(entry);
            if (size == 0) {
              // A run of 15 zeros and one more, or the end of the block.
              if (runIn(entry) == 15) continue;
              if (runIn(entry) == 0) break;
              return damaged;
            }
            if (size > 10) return damaged;
            value = extend(<i32>(bits >> <u64>(64 - size)), size);
            bits <<= <u64>size;
            count -= size;
          }
          if (k > 63) return damaged;
          store<i16>(coefficients + byteOfOrder(k), <i16>value);
          isFlat = false;
        }
        const target = <usize>load<u32>(block + targetAt);
        const stride = <usize>load<u32>(block + strideAt);
        const quantizers = <usize>load<u32>(block + quantizersAt);
        if (isFlat) {
          if (!flatBlock(coefficients, quantizers, target, stride)) return damaged;
        } else {
          if (!inverseDct(coefficients, quantizers, target, stride)) return damaged;
          memory.fill(coefficients, 0, 128);
        }
        store<u32>(block + targetAt, <u32>target + load<u32>(block + stepAt));
      }
      if (source > end + ahead) return damaged;
    }
    for (let block = blocks; block < endOfBlocks; block += blockBytes)
      store<u32>(block + targetAt, load<u32>(block + targetAt) + load<u32>(block + rowStepAt));
  }
  // The last byte may be filled up with bits.
  return source - <usize>(count >> 3) == end ? whole : damaged;
}
