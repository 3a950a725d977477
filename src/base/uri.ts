// The parts of addresses that programs send, and what is hidden in them.

/** `host` is the part after two slashes. Query and fragment are not kept. */
export interface UriParts {
  scheme: string;
  host: string;
  path: string;
}

/** The parts of a URI, or of a plain path, which has no scheme. */
export function uriParts(uri: string): UriParts {
  const parts = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri);
  const [, scheme = '', host = '', path = ''] = parts ?? [];
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), path };
}

const hostSchemes = new Set(['ftp', 'sftp', 'hdfs', 'viewfs', 'http', 'https', 'r2', 'b2', 'abfss']);

/** Whether whoever follows it is sent to a host of its choice, perhaps with what it says to its own server. */
export function namesHost({ scheme, host }: UriParts): boolean {
  return hostSchemes.has(scheme) || (scheme === 'mlflow-artifacts' && host !== '');
}

/** One percent-decoding. Bytes that are no UTF-8, as in a name such as `50%ff`, become letters one by one. */
export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });
}
