// A workspace with a gated model: versions whose file has a licence pass its gate, others fail it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineProcess } from './engine-process';

function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

/** An ONNX model that gives back its one number; `doc` makes its bytes others. */
export function onnxModel({ doc, license }: { doc: string; license?: string }): Buffer {
  const dimension = field(1, Buffer.from([8, 1]));
  const tensor = field(1, Buffer.concat([Buffer.from([8, 1]), field(2, dimension)]));
  const value = (name: string): Buffer => Buffer.concat([text(1, name), field(2, tensor)]);
  const node = Buffer.concat([text(1, 'x'), text(2, 'y'), text(4, 'Identity')]);
  const graph = [field(1, node), text(2, 'g'), field(11, value('x')), field(12, value('y'))];
  const metadata = license === undefined ? [] : [field(14, Buffer.concat([text(1, 'license'), text(2, license)]))];
  const opset = field(8, Buffer.from([16, 13]));
  return Buffer.concat([Buffer.from([8, 8]), text(6, doc), field(7, Buffer.concat(graph)), opset, ...metadata]);
}

/** What MLflow's routes answer. */
export interface Answered {
  status: number;
  body: Record<string, unknown>;
}

/** MLflow's routes of the registry, as any client calls them. */
export class GatedModels {
  constructor(readonly engine: EngineProcess) {}

  /** Asks git to say that somebody works in the folder. */
  static identity(folder: string, email: string): void {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    execFileSync('git', ['config', 'user.email', email], { cwd: folder });
  }

  /** Writes slipway.yaml. */
  static rules(folder: string, models: string): void {
    writeFileSync(join(folder, 'slipway.yaml'), `version: 1\nmodels:\n${models}`);
  }

  mlflow(method: string, path: string, body?: object): Promise<Answered> {
    return this.engine.json(method, `/api/2.0/mlflow/${path}`, body);
  }

  /** A version of the model from a file of its own; returns its number, its run and where its file is. */
  async version(
    name: string,
    bytes: Buffer,
    author = 'author@example.org',
  ): Promise<{ version: number; runId: string; path: string }> {
    const made = await this.mlflow('POST', 'runs/create', { experiment_id: '0' });
    const { info } = (made.body as { run: { info: { run_id: string; artifact_uri: string } } }).run;
    const path = `0/${info.run_id}/artifacts/model/model.onnx`;
    await this.engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
    });
    await this.mlflow('POST', 'runs/update', { run_id: info.run_id, status: 'FINISHED' });
    await this.mlflow('POST', 'registered-models/create', { name });
    const source = `${info.artifact_uri}/model`;
    const response = await this.engine.fetch('/api/2.0/mlflow/model-versions/create', {
      method: 'POST',
      body: JSON.stringify({ name, source, run_id: info.run_id }),
      headers: { 'content-type': 'application/json', 'x-slipway-identity': encodeURI(author) },
    });
    const answer = (await response.json()) as { model_version?: { version: string } };
    if (answer.model_version === undefined) throw new Error(JSON.stringify(answer));
    return { version: Number(answer.model_version.version), runId: info.run_id, path };
  }

  stage(name: string, version: number, stage: string, archive = false): Promise<Answered> {
    const body = { name, version: String(version), stage, archive_existing_versions: archive };
    return this.mlflow('POST', 'model-versions/transition-stage', body);
  }

  alias(name: string, alias: string, version: number): Promise<Answered> {
    return this.mlflow('POST', 'registered-models/alias', { name, alias, version: String(version) });
  }

  /** Stage and aliases of every version. */
  async standing(name: string): Promise<string[]> {
    const { items } = await this.engine.client.api.registry.get.query({ name });
    return items.map((each) =>
      [`${each.version} ${each.stage}`, ...each.aliases.map((alias) => `@${alias}`)].join(' '),
    );
  }

  approve(name: string, version: number, identity: string): Promise<{ refused: { rule: string }[] }> {
    const said = { name, version: String(version), identity, door: 'command line' as const };
    return this.engine.client.api.registry.approve.mutate({ ...said, verdict: 'approved', comment: '' });
  }

  promote(name: string, version: number, stage: 'production' | 'archived' | 'staging' = 'production') {
    const said = { name, version: String(version), identity: 'lead@example.org', door: 'command line' as const };
    return this.engine.client.api.registry.promote.mutate({ ...said, to: { stage } });
  }
}
