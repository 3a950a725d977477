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
import { runFiles, type WorkspaceLayout } from '../../../../protocol/layout';

const pieceSize = 1024 * 1024;

/** Joins at most a megabyte of each stream. True when nothing is left, or when the run had only one file anyway. */
export function joinRestOfOutput(layout: WorkspaceLayout, runId: string): boolean {
  const folder = layout.run(runId);
  const note = readNote(`${folder}/${runFiles.merged}`);
  if (note === undefined) return true;
  const output = openSync(`${folder}/${runFiles.output}`, 'r+');
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
  try {
    const text = readFileSync(path, 'utf8').trim();
    const [stdout = 0, stderr = 0, written = 0] = text === '' ? [] : text.split(/\s+/).map(Number);
    return { stdout, stderr, written };
  } catch {
    return undefined;
  }
}

function copyPiece(source: string, from: number, target: number, at: number): number {
  const file = openSync(source, 'r');
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
