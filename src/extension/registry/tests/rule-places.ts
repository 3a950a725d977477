// Where the rules of a model stand in slipway.yaml.
import { Position, Range, Uri, workspace } from 'vscode';
import { YamlPlaces } from '../../../protocol/datasets/contract/reading/yaml-places';
import type { EngineSession } from '../../session/engine-session';

/** The entry of a model and its rules by id; undefined where slipway.yaml has them not, or is no YAML just now. */
export interface RulePlaces {
  file: Uri;
  entry: Range | undefined;
  rule: (id: string) => Range | undefined;
}

/** Reads a folder's slipway.yaml; the answer is about one of its models. Never rejects. */
export async function rulePlaces({ folder }: EngineSession): Promise<(model: string) => RulePlaces> {
  const file = Uri.joinPath(folder.uri, 'slipway.yaml');
  const places = new YamlPlaces(await textOf(file));
  const rangeOf = (path: (string | number)[], of: 'key' | 'value'): Range | undefined => {
    if (places.range(path) === undefined) return undefined;
    const { line, column } = places.place(path, of);
    const start = new Position(line - 1, column - 1);
    return new Range(start, start);
  };
  return (model) => {
    const ids = idsOf(places.value, model);
    return {
      file,
      entry: rangeOf(['models', model], 'key'),
      rule: (id) => {
        // A changed rule that waits beside the accepted one has the end `.new`.
        const at = ids.indexOf(id) >= 0 ? ids.indexOf(id) : ids.indexOf(id.replace(/\.new$/, ''));
        return at < 0 ? undefined : rangeOf(['models', model, 'gates', at], 'value');
      },
    };
  };
}

async function textOf(file: Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch {
    // There is none: the rules that were accepted hold without it.
    return '';
  }
}

function idsOf(value: unknown, model: string): unknown[] {
  const { models } = (value ?? {}) as { models?: Record<string, { gates?: unknown } | null> | null };
  const gates = models?.[model]?.gates;
  return Array.isArray(gates) ? gates.map((gate: { id?: unknown } | null) => gate?.id) : [];
}
