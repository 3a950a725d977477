// Entry of the engine process. Compiling a megabyte anew at every start costs a fifth of a second; Node's compile
// cache saves most of it, but only for files loaded after it is on.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache();
require(join(__dirname, 'engine-core.js'));
// The engine may be killed and not exit: what was compiled is kept once it serves.
setTimeout(flushCompileCache, 3000).unref();
