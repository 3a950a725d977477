// What a model answers now, kept as a golden case.
import { readFileSync, writeFileSync } from 'node:fs';
import { LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { SlipwayError, systemCodeOf } from '../../../base/errors';
import { UnfinishedFile } from '../../../platform/files/unfinished-file';
import type { Prediction, TakenInput } from '../../../protocol/inference/prediction';
import type { NestedItems } from '../../../protocol/inference/tensor';
import { goldenFileOf } from './golden-cases';
import { readGoldenFile } from './golden-file';
import { shortRows } from './value-text';

const head = '# Golden cases: what the model has to answer. Run them with: slipway test MODEL\n';

/**
 * Adds a case to the file beside the model, which is made where there is none; what stands in it stays, comments too. Throws
 * SlipwayError `already-exists` for a name that is taken, `invalid` where the file has mistakes.
 */
export function keepCase(
  { path, name }: { path: string; name: string },
  { feeds }: Pick<TakenInput, 'feeds'>,
  { outputs }: Pick<Prediction, 'outputs'>,
): { file: string; line: number } {
  const file = goldenFileOf(path);
  const found = textOf(file);
  const before = found ?? `${head}cases: []\n`;
  const { cases, problems } = readGoldenFile(before, file);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new SlipwayError('invalid', `${file}:${problem.line}:${problem.column}: ${problem.message}`);
  }
  if (cases.some((each) => each.name === name)) {
    throw new SlipwayError('already-exists', `A golden case is named ${name} already. Give it another name.`);
  }
  const { text, line } = added(before, {
    name,
    input: rowsOf(feeds),
    expected: rowsOf(outputs),
  });
  const unfinished = new UnfinishedFile(file);
  try {
    writeFileSync(unfinished.path, text);
    // Another window may have kept a case meanwhile.
    if (textOf(file) !== found) return keepCase({ path, name }, { feeds }, { outputs });
    unfinished.finish({ overwrite: true });
  } finally {
    unfinished.discard();
  }
  return { file, line };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function rowsOf(values: Prediction['outputs']): Record<string, NestedItems> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shortRows(value)]));
}

function added(before: string, content: object): { text: string; line: number } {
  const document = parseDocument(before);
  const cases = document.get('cases') as YAMLSeq;
  cases.flow = false;
  const node = document.createNode(content) as YAMLMap;
  for (const key of ['input', 'expected']) for (const { value } of valuesOf(node, key)) flow(value);
  cases.add(node);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const lines = new LineCounter();
  const place = parseDocument(text, { lineCounter: lines }).getIn(['cases', cases.items.length - 1], true) as YAMLMap;
  return { text, line: lines.linePos(place.range?.[0] ?? 0).line };
}

function valuesOf(node: YAMLMap, key: string): { value: unknown }[] {
  return (node.get(key) as YAMLMap).items;
}

/** Rows on a line each: the outer list one below the other where it holds lists. */
function flow(value: unknown): void {
  const list = value as YAMLSeq;
  if (!Array.isArray(list?.items)) return;
  const isRows = list.items.some((item) => Array.isArray((item as YAMLSeq).items));
  list.flow = !isRows;
  if (isRows) for (const item of list.items) (item as YAMLSeq).flow = true;
}
