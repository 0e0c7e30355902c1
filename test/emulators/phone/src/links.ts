/** Under `/sandbox` the server and its H5 share our origin; on the emulators' own port they are at the callbacks' address. */
const serverOrigin = (target: string | null): string | null =>
  location.pathname.startsWith('/sandbox') ? location.origin : target ? new URL(target).origin : null;

const isOurs = (path: string): boolean => path.startsWith('/s/') || path === '/m' || path.startsWith('/m/');

/**
 * Where a frame finds what a message links to: our own pages at the address this desk is open under, whatever host the
 * link names; a mini-program page as the same page of the H5; other sites as they are.
 */
export function frameUrlOf(link: string, target: string | null): string | null {
  const origin = serverOrigin(target);
  if (/^https?:\/\//.test(link)) {
    const url = new URL(link);
    return origin && isOurs(url.pathname) ? `${origin}${url.pathname}${url.search}${url.hash}` : link;
  }
  return origin ? `${origin}/m/${link.replace(/^\/+/, '')}` : null;
}
