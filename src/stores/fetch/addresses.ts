// Which network addresses are the public internet: all others (this machine, its network, its cloud's secrets) are refused.
import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries: what is not globally reachable, and what wraps an IPv4 address inside an IPv6 one. */
const refused4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Outside 2000::/3 nothing is public; inside it, these are not either. */
const refused6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['2620:4f:8000::', 48],
] as const;

const blocked4 = new BlockList();
for (const [net, prefix] of refused4) blocked4.addSubnet(net, prefix, 'ipv4');
const blocked6 = new BlockList();
for (const [net, prefix] of refused6) blocked6.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether an IP address is one of the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return !blocked4.check(bare, 'ipv4');
  if (family !== 6) return false;
  // "::ffff:10.0.0.1" is 10.0.0.1: BlockList itself judges it by the IPv4 rules, we refuse the detour altogether.
  if (mapped.check(bare, 'ipv6')) return false;
  return global6.check(bare, 'ipv6') && !blocked6.check(bare, 'ipv6');
}
