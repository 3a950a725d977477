// A killed recorder leaves the command's two streams in files of their own; this joins the rest of them into the log.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { systemCodeOf } from '../../../../base/errors';
import { runFiles, type WorkspaceLayout } from '../../../../protocol/folder/layout';

const pieceSize = 1024 * 1024;

/**
 * Joins at most a megabyte of each stream. True when nothing is left, or when the run had only one file anyway. Files
 * that somebody removed hold nothing.
 */
export function joinRestOfOutput(layout: WorkspaceLayout, runId: string): boolean {
  const folder = layout.run(runId);
  const note = readNote(`${folder}/${runFiles.merged}`);
  if (note === undefined) return true;
  const output = openExisting(`${folder}/${runFiles.output}`, 'r+');
  if (output === undefined) return true;
  try {
    // What stands behind the note was written and not noted: it comes again.
    if (fstatSync(output).size > note.written) ftruncateSync(output, note.written);
    const at = fstatSync(output).size;
    const stdout = copyPiece(`${folder}/${runFiles.stdout}`, note.stdout, output, at);
    const stderr = copyPiece(`${folder}/${runFiles.stderr}`, note.stderr, output, at + stdout);
    const numbers = [note.stdout + stdout, note.stderr + stderr, at + stdout + stderr];
    writeFileSync(`${folder}/${runFiles.merged}`, `${numbers.join(' ')}\n`);
    return stdout === 0 && stderr === 0;
  } finally {
    closeSync(output);
  }
}

function readNote(path: string): { stdout: number; stderr: number; written: number } | undefined {
  const file = openExisting(path, 'r');
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, 'utf8').trim();
    const [stdout = 0, stderr = 0, written = 0] = text === '' ? [] : text.split(/\s+/).map(Number);
    return { stdout, stderr, written };
  } finally {
    closeSync(file);
  }
}

function copyPiece(source: string, from: number, target: number, at: number): number {
  const file = openExisting(source, 'r');
  if (file === undefined) return 0;
  try {
    const bytes = Buffer.allocUnsafe(pieceSize);
    const size = readSync(file, bytes, 0, pieceSize, from);
    for (let written = 0; written < size; ) {
      written += writeSync(target, bytes, written, size - written, at + written);
    }
    return size;
  } finally {
    closeSync(file);
  }
}

/** Undefined when there is no such file. */
function openExisting(path: string, flags: 'r' | 'r+'): number | undefined {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
