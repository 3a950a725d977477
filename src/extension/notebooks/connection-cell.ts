// The cell that connects a notebook's kernel. It holds no secret and no absolute path: both are read where it runs.
import { trackingEnvironment } from '../../client/tracking-environment';

/** Python source. `notebook` is the notebook's path in the workspace, for kernels that do not know their own file. */
export function connectionCell(notebook: string): string {
  return `# Slipway: what this notebook logs to MLflow is recorded in the workspace around it.
# The engine's address is read from .slipway when the cell runs; nothing secret is kept here.
def _connect_slipway():
    import json, os, pathlib, sys

    here = pathlib.Path.cwd()
    folder = next((each for each in (here, *here.parents) if (each / ".slipway/address.json").is_file()), None)
    if folder is None:
        raise RuntimeError(f"{here} is in no Slipway workspace. Open its folder in VS Code, then run this cell again.")
    address = json.loads((folder / ".slipway/address.json").read_text())
    known = globals().get("__vsc_ipynb_file__")
    inside = known is not None and pathlib.Path(known).is_relative_to(folder)
    source = str(pathlib.Path(known).relative_to(folder)) if inside else ${JSON.stringify(notebook)}
${variables().join('\n')}
    os.environ["MLFLOW_RUN_CONTEXT"] = json.dumps({"mlflow.source.name": source, "mlflow.source.type": "NOTEBOOK"})
    if "mlflow" in sys.modules:
        sys.modules["mlflow"].set_tracking_uri(address["url"])
    print(f"Runs of {source} are recorded in {folder}.")


_connect_slipway()`;
}

/** What every other program of the workspace is given; what is no address may be set otherwise before the cell runs. */
function variables(): string[] {
  const fields = { url: 'url', token: 'token' };
  return Object.entries(trackingEnvironment(fields)).map(([name, value]) =>
    value in fields
      ? `    os.environ["${name}"] = address["${value}"]`
      : `    os.environ.setdefault("${name}", "${value}")`,
  );
}
