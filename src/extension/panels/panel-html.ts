// The page around a panel: a strict policy, no inline code but what carries this page's nonce.
import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The one folder a panel may load from. */
export function panelRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'webview');
}

/** The page of the panel called `name`; `boot` reaches it as data, never as code. */
export function panelHtml(webview: Webview, options: { extension: Uri; name: string; boot: unknown }): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(panelRoot(options.extension), file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${resource(`${options.name}.css`)}">
</head>
<body>
<div id="root" data-boot="${escapeAttribute(JSON.stringify(options.boot))}"></div>
<script nonce="${nonce}" src="${resource(`${options.name}.js`)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
