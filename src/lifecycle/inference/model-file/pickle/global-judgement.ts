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
/** What of the libraries models are made of makes a value and nothing else, by its whole name. */
const makers = [
  /^(collections\.(OrderedDict|defaultdict|Counter|deque)|(copyreg|copy_reg)\._reconstructor|copyreg\.__newobj__|_codecs\.encode)$/,
  /^(datetime\.(date|datetime|time|timedelta|timezone)|decimal\.Decimal|fractions\.Fraction|uuid\.UUID)$/,
  /^numpy\.(ndarray|dtype|matrix|recarray|bool_?|str_|bytes_|object_|void|(u?int|float|complex)(8|16|32|64|128)|datetime64|timedelta64)$/,
  /^numpy\.(_?core\.(multiarray\.(_reconstruct|scalar)|numeric\._frombuffer)|ma\.(core\.)?(MaskedArray|_mareconstruct))$/,
  /^numpy\.random\.bit_generator\.(__pyx_unpickle_)?SeedSequence$/,
  /^numpy\.(core\.|_core\.)?(exp|exp2|expm1|log|log2|log10|log1p|sqrt|cbrt|square|absolute|sin|cos|tan|tanh|sign|reciprocal)$/,
  /^numpy\.random\.(_pickle\.__(randomstate|generator|bit_generator)_ctor|mtrand\.RandomState|_generator\.Generator|(_mt19937\.MT19937|_pcg64\.PCG64))$/,
  /^joblib\.numpy_pickle\.(Z?NDArrayWrapper|NumpyArrayWrapper)$/,
  /^scipy\.(sparse(\.\w+)?\.[a-z]{3}_(matrix|array)|spatial\._?ckdtree\.cKDTree|interpolate\.\w+\.[A-Z]\w+|stats\._\w+\.(\w+_gen|rv_\w*frozen))$/,
  /^pandas\.core\.(frame\.DataFrame|series\.Series|indexes\.(\w+\.)+(\w*Index|_new_\w*Index)|internals\.(\w+\.)+(\w*BlockManager|new_block))$/,
  /^pandas\.(core\.(dtypes\.dtypes|arrays)\.(\w+\.)*[A-Z]\w+|_libs\.(internals\._unpickle_block|arrays\.__pyx_unpickle_NDArrayBacked))$/,
  /^sklearn\.(\w+\.)+(__pyx_unpickle_\w+|newObj)$/,
  /^sklearn\.(metrics\._(classification|regression|ranking)\.\w+_(score|error|loss)|feature_selection\._(univariate_selection\.(f_|r_|chi)|mutual_info_\.mutual_)\w+)$/,
  /^torch\.(_utils\._rebuild_\w+|\w+Storage|Tensor|Size|device|(b?float|u?int|complex)\d+|bool|storage\.\w+Storage|nn\.parameter\.Parameter)$/,
];
/** Libraries whose classes are values: the name that ends in a class is known, functions are not. */
const classes =
  /^(sklearn|xgboost|lightgbm|catboost|imblearn|category_encoders|skops|statsmodels|torch\.(nn\.modules|optim)|torchvision\.(models|transforms)|transformers\.models)\.(\w+\.)*_?[A-Z]\w*$/;
/** Where a library's own tools stand, and what its modules import of others: a name that leads there is no class of its own. */
const elsewhere =
  /\.(datasets|externals|_testing|_build_utils|conftest|tests|_joblib|parallel|np|numpy|pd|pandas|joblib)\./;
/** Within known libraries: what takes a command or a text of code, or loads a pickle itself. */
const unsafeNames =
  /^(numpy\.(testing|f2py|distutils)\b|numpy\.(\w+\.)*(load|fromfile|memmap|_ufunc_reconstruct)$|torch\.(hub|utils\.(cpp_extension|collect_env)|jit\.unsupported|(\w+\.)*load$)|pandas\.((\w+\.)*eval|io\.pickle|(\w+\.)*(read_\w+|query))\b|joblib\.(load|externals|(\w+\.)*load$))/;
/** Packages of the libraries that bear a name of `unsafeModules` and are their own. */
const namesakes =
  /^(scipy\.(signal|io)|pandas\.io|torch\.(signal|types|multiprocessing|profiler)|numpy\.random\._pickle)\./;

/** `name` is `module.name`, as the pickle writes it; both may have dots, which loading follows through what a module imports. */
export function judgedGlobal(name: string): PickleGlobal {
  return { name, judgement: judgement(name) };
}

function judgement(name: string): PickleGlobal['judgement'] {
  if (harmless.has(name) || alsoKnown.has(name) || makers.some((maker) => maker.test(name))) return 'known';
  if (unsafeNames.test(name) || leadsToUnsafe(name)) return 'unsafe';
  return classes.test(name) && !elsewhere.test(name) ? 'known' : 'unknown';
}

/** Modules import modules: `sklearn` has an `os`, often as `_os`. */
function leadsToUnsafe(name: string): boolean {
  const parts = name.replace(namesakes, '').split('.');
  return parts.some((part, at) => {
    const isLast = at > 0 && at === parts.length - 1;
    return unsafeModules.has(part) || (!isLast && part.startsWith('_') && unsafeModules.has(part.slice(1)));
  });
}
