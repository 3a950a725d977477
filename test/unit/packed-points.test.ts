// Points as blocks and as bytes: what goes in comes out.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { narrowed } from '../../src/lifecycle/runs/store/exact-integer';
import { isPack, packPoints, unpackPoints } from '../../src/lifecycle/runs/store/points/packed-points';
import { comparePoints, PointBlock, type PointKey } from '../../src/lifecycle/runs/store/points/point-block';

const step = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(narrowed),
);
const key: fc.Arbitrary<PointKey> = fc
  .record({ step, time: fc.oneof(fc.integer(), fc.maxSafeInteger()), value: fc.double() })
  .map(({ value, ...rest }) => ({
    ...rest,
    value: Number.isNaN(value) ? 0 : value + 0,
    nan: Number.isNaN(value) ? 1 : 0,
  }));
/** In order, none twice; some as even as those of a training. */
const keys = fc
  .oneof(
    fc.array(key, { minLength: 1, maxLength: 60 }),
    fc
      .tuple(fc.integer(), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }))
      .map(([first, each, count]) => {
        return Array.from({ length: count }, (_, at) => ({
          step: first + at * each,
          time: 5 * at,
          value: at / 3,
          nan: 0,
        }));
      }),
  )
  .map((points) =>
    points
      .sort(comparePoints)
      .filter((point, at, all) => at === 0 || comparePoints(point, all[at - 1] as PointKey) > 0),
  );

const keysOf = (block: PointBlock): PointKey[] => Array.from({ length: block.length }, (_, at) => block.key(at));

it('what is packed comes out the same, in whatever pieces', () => {
  fc.assert(
    fc.property(keys, fc.nat(), (points, seed) => {
      const block = unpackPoints(packPoints(PointBlock.of(points)));
      expect(keysOf(block)).toEqual(points);
      const at = seed % (points.length + 1);
      expect(keysOf(PointBlock.joined([block.part(0, at), block.part(at)]))).toEqual(points);
      const [odd, even] = [1, 0].map((rest) => PointBlock.of(points.filter((_, index) => index % 2 === rest)));
      expect(keysOf((odd as PointBlock).mergedWith([even as PointBlock]))).toEqual(points);
    }),
  );
});

it('finds each point, and what lies behind it', () => {
  fc.assert(
    fc.property(keys, key, (points, other) => {
      const block = PointBlock.of(points);
      for (const [at, point] of points.entries()) {
        expect([block.placeOf(point), block.has(point), block.behind(point).length]).toEqual([
          at,
          true,
          points.length - at - 1,
        ]);
      }
      expect(block.has(other)).toBe(points.some((point) => comparePoints(point, other) === 0));
      expect(keysOf(block.behind(other))).toEqual(points.filter((point) => comparePoints(point, other) > 0));
    }),
  );
});

it('a byte that changed is noticed', () => {
  fc.assert(
    fc.property(keys, fc.nat(), fc.integer({ min: 1, max: 255 }), (points, seed, change) => {
      const bytes = packPoints(PointBlock.of(points));
      const at = seed % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ change, at);
      expect(isPack(bytes)).toBe(false);
      expect(() => unpackPoints(bytes)).toThrow('slipway doctor --repair');
      expect(isPack(bytes.subarray(0, at))).toBe(false);
    }),
  );
});
