import { BlockList, isIP } from 'node:net';

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry (read 2026-11) */
const special4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** @see https://www.iana.org/assignments/iana-ipv6-special-registry (read 2026-11); NAT64 and 6to4 wrap an IPv4 address */
const special6: readonly [string, number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const list4 = new BlockList();
for (const [net, prefix] of special4) list4.addSubnet(net, prefix, 'ipv4');
const list6 = new BlockList();
for (const [net, prefix] of special6) list6.addSubnet(net, prefix, 'ipv6');

/** Anything that is not an ordinary public address, in any notation; a mapped IPv4 address counts as internal too. */
export function isInternalAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 4) return list4.check(bare, 'ipv4');
  return version === 6 ? list6.check(bare, 'ipv6') : true;
}
