// Where a model's entry begins in slipway.yaml.
import { readConfigText } from '../../workspace/config';

/** The line, from 1; null where there is no entry, or no YAML. */
export function rulesLine(config: string, name: string): number | null {
  try {
    const text = readConfigText(config);
    if (text === undefined) return null;
    const { isMap, isScalar, LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
    const lines = new LineCounter();
    const models = parseDocument(text, { lineCounter: lines, uniqueKeys: false }).get('models', true);
    if (!isMap(models)) return null;
    const pair = models.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    return isScalar(pair?.key) ? lines.linePos(pair.key.range?.[0] ?? 0).line : null;
  } catch {
    return null;
  }
}
