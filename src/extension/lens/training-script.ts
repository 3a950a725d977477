// Whether a Python file trains something, judged by its text alone. Cheap and cautious: a file that only defines
// things, or only reads, gets no lens.

const loggingImport = /^(?:import|from)\s+mlflow\b/m;
const entry = /^if\s+__name__\s*==\s*(['"])__main__\1\s*:/m;
const trains = /\.(?:fit|partial_fit|train|backward|fit_transform)\s*\(|\bdef\s+(?:train|fit|training_step)\w*\s*\(/;
const metrics = /\bSLIPWAY_METRICS\b/;
/** A line of metrics that is printed whole, as in `print(f'{{"step": {step}, …')`. */
const printsLine = /\bprint\s*\(\s*[a-zA-Z]{0,2}(?:'{3}|"{3}|['"])\{{1,2}\s*\\?"step\\?"\s*:/;
/** A dict with a step, beside the functions that make it a line and print it. */
const stepKey = /[{,]\s*(['"])step\1\s*:|\bdict\(\s*step\s*=/;
const makesJson = /\bdumps\s*\(/;
const prints = /\bprint\s*\(|\bstdout\b/;
const opening = /^(?:\s+|#.*|[rRuU]?("""|''')[\s\S]*?\1)*/;

/** The line, from 0, that a training script is best started from; undefined for any other file. */
export function trainingLine(text: string): number | undefined {
  const main = entry.exec(text);
  const logs = loggingImport.exec(text);
  const isTraining =
    logs !== null ? main !== null || /\bmlflow\.\w+\s*\(/.test(text) : trains.test(text) && main !== null;
  return isTraining || metrics.test(text) || printsMetrics(text) ? startLine(text) : undefined;
}

/** The line, from 0, that a script is best started from, whatever it does. */
export function startLine(text: string): number {
  const at = entry.exec(text)?.index ?? firstStatement(text);
  return text.slice(0, at).split('\n').length - 1;
}

function printsMetrics(text: string): boolean {
  return printsLine.test(text) || [stepKey, makesJson, prints].every((part) => part.test(text));
}

/** Below comments and the module's docstring, where the first thing happens. */
function firstStatement(text: string): number {
  const above = opening.exec(text)?.[0].length ?? 0;
  const at = text.slice(above).search(/^\w/m);
  return at === -1 ? 0 : above + at;
}
