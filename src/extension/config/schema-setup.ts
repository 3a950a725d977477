// Imported before anything that makes a schema: no code is compiled from strings in the editor's process, and VS Code
// is not asked for the `navigator` it warns about.
import * as z from 'zod';

z.config({ jitless: true });
