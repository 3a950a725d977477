// The readers of other tools' records, on any records, any cut and any damaged byte.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readJson } from '../../src/lifecycle/runs/import/json-values';
import { pythonNumber, wholeNumber } from '../../src/lifecycle/runs/import/mlflow/mlruns-metric';
import { ProtoReader } from '../../src/lifecycle/runs/import/proto-reader';
import { SourceReport } from '../../src/lifecycle/runs/import/source-report';
import { maskedCrc32c } from '../../src/lifecycle/runs/import/tensorboard/crc32c';
import { readEvent } from '../../src/lifecycle/runs/import/tensorboard/event';
import { eventRecords } from '../../src/lifecycle/runs/import/tensorboard/event-records';
import { shortFloat } from '../../src/lifecycle/runs/import/tensorboard/short-float';
import { readRecord } from '../../src/lifecycle/runs/import/wandb/wandb-record';
import { wandbRecords } from '../../src/lifecycle/runs/import/wandb/wandb-records';

const folder = mkdtempSync(join(tmpdir(), 'slipway-records-'));
const file = join(folder, 'records');
afterAll(() => rmSync(folder, { recursive: true }));

const records = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 30 });
const longRecords = fc.array(fc.uint8Array({ maxLength: 90_000, size: 'max' }), { minLength: 1, maxLength: 6 });

/** A file of events as its writers write it. */
function eventFile(contents: readonly Uint8Array[]): Buffer {
  const parts = contents.map((content) => {
    const head = Buffer.alloc(12);
    head.writeBigUInt64LE(BigInt(content.length), 0);
    head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8);
    const tail = Buffer.alloc(4);
    tail.writeUInt32LE(maskedCrc32c(content));
    return Buffer.concat([head, content, tail]);
  });
  return Buffer.concat(parts);
}

function readEvents(bytes: Buffer): { found: string[]; problems: number } {
  writeFileSync(file, bytes);
  const report = new SourceReport();
  const found = [...eventRecords(file, report)].map((each) => each.bytes.toString('hex', each.from, each.end));
  return { found, problems: report.problems.length };
}

/** A `.wandb` file as its writers write it. */
function wandbFile(contents: readonly Uint8Array[]): Buffer {
  let bytes = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]);
  for (const content of contents) {
    let left = Buffer.from(content);
    for (let isFirst = true; isFirst || left.length > 0; isFirst = false) {
      const room = 32_768 - (bytes.length % 32_768);
      if (room < 7) bytes = Buffer.concat([bytes, Buffer.alloc(room)]);
      const size = Math.min(left.length, 32_768 - (bytes.length % 32_768) - 7);
      const isLast = size === left.length;
      const head = Buffer.alloc(7);
      head.writeUInt16LE(size, 4);
      head[6] = isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3;
      head.writeUInt32LE(crc32(left.subarray(0, size), crc32(head.subarray(6))), 0);
      bytes = Buffer.concat([bytes, head, left.subarray(0, size)]);
      left = left.subarray(size);
      if (isLast) break;
    }
  }
  return bytes;
}

function readWandb(bytes: Buffer): { found: string[]; problems: number } {
  writeFileSync(file, bytes);
  const report = new SourceReport();
  const found = [...wandbRecords(file, report)].map(({ data }) => data.toString('hex'));
  return { found, problems: report.problems.length };
}

function hex(contents: readonly Uint8Array[]): string[] {
  return contents.map((content) => Buffer.from(content).toString('hex'));
}

describe('records of TensorBoard', () => {
  it('the checksum is CRC-32C', () => {
    const crc = 0xe3069283;
    expect(maskedCrc32c(Buffer.from('123456789'))).toBe((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(records, (contents) => {
        expect(readEvents(eventFile(contents))).toEqual({ found: hex(contents), problems: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('are read up to a cut, which is told', () => {
    fc.assert(
      fc.property(records, fc.nat(), (contents, nat) => {
        const bytes = eventFile(contents);
        const cut = nat % bytes.length;
        const { found, problems } = readEvents(bytes.subarray(0, cut));
        expect(hex(contents).slice(0, found.length)).toEqual(found);
        const whole = eventFile(contents.slice(0, found.length)).length;
        expect(problems).toBe(whole === cut ? 0 : 1);
      }),
      { numRuns: 60 },
    );
  });

  it('no damaged byte makes a record that was not there', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (contents, nat, mask) => {
        const bytes = eventFile(contents);
        const at = nat % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        const { found, problems } = readEvents(bytes);
        expect(problems).toBe(1);
        expect(hex(contents)).toEqual(expect.arrayContaining(found));
        expect(found.length).toBeLessThan(contents.length);
      }),
      { numRuns: 60 },
    );
  });

  it('bytes that are no event are a RangeError and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        const bytes = Buffer.from(content);
        try {
          readEvent({ bytes, from: 0, end: bytes.length });
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  it('a 32-bit number is the double with the fewest digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const short = shortFloat(value);
        expect(Math.fround(short)).toBe(value);
        const digits = short.toExponential().split('e')[0]?.replace(/[-.]/g, '').length ?? 0;
        if (!Number.isFinite(value) || Number.isInteger(value)) return;
        const shorter = digits > 1 ? Number(value.toPrecision(digits - 1)) : value;
        expect(digits === 1 || Math.fround(shorter) !== value).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect([0.1, 0.7, 1e-7, 3.4e38, 16_777_216].map((value) => shortFloat(Math.fround(value)))).toEqual([
      0.1,
      0.7,
      1e-7,
      Number(Math.fround(3.4e38).toString()) > 0 ? shortFloat(Math.fround(3.4e38)) : 0,
      16_777_216,
    ]);
  });
});

describe('records of W&B', () => {
  it('are read as they were written, across blocks', () => {
    fc.assert(
      fc.property(fc.oneof(records, longRecords), (contents) => {
        expect(readWandb(wandbFile(contents))).toEqual({ found: hex(contents), problems: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('are read up to a cut', () => {
    fc.assert(
      fc.property(fc.oneof(records, longRecords), fc.nat(), (contents, nat) => {
        const bytes = wandbFile(contents);
        const { found } = readWandb(bytes.subarray(0, 7 + (nat % (bytes.length - 7))));
        expect(hex(contents).slice(0, found.length)).toEqual(found);
      }),
      { numRuns: 40 },
    );
  });

  it('no damaged byte makes a record that was not there', () => {
    fc.assert(
      fc.property(fc.oneof(records, longRecords), fc.nat(), (contents, nat) => {
        const bytes = wandbFile(contents);
        const at = 7 + (nat % (bytes.length - 7));
        bytes[at] = (bytes[at] ?? 0) ^ 0x55;
        const { found } = readWandb(bytes);
        expect(hex(contents)).toEqual(expect.arrayContaining(found));
      }),
      { numRuns: 40 },
    );
  });

  it('bytes that are no record are a RangeError or a SyntaxError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        try {
          readRecord(Buffer.from(content));
        } catch (error) {
          expect([RangeError, SyntaxError]).toContain((error as Error).constructor);
        }
      }),
    );
  });
});

describe('numbers and values of other tools', () => {
  it('64-bit integers are exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(BigInt(wholeNumber(String(value)) ?? 1n)).toBe(value);
        let rest = BigInt.asUintN(64, value);
        const bytes: number[] = [8];
        for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
        bytes.push(Number(rest));
        const reader = new ProtoReader(Buffer.from(bytes));
        expect(reader.next()).toBe(true);
        expect(BigInt(reader.int64())).toBe(value);
      }),
    );
    expect(['', '1.5', '0x10', '1e3', 'nan', '9223372036854775808'].map(wholeNumber)).toEqual(Array(6).fill(undefined));
  });

  it('Python writes doubles that are read as they were', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(pythonNumber(String(value))).toBe(value + 0);
      }),
    );
    expect(['nan', 'inf', '-inf', 'NaN', 'Infinity'].map(pythonNumber)).toEqual([
      NaN,
      Infinity,
      -Infinity,
      NaN,
      Infinity,
    ]);
    expect(['', 'x', '0x10', 'None', undefined].map(pythonNumber)).toEqual(Array(5).fill(undefined));
  });

  it('JSON may hold bare words of Python, and texts that look like them', () => {
    expect(readJson('{"a":NaN,"b":[-Infinity, Infinity],"c":"a NaN, so"}')).toEqual({
      a: 'NaN',
      b: ['-Infinity', 'Infinity'],
      c: 'a NaN, so',
    });
  });
});
