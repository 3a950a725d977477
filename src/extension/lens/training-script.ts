// Whether a Python file trains something, judged by its text alone. Cheap and cautious: a file that only defines
// things, or only reads, gets no lens.

const loggingImport = /^(?:import|from)\s+mlflow\b/m;
const entry = /^if\s+__name__\s*==\s*(['"])__main__\1\s*:/m;
const trains = /\.(?:fit|partial_fit|train|backward|fit_transform)\s*\(|\bdef\s+(?:train|fit|training_step)\w*\s*\(/;
const metrics = /\bSLIPWAY_METRICS\b/;
const opening = /^(?:\s+|#.*|[rRuU]?("""|''')[\s\S]*?\1)*/;

/** The line, from 0, that a training script is best started from; undefined for any other file. */
export function trainingLine(text: string): number | undefined {
  const main = entry.exec(text);
  const logs = loggingImport.exec(text);
  const isTraining =
    logs !== null ? main !== null || /\bmlflow\.\w+\s*\(/.test(text) : trains.test(text) && main !== null;
  if (!isTraining && !metrics.test(text)) return undefined;
  const at = main?.index ?? firstStatement(text);
  return text.slice(0, at).split('\n').length - 1;
}

/** Below comments and the module's docstring, where the first thing happens. */
function firstStatement(text: string): number {
  const above = opening.exec(text)?.[0].length ?? 0;
  const at = text.slice(above).search(/^\w/m);
  return at === -1 ? 0 : above + at;
}
