// Pictures and arrays that the user's Python turns into rows for a model.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { takenBack } from '../../protocol/conversation/conversation';
import type { ImageInput, ModelForm } from '../../protocol/inference/form/model-form';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { ModelOutline } from '../../protocol/inference/outline';
import { type PictureSet, pictureReport, type SetRows } from '../../protocol/inference/quantization/picture-set';
import type { JobProgress } from '../../protocol/jobs/job';
import { AttendedProgram } from './attended-program';

/** `python` reads them, `folder` is made and holds the rows. `isLabelled`: what is true of them has to be known. */
export interface PictureQuery {
  model: string;
  set: PictureSet;
  folder: string;
  python: string;
  most: number;
  seed: number;
  isLabelled: boolean;
}

/** What it is read with. */
export interface PictureReading {
  models: ModelPool;
  bundle: string;
  signal: AbortSignal;
  onProgress(progress: JobProgress): void;
}

/** Rows of a set of the ONNX project hold so many pictures. */
const usualRows = 16;
/** Pixels of a model that takes any size. */
const usualSide = 224;

/** Throws SlipwayError `invalid` with why they are no rows for the model, `unavailable` when it is taken back. */
export async function pictureRows(
  query: PictureQuery,
  reading: PictureReading,
): Promise<{ rows: SetRows; notes: string[] }> {
  const { set, folder, python, model: path } = query;
  const { models, bundle, signal, onProgress } = reading;
  onProgress({ what: 'Reading pictures', done: 0, total: 0 });
  const [outline, form] = await Promise.all([
    models.ask('outline', { path }, { signal }),
    models.ask('form', { path }, { signal }),
  ]);
  mkdirSync(folder);
  const terms = JSON.stringify(termsOf(query, outline, form));
  const args = [join(bundle, 'python', 'picture-sets.py'), set.path, folder, '--model', terms];
  const { out, errors } = await AttendedProgram.start(python, args, { signal }).ended;
  if (signal.aborted) throw takenBack();
  const told = pictureReport.safeParse(jsonOf(out));
  if (!told.success) throw new SlipwayError('invalid', `${set.name} could not be read: ${errors.trim().slice(-300)}`);
  if ('refused' in told.data) throw new SlipwayError('invalid', told.data.refused);
  const { rows, of, notes } = told.data;
  return { rows: { kind: 'sets', name: set.name, folder, rows, of }, notes };
}

/** Whether a folder holds pictures, or folders of them; throws what the system says. */
export function holdsPictures(folder: string): boolean {
  const isPicture = (name: string): boolean => /\.(bmp|gif|jpe?g|png|ppm|tiff?|webp)$/i.test(name);
  const found = readdirSync(folder, { withFileTypes: true });
  if (found.some((entry) => entry.isFile() && isPicture(entry.name))) return true;
  const folders = found.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).slice(0, 20);
  return folders.some(({ name }) => readdirSync(join(folder, name)).some(isPicture));
}

/** As the script takes them. */
function termsOf(
  { set: { terms }, most, seed, isLabelled }: PictureQuery,
  outline: ModelOutline,
  { inputs: form }: ModelForm,
) {
  const inputs = outline.inputs.map(({ name }) => name);
  const elements = outline.inputs.map(({ type }) => (type.kind === 'tensor' ? type.element : ''));
  const first = outline.inputs[0]?.type;
  const size = first?.kind === 'tensor' ? first.shape?.[0] : null;
  const fixed = typeof size === 'number' && size > 0 ? size : null;
  const [picture, ...others] = form;
  const image = picture?.kind === 'image' && others.length === 0 ? pictureTerms(picture, terms) : {};
  return {
    ...{ inputs, elements, most, seed, labelled: isLabelled, classes: classesOf(outline) },
    ...{ rows_at_once: fixed ?? usualRows, fixed_rows: fixed },
    ...image,
  };
}

function pictureTerms(
  { name, element, layout, channels, height, width }: ImageInput,
  { fit, order, scale }: PictureSet['terms'],
) {
  const usual = element.includes('float') ? 'unit' : 'bytes';
  return {
    ...{ input: name, element: element === 'bfloat16' ? 'float32' : element, layout, channels },
    ...{ height: height ?? usualSide, width: width ?? usualSide },
    ...{ fit, order, scale: scale ?? usual },
  };
}

/** Those that the file names; null where it names none. */
function classesOf({ labels }: ModelOutline): (string | number)[] | null {
  return labels[0]?.classes ?? null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.trim().split('\n').pop() ?? '');
  } catch {
    return undefined;
  }
}
