// What a file is that is no model of the ONNX format, by its first bytes.
import type { ByteSource } from '../wire/byte-source';

/** Bytes that are enough to tell. */
const headBytes = 4096;

/** A sentence that says what the file is and what to do; null when its first bytes speak for no other format. */
export function otherFile(source: ByteSource): string | null {
  if (source.size === 0) return 'The file is empty: it was not written to its end, or not downloaded.';
  const head = Buffer.from(source.read(0, Math.min(headBytes, source.size)));
  if (head.every((byte) => byte === 0)) return 'The file holds only zeros: a copy or a download was not finished.';
  return byMagic(head) ?? byText(head);
}

function byMagic(head: Buffer): string | null {
  const starts = (text: string, at = 0): boolean => head.subarray(at, at + text.length).toString('latin1') === text;
  if (head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5)
    return 'This is a pickle of Python’s, renamed: loading one runs what it holds, so Slipway never does. Export the model to ONNX with skl2onnx or torch.onnx.';
  if (starts('PK\u0003\u0004'))
    return 'This is a ZIP archive, as torch.save and Keras write it. Export the model to ONNX (torch.onnx.export, tf2onnx).';
  if (starts('\u0089HDF')) return 'This is an HDF5 file, as Keras wrote it. Convert it with tf2onnx.';
  if (starts('TFL3', 4)) return 'This is a TensorFlow Lite model. Convert it with tf2onnx --tflite.';
  if (starts('ORTM', 4))
    return 'This is a model in onnxruntime’s own ORT format. Open the .onnx file it was made from.';
  if (starts('GGUF')) return 'This is a GGUF file for llama.cpp, not an ONNX model.';
  if (starts('CBM1')) return 'This is a CatBoost model. Save it with model.save_model(path, format="onnx").';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'This is a gzip archive: unpack it first.';
  if (starts('{"', 8) && head.readBigUInt64LE(0) < 2n ** 32n)
    return 'This is a safetensors file: weights without a graph. Export the model to ONNX.';
  return isSavedModel(head) ? 'This is a TensorFlow SavedModel. Convert its folder with tf2onnx --saved-model.' : null;
}

/** saved_model_schema_version = 1, then a meta graph that begins with its information. */
function isSavedModel(head: Buffer): boolean {
  if (head[0] !== 0x08 || head[1] !== 0x01 || head[2] !== 0x12) return false;
  let at = 3;
  while ((head[at] ?? 0) >= 128) at += 1;
  return head[at + 1] === 0x0a;
}

function byText(head: Buffer): string | null {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^<(!doctype html|html|head|\?xml[^>]*>\s*<html)/i.test(text))
    return 'This is a web page: the download was answered with one, mostly because it needs signing in. Download the file again.';
  if (text.startsWith('version https://git-lfs'))
    return 'This is a pointer of Git LFS, not the model. Run git lfs pull.';
  if (/^outs:\s*\n\s*- (md5|hash|size|path)/.test(text))
    return 'This is a pointer of DVC, not the model. Run dvc pull.';
  if (text.startsWith('tree\nversion='))
    return 'This is a LightGBM model as text. Convert it with onnxmltools.convert_lightgbm.';
  if (/^<\?xml|^<net[\s>]/.test(text)) return 'This is XML, such as OpenVINO’s, not an ONNX model.';
  if (text.startsWith('{') || text.startsWith('['))
    return 'This is JSON, not an ONNX model. If XGBoost or LightGBM wrote it, convert it with onnxmltools.';
  if (/^(ir_version|graph)\s*[:{]/.test(text))
    return 'This is an ONNX model written as text. Save it in binary with onnx.save.';
  return isText(head) ? 'This is a text, not an ONNX model.' : null;
}

/** Long enough to tell, and without what texts never hold. */
function isText(head: Buffer): boolean {
  if (head.length < 16) return false;
  return (
    head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13) &&
    !head.toString('utf8').includes('\uFFFD')
  );
}
