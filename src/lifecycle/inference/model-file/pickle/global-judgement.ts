// Names that a pickle imports, judged by the module they come from.
import type { PickleGlobal } from '../../../../protocol/inference/file/pickle-scan';

/** Modules with which commands are run, files changed or connections opened, whatever is imported from them. */
const unsafeModules = new Set(
  (
    'os posix nt subprocess sys shutil socket pty commands runpy code codeop pdb bdb timeit trace cProfile profile doctest ' +
    'webbrowser ctypes importlib imp pkgutil zipimport pickle _pickle dill cloudpickle marshal shelve tempfile pathlib io ' +
    'http urllib requests ftplib smtplib telnetlib ssl asyncio multiprocessing threading _thread signal platform pip ' +
    'setuptools distutils venv ensurepip antigravity idlelib lib2to3 operator functools types inspect ast builtins __builtin__'
  ).split(' '),
);
/** What of those modules models are honestly made of. */
const harmless = new Set(
  [
    ...['set', 'frozenset', 'list', 'dict', 'tuple', 'int', 'float', 'bool', 'str', 'bytes', 'bytearray', 'complex'],
    ...['slice', 'range', 'object', 'type', 'NoneType'],
  ].flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
);
const alsoKnown = new Set([
  'functools.partial',
  'operator.itemgetter',
  'operator.attrgetter',
  'types.SimpleNamespace',
  'pathlib.PosixPath',
  'pathlib.Path',
]);
/** Libraries that models are made of. That does not make what they hold harmless. */
const knownModules = new Set(
  (
    'sklearn numpy scipy pandas joblib xgboost lightgbm catboost torch torchvision tensorflow keras transformers collections ' +
    'copyreg copy_reg _codecs datetime decimal fractions uuid imblearn statsmodels category_encoders skops'
  ).split(' '),
);
/** Within known libraries: what takes a command or a text of code. */
const unsafeNames =
  /^(numpy\.(testing|f2py|distutils)\b|torch\.(hub|utils\.cpp_extension|jit\.unsupported)|pandas\.(eval|io\.pickle|read_)|joblib\.(load|externals)|numpy\.(load|fromfile|memmap)$)/;

/** `name` is `module.name`, as the pickle writes it. */
export function judgedGlobal(name: string): PickleGlobal {
  return { name, judgement: judgement(name) };
}

function judgement(name: string): PickleGlobal['judgement'] {
  const [root = ''] = name.split('.');
  if (harmless.has(name) || alsoKnown.has(name)) return 'known';
  if (unsafeModules.has(root) || unsafeNames.test(name)) return 'unsafe';
  return knownModules.has(root) ? 'known' : 'unknown';
}
