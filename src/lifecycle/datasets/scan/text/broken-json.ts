// Where a file of JSON lines first holds something else. Asked only when DuckDB has refused it: the line it names may be the next one.
import { messageOf } from '../../../../base/errors';
import { unpackedBytes } from './unpacked-stream';

/** A line that is no JSON, and what is wrong with it; lines count from 1. */
export interface BrokenLine {
  line: number;
  what: string;
}

/** The first one of a file in UTF-8; undefined where each line can be read. */
export async function brokenJsonLine(path: string): Promise<BrokenLine | undefined> {
  const decoder = new TextDecoder();
  let [rest, line] = ['', 0];
  const take = (text: string): BrokenLine | undefined => {
    line += 1;
    const what = faultOf(text);
    return what === undefined ? undefined : { line, what };
  };
  for await (const bytes of unpackedBytes(path)) {
    const lines = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      const found = take(each);
      if (found !== undefined) return found;
    }
  }
  return take(rest);
}

/** Texts are found so that they stay as they are. */
const allowedByDuckDb = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\b(?:nan|inf(?:inity)?)\b|,(?=\s*[}\]])/gis;

function faultOf(line: string): string | undefined {
  if (line.trim() === '' || isJson(line) === undefined) return undefined;
  const plain = line.replaceAll(allowedByDuckDb, (found) => (found.startsWith('"') ? found : found === ',' ? '' : '0'));
  if (isJson(plain) === undefined) return undefined;
  const message = isJson(line) ?? '';
  const at = /at position (\d+)/.exec(message)?.[1];
  const token = /Unexpected token '(.)'/u.exec(message)?.[1];
  if (token !== undefined && at === undefined) return `this is not JSON: ${token} does not fit`;
  if (at === undefined) return 'this is not JSON: it ends before it is complete';
  return Number(at) >= line.trimEnd().length
    ? `this is not JSON: it ends after ${at} characters and is not complete`
    : `this is not JSON at character ${Number(at) + 1}`;
}

/** Undefined where it is, else what JavaScript says. */
function isJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
