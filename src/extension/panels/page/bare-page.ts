// The host's end of a page about tables or a model of its own: its questions go to a data process, not to an engine.
import { env, l10n, type Webview } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import { PageHost } from './page-host';

/** What a host serves. Neither `ask` nor `acts` lets the page choose the tables. */
interface BarePageOptions {
  /** Undefined for a question that this page may not ask. */
  ask: (name: string, input: unknown, signal: AbortSignal) => Promise<unknown> | undefined;
  /** The questions that go on when the page is gone: what they do is kept. */
  lasting?: ReadonlySet<string>;
  /** What the page may have done, besides putting text on the clipboard. */
  acts?: Readonly<Record<string, () => void>>;
}

/** The host of such a page. */
export function bareHost(webview: Webview, { ask, lasting, acts = {} }: BarePageOptions): PageHost {
  return new PageHost(webview, {
    fate: (query) => (lasting?.has(query) === true ? 'goesOn' : 'ends'),
    query: async (name, input, signal) => {
      const answer = ask(name, input, signal);
      if (answer === undefined) throw new SlipwayError('forbidden', l10n.t('This panel may not ask for {0}.', name));
      return answer;
    },
    command: async (name, input) => {
      if (name === 'text.copy') await env.clipboard.writeText((input as { text: string }).text);
      else if (Object.hasOwn(acts, name)) acts[name]?.();
      else throw new SlipwayError('forbidden', l10n.t('This panel may not do {0}.', name));
    },
  });
}
