import { isIP } from 'node:net';

/**
 * A host as a browser's Host header has it: lower case, IPv6 without its brackets.
 * @returns undefined for what is more than a host (scheme, port, path), or none
 */
export function hostNameOf(text: string): string | undefined {
  const address = /^\[(.+)\]$/.exec(text)?.[1] ?? text;
  if (isIP(address) === 6) {
    // The URL knows the short form; zones (fe80::1%eth0) are only listened on.
    const url = `http://[${address}]`;
    return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address.toLowerCase();
  }
  const url = `http://${text}`;
  if (!/^[\p{L}\p{N}._-]+$/u.test(text) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname;
}
