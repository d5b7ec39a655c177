/** Whether a URL's host is among the configured ones. `host:port` allows only that port, `host` any. */
export function isAllowedHost(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port === '' ? '443' : url.port;
  return allowedHosts.some((allowed) => allowed === url.hostname || allowed === `${url.hostname}:${port}`);
}
