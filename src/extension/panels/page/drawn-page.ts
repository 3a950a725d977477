// The page of a panel as text: a strict policy, no inline code but what carries this page's nonce. A hidden page does not
// exist, so it is drawn each time it is hidden, with what it looked like last: its tab, chosen again, shows that at once.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Uri, type Webview, type WebviewPanel } from 'vscode';
import type { Still, ToHost } from '../../../protocol/panel';

/** What a page is made of. `extension` is where Slipway is installed, `name` that of the page's bundle. */
export interface DrawnPageOptions {
  extension: Uri;
  name: string;
  /** What reaches the page with its text, as data and never as code; asked each time it is drawn. */
  boot: () => unknown;
  /** Hears that the page is gone. */
  host: { left(): void };
}

/** Fills the panel, for as long as it is open. */
export function drawPage(panel: WebviewPanel, { extension, name, boot, host }: DrawnPageOptions): void {
  const { webview } = panel;
  const root = Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  let still: Still | undefined;
  const draw = (): void => {
    webview.html = pageText(webview, { root, name, boot: boot(), still });
  };
  draw();
  webview.onDidReceiveMessage((message: ToHost) => {
    if (message.type === 'still') still = message.still;
  });
  let wasVisible = panel.visible;
  panel.onDidChangeViewState(() => {
    if (panel.visible === wasVisible) return;
    wasVisible = panel.visible;
    if (panel.visible) return;
    host.left();
    draw();
  });
}

interface PageOptions {
  root: Uri;
  name: string;
  boot: unknown;
  still: Still | undefined;
}

function pageText(webview: Webview, { root, name, boot, still }: PageOptions): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string): string => webview.asWebviewUri(Uri.joinPath(root, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  const script = resource(`${name}.js`);
  const style =
    still === undefined
      ? `<link rel="stylesheet" href="${resource(`${name}.css`)}">`
      : `<style nonce="${nonce}">${styleOf(root, name)}</style>
<link rel="preload" as="script" nonce="${nonce}" href="${script}">`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${style}
</head>
<body>
<div id="root" data-boot="${escapeAttribute(JSON.stringify(boot))}"></div>
${still === undefined ? `<script nonce="${nonce}" src="${script}"></script>` : stillText(still, { script, nonce })}
</body>
</html>`;
}

/**
 * VS Code shows a page when it has loaded, so the script comes after that, and is given what was told before it. Markup
 * may carry no style here: it is set.
 */
function stillText({ markup, top }: Still, { script, nonce }: { script: string; nonce: string }): string {
  return `<div id="still" aria-hidden="true" inert data-top="${Number(top)}">${markup}</div>
<script nonce="${nonce}">
for (const each of document.querySelectorAll('#still [data-style]')) each.style.cssText = each.dataset.style;
for (const each of document.querySelectorAll('#still, #still [data-top], #still [data-left]')) {
  each.scrollTop = Number(each.dataset.top ?? 0);
  each.scrollLeft = Number(each.dataset.left ?? 0);
}
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener('message', keep);
addEventListener('load', () => {
  const script = document.createElement('script');
  script.nonce = ${JSON.stringify(nonce)};
  script.src = ${JSON.stringify(script)};
  script.onload = () => {
    removeEventListener('message', keep);
    for (const data of early) postMessage(data, origin);
  };
  document.body.append(script);
});
</script>`;
}

const styles = new Map<string, string>();

/** The page's style, read once: a still that had to wait for it would be no sooner than the page. */
function styleOf(root: Uri, name: string): string {
  const style = styles.get(name) ?? readFileSync(Uri.joinPath(root, `${name}.css`).fsPath, 'utf8');
  styles.set(name, style);
  return style;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
