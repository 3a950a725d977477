// Searches of models and versions: filters, orders, pages, refusals, and many at once.
import { beforeAll, describe, expect, it } from 'vitest';
import { get, type Json, post, send } from '../rest-engine';
import { apiDocs, fault, logged, newModel, newVersion, run, said, withRegistry } from './registry-engine';

withRegistry();

describe('searches', () => {
  let prefix: string;
  const models = async (query: Record<string, string | string[]>): Promise<string[]> => {
    const { status, body } = await get('/registered-models/search', query);
    expect([status, body.message]).toEqual([200, undefined]);
    return ((body.registered_models ?? []) as Json[]).map((each) => String(each.name).slice(prefix.length));
  };
  const versions = async (query: Record<string, string | string[]>): Promise<string[]> => {
    const { status, body } = await get('/model-versions/search', query);
    expect([status, body.message]).toEqual([200, undefined]);
    return ((body.model_versions ?? []) as Json[]).map(
      (each) => `${String(each.name).slice(prefix.length)}${each.version}`,
    );
  };

  beforeAll(async () => {
    prefix = 'search-';
    for (const [letter, tag] of [
      ['a', 'x'],
      ['b', 'y'],
      ['C', 'x'],
    ]) {
      await post('/registered-models/create', { name: prefix + letter, tags: [{ key: 'k', value: tag }] });
    }
    const prompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
    await post('/registered-models/create', { name: `${prefix}p`, tags: [prompt] });
    await newVersion(`${prefix}p`, {
      source: 'dummy-source',
      tags: [prompt, { key: 'mlflow.prompt.text', value: 't' }],
    });
    await newVersion(`${prefix}a`, { tags: [{ key: 'k', value: '1' }] });
    await newVersion(`${prefix}b`);
    await newVersion(`${prefix}a`, { source: `models:/${logged.modelId}`, model_id: logged.modelId });
    await send('PATCH', '/registered-models/update', { name: `${prefix}b`, description: 'changed last' });
  });

  const modelFilters: [string, string[]][] = [
    ["name LIKE 'search-%'", ['C', 'a', 'b']],
    ["name = 'search-a'", ['a']],
    ["name != 'search-a' AND name LIKE 'search-%'", ['C', 'b']],
    ["name ILIKE 'SEARCH-c'", ['C']],
    ["name IN ('search-a', 'search-C', 'search-p')", ['C', 'a']],
    ["name LIKE 'search-%' AND tags.k = 'x'", ['C', 'a']],
    ["name LIKE 'search-%' AND tag.`k` != 'x'", ['b']],
    ["name LIKE 'search-%' AND tags.none != 'x'", []],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` != 'true'", ['C', 'a', 'b']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'false'", ['C', 'a', 'b']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'true'", ['p']],
    ["name = 'search-a' OR (tags.k = 'y' AND name LIKE 'search-%')", ['a', 'b']],
  ];
  it.each(modelFilters)('of models: %s', async (filter, found) => {
    expect(await models({ filter })).toEqual(found);
  });

  const versionFilters: [string, string[]][] = [
    ["name LIKE 'search-%'", ['a2', 'b1', 'a1']],
    ["name = 'search-a'", ['a2', 'a1']],
    ["name = 'search-a' AND version_number > 1", ['a2']],
    ["name = 'search-a' AND version_number <= '1'", ['a1']],
    ["name LIKE 'search-%' AND tags.k = '1'", ['a1']],
    ["name LIKE 'search-%' AND source_path LIKE 'models:/m-%'", ['a2']],
    ["name LIKE 'search-%' AND tags.`mlflow.prompt.is_prompt` = 'true'", ['p1']],
    ["name IN ('search-b') AND run_id IN ('RUN')", ['b1']],
    ["name LIKE 'search-%' AND run_id = 'nobody'", []],
  ];
  it.each(versionFilters)('of versions: %s', async (filter, found) => {
    expect(await versions({ filter: filter.replace('RUN', run.runId) })).toEqual(found);
  });

  it('are ordered', async () => {
    const filter = "name LIKE 'search-%'";
    expect(await models({ filter, order_by: 'name DESC' })).toEqual(['b', 'a', 'C']);
    expect(await models({ filter, order_by: ['last_updated_timestamp DESC', 'name'] })).toEqual(['b', 'a', 'C']);
    expect(await models({ filter, order_by: 'timestamp ASC' })).toEqual(['C', 'a', 'b']);
    expect(await versions({ filter, order_by: 'version_number ASC' })).toEqual(['a1', 'b1', 'a2']);
    expect(await versions({ filter, order_by: ['name DESC', 'version_number ASC'] })).toEqual(['b1', 'a1', 'a2']);
    expect(await versions({ filter, order_by: 'creation_timestamp' })).toEqual(['a1', 'b1', 'a2']);
  });

  it('come in pages', async () => {
    const query = { filter: "name LIKE 'search-%'", max_results: '2' };
    const first = await get('/registered-models/search', query);
    expect((first.body.registered_models as Json[]).map((each) => each.name)).toEqual(['search-C', 'search-a']);
    const token = first.body.next_page_token as string;
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toEqual({ offset: 2 });
    const rest = await get('/registered-models/search', { ...query, page_token: token });
    expect([(rest.body.registered_models as Json[]).length, rest.body.next_page_token]).toEqual([1, undefined]);
    const page = await get('/model-versions/search', query);
    expect(await versions({ ...query, page_token: page.body.next_page_token as string })).toEqual(['a1']);
    expect(await get('/registered-models/search', { filter: "name = 'nothing'" })).toEqual({ status: 200, body: {} });
  });

  const refused: [string, Record<string, string | string[]>, string][] = [
    [
      'registered-models',
      { max_results: '1001' },
      `Invalid value "1001" for parameter 'max_results' supplied:  Hint: Value was of type 'str'.${apiDocs}`,
    ],
    [
      'model-versions',
      { max_results: '200001' },
      `Invalid value "200001" for parameter 'max_results' supplied:  Hint: Value was of type 'str'.${apiDocs}`,
    ],
    ['model-versions', { max_results: '0' }, 'Invalid value for max_results. It must be a positive integer, but got 0'],
    [
      'registered-models',
      { filter: 'name = a' },
      'Parameter value is either not quoted or unidentified quote types used for string value a. Use either single or double quotes.',
    ],
    [
      'registered-models',
      { filter: "version = '1'" },
      "Invalid attribute key 'version' specified. Valid keys are '{'name'}'",
    ],
    [
      'registered-models',
      { filter: "params.a = '1'" },
      "Invalid entity type 'params'. Valid entity types are ('attribute', 'tag', 'tags')",
    ],
    ['registered-models', { filter: "name > 'a'" }, 'Invalid comparator for attribute: >'],
    ['registered-models', { filter: 'name =' }, 'Invalid clause(s) in filter string: name, ='],
    [
      'model-versions',
      { filter: 'run_id = 1' },
      "Only the '{'version_number'}' attributes support comparison with numeric values.",
    ],
    ['registered-models', { filter: "tags.a > 'a'" }, 'Invalid comparator for tag: >'],
    [
      'registered-models',
      { filter: 'tags.a IS NULL' },
      'IS NULL / IS NOT NULL is not supported for registered model search.',
    ],
    [
      'model-versions',
      { filter: 'tags.a IS NULL' },
      'IS NULL / IS NOT NULL is not supported for model version search.',
    ],
    ['model-versions', { filter: 'version_number = 1.5' }, "Invalid value for numeric attribute 'version_number': 1.5"],
    ['model-versions', { filter: "version_number LIKE '1'" }, 'Invalid comparator for attribute version_number: LIKE'],
    [
      'model-versions',
      { filter: "source_path IN ('a')" },
      "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
    ],
    [
      'registered-models',
      { order_by: 'creation_timestamp' },
      "Invalid order by key 'creation_timestamp' specified. Valid keys are '{'name', 'timestamp'}'",
    ],
    [
      'registered-models',
      { order_by: ['timestamp', 'last_updated_timestamp DESC'] },
      "`order_by` contains duplicate fields: ['timestamp', 'last_updated_timestamp DESC']",
    ],
    [
      'model-versions',
      { order_by: 'run_id' },
      "Invalid attribute key 'run_id' specified. Valid keys are '{'name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'}'",
    ],
    ['model-versions', { page_token: '?' }, 'Invalid page token, could not base64-decode'],
  ];
  it.each(refused)('%s refuse %j', async (family, query, message) => {
    expect(said(await get(`/${family}/search`, query))).toEqual(fault(message));
  });

  it('take as many tags as can be looked up', async () => {
    const tags = (count: number): string =>
      Array.from({ length: count }, (_each, i) => `tags.k${i} = 'x'`).join(' AND ');
    for (const family of ['registered-models', 'model-versions']) {
      expect(await get(`/${family}/search`, { filter: tags(60) })).toEqual({ status: 200, body: {} });
      expect(said(await get(`/${family}/search`, { filter: tags(61) }))).toEqual(
        fault('The filter looks up 61 tags; at most 60 are taken. Split the search.'),
      );
    }
  });

  it('over many versions answer the same from another thread', async () => {
    const name = await newModel();
    for (let i = 0; i < 1002; i += 6) {
      await Promise.all(Array.from({ length: 6 }, () => newVersion(name, { source: 's3://bucket/model' })));
    }
    const { body } = await get('/model-versions/search', { filter: `name = '${name}'`, order_by: 'version_number' });
    const numbers = (body.model_versions as Json[]).map((each) => Number(each.version));
    expect(numbers).toEqual(Array.from({ length: 1002 }, (_each, i) => i + 1));
  });

  it('over many models answer the same from another thread', async () => {
    const own = Array.from({ length: 101 }, (_each, i) => `many-${1000 + i}`);
    await Promise.all(own.map((name) => post('/registered-models/create', { name })));
    expect(await models({ filter: "name LIKE 'many-%'", max_results: '101' })).toEqual(
      own.map((name) => name.slice(prefix.length)),
    );
    expect(said(await get('/registered-models/search', { filter: 'name', max_results: '101' }))).toEqual(
      fault('Invalid clause(s) in filter string: name'),
    );
  });
});
