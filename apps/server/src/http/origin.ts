/**
 * Whether a browser page of `origin` may act with its user's cookie. The page must come from PUBLIC_URL, or from the
 * very host that this request asked for. (Other names that an attacker points at us carry no cookie of ours.)
 */
export function isAllowedOrigin(origin: string, host: string | undefined, publicUrl: URL | null): boolean {
  if (!URL.canParse(origin)) return false; // "null" of a sandboxed frame, too
  const page = new URL(origin);
  if (publicUrl && page.host === publicUrl.host) return page.protocol === publicUrl.protocol;
  return host !== undefined && page.host === host.toLowerCase();
}
